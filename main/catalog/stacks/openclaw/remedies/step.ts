import type { Risk } from "../../../../core/model/finding.ts";
import type { Remedy } from "../../../../core/model/stack.ts";

/** One step of a plan, with the words shown before it is done. */
export type Step = ReturnType<Remedy["plan"]>[number];

/** Where the remedies act: the located installation. Paths are absolute. */
export type RemedyPlace = {
  /** The openclaw program the service unit should run: the newest one found. */
  readonly openclaw: string;
  readonly manager: "launchd" | "systemd" | "none";
  /** launchd label or systemd unit name. */
  readonly label: string;
  readonly uid: number;
  readonly user: string;
  readonly stateDir: string;
  readonly configPath: string;
  readonly port: number;
};

/** Values from the finding, as text; empty when the finding has none. */
export type Values = (name: string) => string;

export const run = (argv: readonly string[], preview: string, risk: Risk = "safe"): Step => ({
  effect: { do: "run-command", argv: [...argv], envNames: [] },
  preview,
  risk,
});

export const ask = (instruction: string): Step => ({ effect: { do: "ask-person", instruction }, preview: instruction, risk: "safe" });

export const open = (url: string, preview: string): Step => ({ effect: { do: "open-url", url }, preview, risk: "safe" });

export const wait = (reason: string, forMs: number): Step => ({ effect: { do: "wait", reason, forMs }, preview: reason, risk: "safe" });

/** Looks again with a probe other than the one that raised the finding. */
export const recheck = (check: string, preview: string): Step => ({ effect: { do: "recheck", check }, preview, risk: "safe" });

const rank: Record<Risk, number> = { safe: 0, disruptive: 1, destructive: 2 };
const worse = (a: Risk, b: Risk): Risk => (rank[a] >= rank[b] ? a : b);

type Description = Omit<Remedy, "kind" | "risk" | "plan"> & { readonly atLeast?: Risk; readonly plan: (value: Values) => readonly Step[] };

/** A remedy that is a plan; its risk is that of its riskiest step, or `atLeast` when a person does the risky part. */
export function remedy({ plan, atLeast = "safe", ...words }: Description): Remedy {
  const steps = (params: Readonly<Record<string, string | number>>): readonly Step[] => plan((name) => String(params[name] ?? ""));
  return {
    ...words,
    kind: "plan",
    risk: steps({})
      .map((step) => step.risk)
      .reduce(worse, atLeast),
    plan: steps,
  };
}

/** The steps that replace a running gateway: everything connected to it is cut for some seconds. */
export const restartSteps = ({ openclaw }: RemedyPlace): readonly Step[] => [
  run([openclaw, "gateway", "restart", "--json"], "Restart the gateway once through its service unit", "disruptive"),
  wait("The gateway needs some seconds before it is ready", 20_000),
];

export const RESTART_CUTS = "Channels, dashboard and nodes are cut off for some seconds; running agent turns are drained first";
export const NOTHING = "Nothing";

/** Wraps a value for a command line; anything that is no plain identifier is left for the person to fill in. */
export const identifier = (value: string): string | undefined => (/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$/.test(value) ? value : undefined);
