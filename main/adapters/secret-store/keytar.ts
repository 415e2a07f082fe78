import type { SecretStore, SecretWriting } from "../../core/ports/secret-store.ts";
import type { KeyringLock } from "./keyring-lock.ts";
import type { KeytarCall, KeytarReply } from "./keytar-call.ts";

/** A failure of the store itself, which reading and writing tell alike. */
type Trouble = Exclude<SecretWriting, { kind: "written" }>;

/**
 * Lamplighter's own secrets in the system's keyring, through keytar. On Linux `lock` says beforehand whether the keyring is
 * locked; macOS needs none, since the Keychain answers a locked read with an error of its own.
 */
export function keytarStore(call: KeytarCall, lock?: () => Promise<KeyringLock>): SecretStore {
  /** Null when the keyring can be used, `none` when there is no default keyring. */
  const obstacle = async (): Promise<Trouble | "none" | null> => {
    const state = (await lock?.()) ?? { kind: "open" };
    if (state.kind === "open") return null;
    if (state.kind === "none") return "none";
    return state.kind === "locked"
      ? { kind: "locked", reason: "The keyring is locked. Unlocking it in the desktop session opens it." }
      : state;
  };

  return {
    read: async ({ service, account }) => {
      const trouble = await obstacle();
      if (trouble === "none") return { kind: "missing", reason: "This account has no default keyring yet, so nothing is stored." };
      if (trouble) return trouble;
      const reply = await call("getPassword", [service, account]);
      if (reply.kind !== "value") return troubleOf(reply);
      return typeof reply.value === "string"
        ? { kind: "found", value: reply.value }
        : { kind: "missing", reason: "Nothing is stored under that name." };
    },

    write: async ({ service, account }, value) => {
      const trouble = await obstacle();
      // Storing would make the system ask for the password of a new keyring, out of the blue.
      if (trouble === "none")
        return { kind: "unavailable", reason: "This account has no default keyring yet. The desktop's password application creates one." };
      if (trouble) return trouble;
      const reply = await call("setPassword", [service, account, value]);
      return reply.kind === "value" ? { kind: "written" } : troubleOf(reply);
    },

    remove: async ({ service, account }) => {
      const trouble = await obstacle();
      if (trouble === "none") return "missing";
      if (trouble) return "failed";
      const reply = await call("deletePassword", [service, account]);
      if (reply.kind !== "value") return "failed";
      return reply.value === true ? "removed" : "missing";
    },
  };
}

/** keytar passes on the system's sentences without a code, so the sentences are what there is to go by. */
const sentences: readonly (readonly [RegExp, Trouble])[] = [
  [
    /interaction is not allowed|dark wake|locked collection/i,
    { kind: "locked", reason: "The keyring is locked, or asking for it needs a desktop session." },
  ],
  [
    /user name or passphrase|authorization was denied|cancell?ed|dismissed|not permitted/i,
    { kind: "denied", reason: "The system refused access to the keyring." },
  ],
  [
    /default keychain could not be found|no keychain is available|D-Bus|not provided by any|does not exist at path|connect/i,
    { kind: "unavailable", reason: "No keyring can be reached from here." },
  ],
];

function troubleOf(reply: Exclude<KeytarReply, { kind: "value" }>): Trouble {
  if (reply.kind === "timed-out")
    return { kind: "timed-out", reason: "The keyring did not answer. A dialog of the system may be waiting for an answer." };
  if (reply.kind === "not-loaded") return { kind: "unavailable", reason: "The keyring library is not installed (on Linux: libsecret)." };
  const known = sentences.find(([pattern]) => pattern.test(reply.message));
  return known?.[1] ?? { kind: "unavailable", reason: "The keyring failed for a reason we do not know." };
}
