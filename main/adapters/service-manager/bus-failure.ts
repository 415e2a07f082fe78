import type { CommandOutcome } from "../../core/ports/command-runner.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";

type Unknown = Extract<ServiceReading, { kind: "unknown" }>;

/** Words of systemctl and loginctl for a manager that cannot be reached; none of them says anything about the unit. */
const wordings: readonly (readonly [RegExp, Unknown["reason"]])[] = [
  [/not been booted with systemd|Host is down/i, "no-manager"],
  [/Permission denied|Access denied|Operation not permitted|Interactive authentication required/i, "denied"],
  [/Failed to connect to (?:\w+ )*bus|Failed to connect to \S+ scope bus|No medium found|XDG_RUNTIME_DIR not (?:set|defined)/i, "no-bus"],
  [/Connection refused|Transport endpoint is not connected|Connection reset by peer|No such file or directory/i, "no-bus"],
  [/timed? ?out/i, "timed-out"],
];

/** Why a question to systemd got no answer; null when it did. Details keep one line of what was said. */
export function busFailure(outcome: CommandOutcome): Unknown | null {
  if (outcome.kind === "exited" && outcome.exitCode === 0) return null;
  if (outcome.kind === "exited") {
    const said = outcome.stderr.trim().split("\n").at(-1)?.slice(0, 160) || `exit code ${outcome.exitCode}`;
    const reason = wordings.find(([words]) => words.test(outcome.stderr))?.[1] ?? "unreadable";
    return { kind: "unknown", reason, detail: `systemctl: ${said}` };
  }
  if (outcome.kind === "not-found" || outcome.kind === "not-executable")
    return { kind: "unknown", reason: "no-manager", detail: outcome.reason };
  const timedOut = outcome.kind === "timed-out" || outcome.kind === "cancelled";
  return { kind: "unknown", reason: timedOut ? "timed-out" : "unreadable", detail: `systemctl did not answer (${outcome.kind}).` };
}
