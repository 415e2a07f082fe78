import type { Check } from "../../../../core/model/check.ts";
import type { Raised } from "../../../../core/model/finding.ts";
import type { CommandOutcome } from "../../../../core/ports/command-runner.ts";
import { judgeDoctor } from "../knowledge/doctor.ts";
import { firstJson, oneLine } from "../knowledge/loose.ts";
import { judgeSecretsAudit, judgeSecurityAudit } from "../knowledge/secrets-audit.ts";
import type { Gateway } from "./gateway.ts";
import { worstOf } from "./light-of.ts";
import { ownCheck } from "./own-check.ts";

type Answered = { readonly outcome: CommandOutcome; readonly payload: unknown };
type Slow = {
  readonly id: string;
  readonly title: string;
  readonly args: readonly string[];
  readonly judge: (payload: unknown) => readonly Raised[];
};

/** Read-only commands of OpenClaw itself: seconds each, so only when somebody asks. */
const slow: readonly Slow[] = [
  { id: "doctor", title: "OpenClaw's own doctor", args: ["doctor", "--lint", "--json"], judge: judgeDoctor },
  { id: "secrets-audit", title: "OpenClaw's secrets audit", args: ["secrets", "audit", "--json"], judge: judgeSecretsAudit },
  { id: "security-audit", title: "OpenClaw's security audit", args: ["security", "audit", "--json"], judge: judgeSecurityAudit },
];
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

function deepCheck(gateway: Gateway, binary: string, { id, title, args, judge }: Slow): Check<Answered> {
  return ownCheck<Answered>(
    { id, title, kind: "command", lane: "deep", everyMs: 86_400_000, timeoutMs },
    async ({ ports, progress, signal }) => {
      progress(`Running openclaw ${args.join(" ")}`);
      const outcome = await ports.commands.run({
        file: binary,
        args,
        env: selecting(gateway),
        timeoutMs: timeoutMs - 5_000,
        maxBytes: 4_194_304,
        signal,
      });
      progress("Reading its answer");
      return { outcome, payload: outcome.kind === "exited" ? firstJson(outcome.stdout) : undefined };
    },
    ({ outcome, payload }) => {
      if (outcome.kind === "not-found" || outcome.kind === "not-executable")
        return { light: "grey", summary: "The openclaw program cannot be run from here" };
      if (payload === undefined) return { light: "grey", summary: oneLine(`It gave no answer we can read (${outcome.kind})`, 90) };
      const findings = judge(payload);
      const first = findings.find((one) => one.light !== "green")?.evidence[0]?.text;
      return { light: worstOf(findings), summary: first === undefined ? "Nothing to complain about" : oneLine(first, 90), findings };
    },
  );
}

/** What only OpenClaw's own slow commands can say, run one by one on demand. */
export const deepChecks = (gateway: Gateway, binary: string | undefined): readonly Check<Answered>[] =>
  slow.map((one) => deepCheck(gateway, binary ?? "openclaw", one));
