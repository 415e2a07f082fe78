import type { CommandOutcome, CommandRunner } from "../../core/ports/command-runner.ts";

/** The default keyring of the Secret Service as it stands now. `none`: a keyring service without a default keyring. */
export type KeyringLock =
  | { readonly kind: "open" }
  | { readonly kind: "locked" }
  | { readonly kind: "none" }
  | { readonly kind: "unavailable" | "timed-out"; readonly reason: string };

const path = "/org/freedesktop/secrets/aliases/default";
const collection = "org.freedesktop.Secret.Collection";
const properties = "org.freedesktop.DBus.Properties.Get";
const timeoutMs = 3_000;

/** Three ways to read one property over D-Bus; desktops without systemd have one of the last two. */
const tools: readonly { readonly file: string; readonly args: readonly string[] }[] = [
  { file: "busctl", args: ["--user", "--timeout=2", "get-property", "org.freedesktop.secrets", path, collection, "Locked"] },
  {
    file: "gdbus",
    args: ["call", "--session", "--timeout", "2", "-d", "org.freedesktop.secrets", "-o", path, "-m", properties, collection, "Locked"],
  },
  {
    file: "dbus-send",
    args: [
      "--session",
      "--print-reply=literal",
      "--reply-timeout=2000",
      "--dest=org.freedesktop.secrets",
      path,
      properties,
      `string:${collection}`,
      "string:Locked",
    ],
  },
];

/**
 * Asks whether the keyring is locked, without reading a secret and without raising a prompt. This must come first: on Linux a
 * look-up in a locked keyring prompts the person, and when nobody answers it looks exactly like a secret that was never stored.
 */
export async function readKeyringLock(commands: CommandRunner): Promise<KeyringLock> {
  for (const tool of tools) {
    const outcome = await commands.run({ ...tool, timeoutMs, maxBytes: 4_096 });
    if (outcome.kind !== "not-found" && outcome.kind !== "not-executable") return judge(outcome);
  }
  return { kind: "unavailable", reason: "Cannot tell whether the keyring is locked: none of busctl, gdbus and dbus-send is installed." };
}

function judge(outcome: CommandOutcome): KeyringLock {
  if (outcome.kind === "timed-out") return { kind: "timed-out", reason: "The keyring service did not answer." };
  if (outcome.kind !== "exited") return { kind: "unavailable", reason: "The keyring service could not be asked." };
  if (outcome.exitCode === 0) {
    const said = /\b(true|false)\b/.exec(outcome.stdout)?.[1];
    if (said) return said === "true" ? { kind: "locked" } : { kind: "open" };
    return { kind: "unavailable", reason: "The keyring service gave an answer we do not understand." };
  }
  const said = outcome.stderr;
  if (/does not exist at path|UnknownObject|No such object/i.test(said)) return { kind: "none" };
  if (/not provided by any|ServiceUnknown/i.test(said)) {
    return { kind: "unavailable", reason: "No keyring service runs in this session. Installing gnome-keyring or KWallet provides one." };
  }
  if (/timed? ?out|NoReply/i.test(said)) return { kind: "timed-out", reason: "The keyring service did not answer." };
  if (/connect|D-Bus|\bbus\b/i.test(said)) {
    return {
      kind: "unavailable",
      reason: "There is no D-Bus session here, so no keyring can be reached. A login on the desktop starts one.",
    };
  }
  return { kind: "unavailable", reason: "The keyring service refused to say whether it is locked." };
}
