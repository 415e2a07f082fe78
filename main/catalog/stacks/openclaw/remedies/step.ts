import type { Risk } from "../../../../core/model/finding.ts";
import type { Effect, ServiceAction } from "../../../../core/model/plan.ts";
import type { Remedy } from "../../../../core/model/stack.ts";
import type { ServiceManagerKind } from "../../../../core/ports/service-manager.ts";
import type { Keeper } from "../place/keeper.ts";

/** One step of a plan, with the words shown before it is done. */
export type Step = ReturnType<Remedy["plan"]>[number];

/** The openclaw program as it finds this installation: words before each command, and names of variables it needs. */
export type Cli = { readonly program: string; readonly profile: readonly string[]; readonly envNames: readonly string[] };

/** Where the remedies act: the located installation. Paths are absolute. */
export type RemedyPlace = {
  /** Absent when there is no program, or when it would act on another installation than this one. */
  readonly cli?: Cli;
  readonly keeper: Keeper;
  readonly manager: ServiceManagerKind;
  /** launchd label or systemd unit name; empty where there is no unit. */
  readonly label: string;
  readonly user: string;
  readonly uid: number;
  readonly stateDir: string;
  readonly configPath: string;
  /** A kept copy of the configuration that reads well and differs from the present one. */
  readonly goodCopy?: string;
  readonly port: number;
  readonly bootGraceMs: number;
  /** Where the unit's output goes, when it goes into a file. */
  readonly log?: string;
  /** Ids of the checks that are bound here; a look at another one could only fail. */
  readonly checks: ReadonlySet<string>;
};

/** Values from the finding, as text; empty when the finding has none. */
export type Values = (name: string) => string;

type RunEffect = Extract<Effect, { do: "run-command" }>;
type Running = { readonly risk?: Risk } & Pick<RunEffect, "restarts" | "rewrites" | "accepts" | "timeoutMs">;

/** One command of OpenClaw takes seconds, on a busy machine a minute. Milliseconds. */
const slowMs = 120_000;

export const run = (argv: readonly string[], preview: string, { risk = "safe", ...more }: Running = {}): Step => ({
  effect: { do: "run-command", argv: [...argv], envNames: [], ...more },
  preview,
  risk,
});

/** A command that only looks: whatever it ends with, its answer counts. */
export const look = (argv: readonly string[], preview: string): Step => run(argv, preview, { accepts: [0, 1, 2, 3, 255] });

/** A command of OpenClaw, for the person where the program would not act on this installation. */
export function claw({ cli }: RemedyPlace, args: readonly string[], preview: string, running: Running = {}): Step {
  if (cli === undefined) return ask(`${preview}. In a terminal set up for this installation: openclaw ${args.join(" ")}`);
  const step = run([cli.program, ...cli.profile, ...args], preview, { timeoutMs: slowMs, ...running });
  return { ...step, effect: { ...step.effect, envNames: [...cli.envNames] } as RunEffect };
}

/** A question to OpenClaw. Its doctor and its audits end with 1 or 2 when they found something. */
export const asked = (place: RemedyPlace, args: readonly string[], preview: string): Step =>
  claw(place, args, preview, { accepts: [0, 1, 2] });

export const unit = (action: ServiceAction, label: string, preview: string, risk: Risk = "disruptive"): Step => ({
  effect: { do: "service-unit", action, label },
  preview,
  risk,
});

export const copyFile = (from: string, to: string, preview: string): Step => ({
  effect: { do: "copy-file", from, to },
  preview,
  risk: "disruptive",
});

export const removeFile = (path: string, preview: string): Step => ({ effect: { do: "remove-file", path }, preview, risk: "disruptive" });

/** `startedMs` in epoch milliseconds tells the process from a later one with the same number. A person is asked by name first. */
export const endProcess = (pid: number, startedMs: number, name: string, preview: string): Step => ({
  effect: { do: "end-process", pid, startedMs, name },
  preview,
  risk: "disruptive",
});

export const setMode = (path: string, mode: number, preview: string): Step => ({
  effect: { do: "set-mode", path, mode },
  preview,
  risk: "safe",
});

export const ask = (instruction: string): Step => ({ effect: { do: "ask-person", instruction }, preview: instruction, risk: "safe" });

export const open = (url: string, preview: string): Step => ({ effect: { do: "open-url", url }, preview, risk: "safe" });

/** With `until`, the id of a check, only as long as that check is not green. */
export const wait = (reason: string, forMs: number, until?: string): Step => ({
  effect: { do: "wait", reason, forMs, ...(until === undefined ? {} : { until }) },
  preview: reason,
  risk: "safe",
});

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

export const RESTART_CUTS = "Channels, dashboard and nodes are cut off for some seconds; running agent turns are drained first";
export const NOTHING = "Nothing";
/** What undoing means where files are changed by us. */
export const FILES_COME_BACK = "Lamplighter keeps the former file and puts it back";

/** Wraps a value for a command line; anything that is no plain identifier is left for the person to fill in. */
export const identifier = (value: string): string | undefined => (/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$/.test(value) ? value : undefined);

/** A name that may stand behind a folder's path: no slash, nothing hidden but what OpenClaw itself calls so. */
export const fileName = (value: string): string | undefined =>
  /^(?:\.env|[A-Za-z0-9][A-Za-z0-9._:-]{0,200})$/.test(value) && !value.includes("..") ? value : undefined;

/** An absolute path of a program called openclaw. */
export const programPath = (value: string): string | undefined =>
  /^\/[^\p{Cc}]{0,1000}\/(?:openclaw|clawdbot|moltbot)(?:\.mjs)?$/u.test(value) && !/\/\.{0,2}\//.test(value) ? value : undefined;

/** The label of a service unit. */
export const unitName = (value: string): string | undefined =>
  /^[A-Za-z0-9_][A-Za-z0-9_.@:-]{0,200}$/.test(value) && !value.includes("..") ? value : undefined;
