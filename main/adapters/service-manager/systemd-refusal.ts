import type { CommandOutcome } from "../../core/ports/command-runner.ts";
import type { ServiceActed } from "../../core/ports/service-control.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { busFailure } from "./bus-failure.ts";

export type Refusal = Extract<ServiceActed, { kind: "failed" }>;
type Words = { readonly meaning: string; readonly next: string };
type Unknown = Extract<ServiceReading, { kind: "unknown" }>;

/** The manager could not be asked at all. None of these says anything about the unit. */
const unreachable: Readonly<Record<Unknown["reason"], Words>> = {
  "no-bus": {
    meaning: "The account's systemd cannot be reached from here, so nothing is known about the unit. That is no failure of the unit.",
    next: "Log in as this account once, or let its units run without a log-in (linger). In a shell of cron, su or ssh, set XDG_RUNTIME_DIR to /run/user/ and the account's number.",
  },
  "no-session": {
    meaning: "The account has no session here, so its systemd does not run. That is no failure of the unit.",
    next: "Log in as this account once, or let its units run without a log-in (linger).",
  },
  "no-manager": {
    meaning: "This system was not started with systemd, or has no systemctl, so it runs no units.",
    next: "Start the stack with its own command, or in the container it came with.",
  },
  denied: {
    meaning: "systemd refuses this account.",
    next: "Run Lamplighter as the account that owns the unit, in a session of its own and not through sudo or su.",
  },
  "timed-out": {
    meaning: "The account's systemd did not answer in time, so nothing is known about the unit.",
    next: "Try again when the machine is less busy. If it stays silent, log out and in again.",
  },
  unreadable: {
    meaning: "systemd answered with something that cannot be read, so nothing is known about the unit.",
    next: "Ask by hand with: systemctl --user status and the unit's name.",
  },
};

/** What systemctl says about the unit itself, the most telling first. */
const wordings: readonly (readonly [RegExp, Words])[] = [
  [
    /is masked\b/i,
    {
      meaning: "The unit is masked: somebody switched it off so that nothing can start it.",
      next: "If that is not wanted, unmask it by hand with: systemctl --user unmask and the unit's name.",
    },
  ],
  [
    /Start request repeated too quickly|attempted too often|start-limit/i,
    {
      meaning: "systemd refuses to start the unit again so soon, because it failed too often in a row.",
      next: "Mend what made it fail, then clear its failures and start it.",
    },
  ],
  [
    /Unit (?:file )?\S+ (?:not found|could not be found|does not exist|not loaded)|No such file or directory$|No files found for/im,
    {
      meaning: "systemd knows no unit of this name for this account.",
      next: "Install the stack's unit again with the stack's own command, then let systemd read the definitions.",
    },
  ],
  [
    /bad unit file setting|not-?parse|Failed to parse|Exec format error|Invalid argument|lacks both ExecStart|has no ExecStart/i,
    {
      meaning: "systemd refuses the unit's definition because of a setting in it.",
      next: "Look at the definition with: systemd-analyze --user verify and the path of its file.",
    },
  ],
  [
    /no installation config|not meant to be enabled/i,
    {
      meaning: "The unit's definition does not say when it should start by itself: it has no [Install] section.",
      next: "Install the stack's unit again with the stack's own command, or start it by hand.",
    },
  ],
  [
    /transient or generated/i,
    {
      meaning: "Another program makes this unit anew each time, so it cannot be switched on or off here.",
      next: "Change it where it is made.",
    },
  ],
  [
    /requested by dependency only|Operation refused/i,
    {
      meaning: "The unit's definition forbids that anybody starts or stops it by hand.",
      next: "Start or stop the unit that needs it instead.",
    },
  ],
  [
    /dependency job for .* failed/i,
    {
      meaning: "Another unit that this one needs could not be started.",
      next: "See which one with: systemctl --user list-dependencies and the unit's name.",
    },
  ],
  [
    /Job for \S+ cancell?ed/i,
    {
      meaning: "Somebody asked systemd for something else about this unit at the same moment, and that was done instead.",
      next: "Look at the unit's state and ask again if it is not what you want.",
    },
  ],
  [
    /Read-only file system/i,
    {
      meaning: "The folder where systemd keeps this is on a disk that can only be read.",
      next: "Make the disk writable, or change the unit where the system image is made.",
    },
  ],
  [
    /^Failed to (?:enable|disable|create|unlink).*(?:Permission denied|Access denied)/im,
    {
      meaning: "This account may not write where systemd keeps which units start by themselves.",
      next: "See who owns the folder .config/systemd/user in the account's home; it must be this account.",
    },
  ],
  [
    /^Job for \S+ failed|control process exited|timeout was exceeded|fatal signal|exceeded/im,
    {
      meaning: "The unit did not start.",
      next: "Read its last lines, mend what they name, then start it again.",
    },
  ],
];

/** Why a unit that cannot even be read cannot be acted upon. */
export const unreachableRefusal = ({ reason, detail }: Unknown): Refusal => ({
  kind: "failed",
  meaning: `${unreachable[reason].meaning} (${detail})`,
  next: unreachable[reason].next,
});

/** What the end of a systemctl call means; null when it did what it was asked. */
export function systemdRefusal(outcome: CommandOutcome): Refusal | null {
  if (outcome.kind !== "exited") {
    const failure = busFailure(outcome);
    return failure && unreachableRefusal(failure);
  }
  const { exitCode, stderr } = outcome;
  const noInstall = exitCode === 0 && /no installation config/i.test(stderr);
  if (exitCode === 0 && !noInstall) return null;
  const words = wordings.find(([pattern]) => pattern.test(stderr) && !/Failed to connect to/i.test(stderr))?.[1];
  if (words) return { kind: "failed", ...words, exitCode };
  const failure = busFailure(outcome);
  return failure && { ...unreachableRefusal(failure), exitCode };
}
