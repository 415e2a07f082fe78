import type { CommandOutcome } from "../../core/ports/command-runner.ts";
import type { Refusal } from "./systemd-refusal.ts";

const byHand = "Ask somebody who administers this machine to run: loginctl enable-linger and the account's name.";

/** What loginctl says when it does not let an account's units run without a log-in. */
const wordings: readonly (readonly [RegExp, string, string])[] = [
  [
    /PolicyKit1|polkit.*(?:not provided|unavailable|not running)/i,
    "The service that decides who may do this (polkit) is not installed, so only the administrator may.",
    byHand,
  ],
  [
    /Interactive authentication required|authentication is required|AUTHENTICATION FAILED|Not authorized/i,
    "The system wants to see a password of an administrator first, and we never ask for one.",
    byHand,
  ],
  [/Access denied|Permission denied|Operation not permitted/i, "The system's rules do not let this account decide that.", byHand],
  [
    /Read-only file system/i,
    "The folder where the system remembers this is on a disk that can only be read.",
    "Make /var/lib/systemd writable, or set this where the system image is made.",
  ],
  [
    /No such process|No such device or address|not logged in|No user '|Unknown user|No session/i,
    "The log-in service knows no session of this account, as in some containers, in WSL, and after su.",
    "Log in as this account directly, by ssh or at the screen, and try again there.",
  ],
  [
    /not been booted with systemd|Host is down|Failed to connect to (?:system )?(?:scope )?bus|Failed to (?:create|get).*bus|org\.freedesktop\.login1/i,
    "The log-in service cannot be reached, so it cannot be told. This system may not run systemd.",
    "Start the stack with its own command, or in the container it came with.",
  ],
];

/** Why lingering could not be switched on, from the end of the loginctl call; null when the call itself did not fail. */
export function lingerRefusal(outcome: CommandOutcome): Refusal | null {
  if (outcome.kind === "exited" && outcome.exitCode === 0) return null;
  if (outcome.kind === "not-found" || outcome.kind === "not-executable")
    return { kind: "failed", meaning: "This system has no loginctl, so units end with the last log-out.", next: byHand };
  if (outcome.kind !== "exited") return { kind: "failed", meaning: "The log-in service did not answer.", next: "Try again later." };
  const { exitCode, stderr, stdout } = outcome;
  const said = `${stderr}\n${stdout}`;
  const words = wordings.find(([pattern]) => pattern.test(said));
  if (words) return { kind: "failed", meaning: words[1], next: words[2], exitCode };
  const line = stderr.trim().split("\n").at(-1)?.slice(0, 160) || `exit code ${exitCode}`;
  return { kind: "failed", meaning: `The system did not allow it: ${line}`, next: byHand, exitCode };
}

/** The call said yes and the state says no, which happens when something undoes it at once. */
export const lingerIgnored: Refusal = {
  kind: "failed",
  meaning: "The system took the request, but still says that the account's units end with its last log-out.",
  next: byHand,
};
