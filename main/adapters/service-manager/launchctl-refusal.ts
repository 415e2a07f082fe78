import type { CommandOutcome } from "../../core/ports/command-runner.ts";
import type { ServiceActed } from "../../core/ports/service-control.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { launchctlMeaning } from "./launchctl-failure.ts";

export type LaunchdRefusal = Extract<ServiceActed, { kind: "failed" }>;
type Words = { readonly meaning: string; readonly next: string };

const session: Words = {
  meaning: "This account has no desktop session that launchd could use from here. That is no failure of the job.",
  next: "Log in to the desktop as this account and try again there, not over ssh and not through sudo.",
};
const definition = (what: string): Words => ({
  meaning: `launchd refuses the definition: ${what}.`,
  next: "Let the stack write its definition anew, then load it again.",
});
const again = "Wait half a minute and try again.";
const switchedOff: Words = {
  meaning: "The job is switched off, so launchd will not load it.",
  next: "Switch it on, here or in System Settings under General, Login Items, and start it again.",
};

/** What each number of launchctl means for a job, and what a person can do. The numbers are those of `launchctl error`. */
const byCode: Readonly<Record<number, Words>> = {
  1: {
    meaning: "launchd does not permit this to the account.",
    next: "Jobs of the machine and of other accounts are for their owners; act on this account's own jobs only.",
  },
  3: { meaning: "There was no such job any more.", next: "Look again: it may have been taken out just now." },
  5: {
    meaning: "launchd says only `input/output error`, which it says about nearly everything.",
    next: "Look at the definition with plutil -lint, at Login Items in System Settings, and into the log for the word launchd.",
  },
  36: { meaning: "The job is still ending.", next: again },
  37: { meaning: "launchd is already busy loading or starting it.", next: again },
  107: definition("the bundle it is in is malformed"),
  108: definition("its path is not valid"),
  109: definition("it is no valid property list"),
  110: definition("its label is not valid"),
  111: definition("it names no program"),
  112: session,
  113: { meaning: "The job is not loaded.", next: "Load it first, then start it again." },
  119: switchedOff,
  121: definition("launchd does not look for definitions in its folder"),
  122: {
    meaning: "launchd refuses the definition: others may write to it, or it belongs to somebody else.",
    next: "Set its permissions to 644 and its owner to this account, then load it again.",
  },
  124: { meaning: "The session is just ending.", next: "Log in again, then try again." },
  125: session,
  130: { meaning: "launchd met a condition it has no name for; mostly the job is loaded already.", next: again },
  133: definition("it has several faults at once, mostly that it is no valid property list"),
  134: {
    meaning: "The definition keeps the job out of this kind of session.",
    next: "Take LimitLoadToSessionType out of the definition, then load it again.",
  },
  144: { meaning: "macOS lets only programs with a special right do this.", next: "Do it by hand in System Settings." },
  146: {
    meaning: "The session starts jobs only when they are asked for, for now.",
    next: "Start the job once more in a minute.",
  },
  150: { meaning: "System Integrity Protection guards this job.", next: "It belongs to macOS; leave it as it is." },
  155: {
    meaning: "The program is in quarantine, because it came from the internet.",
    next: "Install the stack anew with its own installer, or open the program once by hand and allow it.",
  },
  159: { meaning: "A sandbox forbids it.", next: "Run Lamplighter outside of the sandbox." },
  161: {
    meaning: "macOS keeps the background item from running.",
    next: "Allow it in System Settings under General, Login Items, then start it again.",
  },
};

/** The answer for one exit code; one that is not in the table is named as it is. */
export function launchctlRefusal(exitCode: number): LaunchdRefusal {
  const words = byCode[exitCode] ?? { meaning: `launchd refused: ${launchctlMeaning(exitCode)}.`, next: byCode[5]?.next ?? again };
  return { kind: "failed", ...words, exitCode };
}

/** The answer for a run of launchctl that did not end well. */
export function refusedOutcome(outcome: CommandOutcome, verb: string): ServiceActed {
  switch (outcome.kind) {
    case "exited":
      return launchctlRefusal(outcome.exitCode);
    case "timed-out":
      return { kind: "timed-out", detail: `launchctl ${verb} did not finish in time.` };
    case "cancelled":
      return { kind: "cancelled", detail: `We stopped waiting for launchctl ${verb}; launchd may still do it.` };
    case "killed":
      return { kind: "failed", meaning: `launchctl was ended by ${outcome.signal}.`, next: again };
    default:
      return { kind: "failed", meaning: `launchctl cannot be run: ${outcome.reason}`, next: "This works on macOS only." };
  }
}

const unknown: Readonly<Record<Extract<ServiceReading, { kind: "unknown" }>["reason"], Words>> = {
  "no-session": session,
  "no-bus": session,
  denied: {
    meaning: "launchd does not tell this account about the job.",
    next: "Run Lamplighter as the account that owns the job, not through sudo.",
  },
  "no-manager": { meaning: "There is no launchctl here.", next: "This works on macOS only." },
  "timed-out": { meaning: "launchd did not answer in time, so nothing is known about the job.", next: again },
  unreadable: { meaning: "launchd's answer cannot be read, so nothing is known about the job.", next: again },
};

/** The answer while launchd cannot be asked. None of these says anything about the job. */
export const unknownRefusal = ({ reason }: Extract<ServiceReading, { kind: "unknown" }>): LaunchdRefusal => ({
  kind: "failed",
  ...unknown[reason],
});

/** Why a job cannot be loaded as things stand, in the order in which a bare 5 is looked into; null when nothing is known against it. */
export function obstacleTo(reading: ServiceReading): LaunchdRefusal | null {
  if (reading.kind === "unknown" && reading.reason === "no-session") return unknownRefusal(reading);
  if (reading.kind !== "not-loaded") return null;
  if (reading.disabled) return { kind: "failed", ...switchedOff };
  if (reading.refusal === undefined) return null;
  return {
    kind: "failed",
    meaning: `launchd would refuse the definition ${reading.definitionPath}: ${reading.refusal}.`,
    next: "Mend the definition, or let the stack write it anew, then load it again.",
  };
}
