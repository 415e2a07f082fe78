import type { Check } from "../../../../core/model/check.ts";
import type { Raised } from "../../../../core/model/finding.ts";
import type { CommandOutcome } from "../../../../core/ports/command-runner.ts";
import { judgeDoctor } from "../knowledge/doctor.ts";
import { firstJson, oneLine } from "../knowledge/loose.ts";
import { prune } from "../knowledge/prune.ts";
import { judgeSecretsAudit, judgeSecurityAudit } from "../knowledge/secrets-audit.ts";
import type { Gateway } from "./gateway.ts";
import { worstOf } from "./light-of.ts";
import { ownCheck } from "./own-check.ts";

/** What a slow command answered. `payload` is its JSON, undefined when there was none. */
export type SlowAnswer = { readonly outcome: CommandOutcome["kind"]; readonly payload: unknown };
type Slow = {
  readonly title: string;
  readonly args: readonly string[];
  readonly judge: (payload: unknown) => readonly Raised[];
};

/** Their answers are only compared with ours, see the cross-validation. */
const nothing = (): readonly Raised[] => [];

/** Read-only commands of OpenClaw itself: seconds each, so only when somebody asks. */
const slow = {
  doctor: { title: "OpenClaw's own doctor", args: ["doctor", "--lint", "--json"], judge: judgeDoctor },
  "gateway-status": { title: "OpenClaw's gateway status", args: ["gateway", "status", "--json", "--require-rpc"], judge: nothing },
  "channels-status": { title: "OpenClaw's channel status", args: ["channels", "status", "--json"], judge: nothing },
  "secrets-audit": { title: "OpenClaw's secrets audit", args: ["secrets", "audit", "--json"], judge: judgeSecretsAudit },
  "security-audit": { title: "OpenClaw's security audit", args: ["security", "audit", "--json"], judge: judgeSecurityAudit },
} as const satisfies Readonly<Record<string, Slow>>;
export type SlowName = keyof typeof slow;
const timeoutMs = 120_000;

/** The variables that make the command look at this installation and at no other. */
function selecting({ place }: Gateway): Readonly<Record<string, string>> {
  return {
    OPENCLAW_STATE_DIR: place.stateDir,
    OPENCLAW_CONFIG_PATH: place.configPath,
    OPENCLAW_NO_AUTO_UPDATE: "1",
    NO_COLOR: "1",
    TERM: "dumb",
    ...(place.profile === undefined ? {} : { OPENCLAW_PROFILE: place.profile }),
  };
}

function deepCheck(gateway: Gateway, binary: string, id: SlowName): Check<SlowAnswer> {
  const { args, judge, title }: Slow = slow[id];
  return ownCheck<SlowAnswer>(
    { id, title, kind: "command", lane: "deep", everyMs: 86_400_000, timeoutMs },
    async ({ ports, progress, signal }) => {
      progress(`Running openclaw ${args.join(" ")}`);
      const request = { file: binary, args, env: selecting(gateway), timeoutMs: timeoutMs - 5_000, maxBytes: 4_194_304, signal };
      const outcome = await ports.commands.run(request);
      progress("Reading its answer");
      return { outcome: outcome.kind, payload: outcome.kind === "exited" ? prune(firstJson(outcome.stdout)).value : undefined };
    },
    ({ outcome, payload }) => {
      if (outcome === "not-found" || outcome === "not-executable")
        return { light: "grey", summary: "The openclaw program cannot be run from here" };
      if (payload === undefined) return { light: "grey", summary: `It gave no answer we can read (${outcome})` };
      const findings = judge(payload);
      const first = findings.find((one) => one.light !== "green")?.evidence[0]?.text;
      return { light: worstOf(findings), summary: first === undefined ? "Nothing to complain about" : oneLine(first, 90), findings };
    },
  );
}

/** What only OpenClaw's own slow commands can say, run one by one on demand. */
export function deepChecks(gateway: Gateway, binary: string | undefined): Readonly<Record<SlowName, Check<SlowAnswer>>> {
  const bind = (id: SlowName): Check<SlowAnswer> => deepCheck(gateway, binary ?? "openclaw", id);
  return {
    doctor: bind("doctor"),
    "gateway-status": bind("gateway-status"),
    "channels-status": bind("channels-status"),
    "secrets-audit": bind("secrets-audit"),
    "security-audit": bind("security-audit"),
  };
}
