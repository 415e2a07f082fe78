import type { CommandOutcome, CommandRunner } from "../../core/ports/command-runner.ts";
import type { ForeignSecrets, SecretReading } from "../../core/ports/secret-store.ts";

/** Long enough for a person to read and answer a dialog of the Keychain. */
const TIMEOUT_MS = 60_000;

/** Exit codes are the low byte of the Keychain's own error numbers; their texts vary, and a locked Keychain prints nothing. */
const byExit: Readonly<Record<number, Exclude<SecretReading, { kind: "found" }>>> = {
  24: { kind: "locked", reason: "The Mac was half asleep, so the Keychain could not ask for access." },
  36: { kind: "locked", reason: "The Keychain is locked for this session, or may not ask for access from here." },
  37: { kind: "unavailable", reason: "The default Keychain is not valid." },
  44: { kind: "missing", reason: "No such item is in the Keychain." },
  49: { kind: "unavailable", reason: "There is no default Keychain." },
  50: { kind: "unavailable", reason: "There is no such Keychain." },
  51: { kind: "denied", reason: "The Keychain refused access to the item." },
  53: { kind: "unavailable", reason: "No Keychain is available." },
  128: { kind: "denied", reason: "The question for access was answered with no." },
};

/**
 * Items of other tools in the macOS Keychain, through Apple's own tool: items that were stored with it can be read with it
 * without a dialog, and without changing who may read them next.
 */
export function securityCli(commands: CommandRunner, timeoutMs = TIMEOUT_MS): ForeignSecrets {
  return {
    read: async ({ service, account }) =>
      judge(
        await commands.run({
          file: "/usr/bin/security",
          args: ["find-generic-password", "-s", service, "-a", account, "-w"],
          timeoutMs,
        }),
      ),
  };
}

function judge(outcome: CommandOutcome): SecretReading {
  if (outcome.kind === "timed-out") return { kind: "timed-out", reason: "The Keychain did not answer. Its dialog may still be open." };
  if (outcome.kind !== "exited") return { kind: "unavailable", reason: "The security tool could not be run." };
  if (outcome.exitCode === 0) return { kind: "found", value: decodeHex(outcome.stdout.replace(/\n$/, "")) };
  return byExit[outcome.exitCode] ?? { kind: "unavailable", reason: `The security tool ended with code ${outcome.exitCode}.` };
}

/**
 * The tool prints a value in hexadecimal when it holds bytes that cannot be printed. A value that merely looks hexadecimal is
 * left alone: decoded, it would be printable throughout, or no text at all.
 */
function decodeHex(printed: string): string {
  if (!/^(?:[0-9a-f]{2})+$/.test(printed)) return printed;
  const bytes = Buffer.from(printed, "hex");
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) return printed;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return printed;
  }
}
