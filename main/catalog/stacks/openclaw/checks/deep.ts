import type { Check } from "../../../../core/model/check.ts";
import type { Raised } from "../../../../core/model/finding.ts";
import { judgeDoctor } from "../knowledge/doctor.ts";
import { oneLine } from "../knowledge/loose.ts";
import { judgeSecretsAudit, judgeSecurityAudit } from "../knowledge/secrets-audit.ts";
import type { Gateway } from "./gateway.ts";
import { worstOf } from "./light-of.ts";
import { ownCheck } from "./own-check.ts";
import { askSlowly, type SlowAnswer, slowestMs } from "./slow-command.ts";

type Slow = {
  readonly title: string;
  readonly args: readonly string[];
  readonly judge: (payload: unknown) => readonly Raised[];
};

/** Read-only commands of OpenClaw itself: seconds each, so only when somebody asks. */
const slow = {
  doctor: { title: "OpenClaw's own doctor", args: ["doctor", "--lint", "--json"], judge: judgeDoctor },
  "secrets-audit": { title: "OpenClaw's secrets audit", args: ["secrets", "audit", "--json"], judge: judgeSecretsAudit },
  "security-audit": { title: "OpenClaw's security audit", args: ["security", "audit", "--json"], judge: judgeSecurityAudit },
} as const satisfies Readonly<Record<string, Slow>>;
type SlowName = keyof typeof slow;

function deepCheck(gateway: Gateway, binary: string, id: SlowName): Check<SlowAnswer> {
  const { args, judge, title }: Slow = slow[id];
  return ownCheck<SlowAnswer>(
    { id, title, kind: "command", lane: "deep", everyMs: 86_400_000, timeoutMs: slowestMs + 5_000 },
    (context) => askSlowly(gateway, binary, args, context),
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
export const deepChecks = (gateway: Gateway, binary: string): Readonly<Record<SlowName, Check<SlowAnswer>>> => ({
  doctor: deepCheck(gateway, binary, "doctor"),
  "secrets-audit": deepCheck(gateway, binary, "secrets-audit"),
  "security-audit": deepCheck(gateway, binary, "security-audit"),
});
