import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { ForeignSecrets } from "../../core/ports/secret-store.ts";
import { readKeyringLock } from "./keyring-lock.ts";

/** Long enough for a person to answer a dialog of the keyring. */
const TIMEOUT_MS = 60_000;

/** Items of other tools in the Linux keyring, found by their `service` and `account`, through libsecret's own command. */
export function secretTool(commands: CommandRunner, timeoutMs = TIMEOUT_MS): ForeignSecrets {
  return {
    read: async ({ service, account }) => {
      // Asked first, because a look-up prompts for a locked keyring and then ends like one that found nothing.
      const lock = await readKeyringLock(commands);
      if (lock.kind === "locked") return { kind: "locked", reason: "The keyring is locked. Unlocking it in the desktop session opens it." };
      if (lock.kind === "unavailable" || lock.kind === "timed-out") return lock;
      const outcome = await commands.run({ file: "secret-tool", args: ["lookup", "service", service, "account", account], timeoutMs });
      if (outcome.kind === "timed-out") return { kind: "timed-out", reason: "The keyring did not answer. Its dialog may still be open." };
      if (outcome.kind === "not-found") return { kind: "unavailable", reason: "secret-tool is not installed (package libsecret-tools)." };
      if (outcome.kind !== "exited") return { kind: "unavailable", reason: "secret-tool could not be run." };
      if (outcome.exitCode === 0) return { kind: "found", value: outcome.stdout };
      return outcome.stderr.trim() === ""
        ? { kind: "missing", reason: "No such item is in the keyring." }
        : { kind: "unavailable", reason: "secret-tool could not reach the keyring." };
    },
  };
}
