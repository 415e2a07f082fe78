import type { Clock } from "../../core/ports/clock.ts";
import type { DeviceIdentity } from "../../core/ports/device-identity.ts";
import type { SecretStore } from "../../core/ports/secret-store.ts";
import { createDeviceKey, type DeviceKey, readDeviceKey } from "./device-key.ts";
import { issuedTokens } from "./issued-tokens.ts";
import { RETRY_AFTER_MS } from "./retry-after.ts";

const SERVICE = "dev.lamplighter";
const KEY = { service: SERVICE, account: "device-key" };

type Loaded =
  | { readonly kind: "ready"; readonly key: DeviceKey }
  | { readonly kind: "unavailable"; readonly reason: string; readonly retryMs: number };

/**
 * This installation's identity, with its key in the keyring. The key is made on first need and only when the keyring says that there
 * is none: a locked keyring must not cost us a key that others have approved. Without a keyring there is no identity; the key is
 * never left in a file.
 */
export function storedIdentity(secrets: SecretStore, clock: Clock, createKey: () => DeviceKey = createDeviceKey): DeviceIdentity {
  let current: Promise<Loaded> | undefined;
  let retryAtMs = Number.POSITIVE_INFINITY;

  const load = (): Promise<Loaded> => {
    if (current && clock.monotonicMs() < retryAtMs) return current;
    retryAtMs = Number.POSITIVE_INFINITY;
    current = loadKey(secrets, createKey).then((loaded) => {
      if (loaded.kind === "unavailable") retryAtMs = clock.monotonicMs() + loaded.retryMs;
      return loaded;
    });
    return current;
  };

  return {
    describe: async () => {
      const loaded = await load();
      if (loaded.kind === "unavailable") return { kind: "unavailable", reason: loaded.reason };
      return { kind: "ready", id: loaded.key.id, publicKey: loaded.key.publicKey };
    },
    sign: async (text) => {
      const loaded = await load();
      if (loaded.kind === "unavailable") throw new Error(loaded.reason);
      return loaded.key.sign(text);
    },
    ...issuedTokens(secrets, SERVICE, clock),
  };
}

async function loadKey(secrets: SecretStore, createKey: () => DeviceKey): Promise<Loaded> {
  const reading = await secrets.read(KEY);
  if (reading.kind === "found") return read(reading.value);
  if (reading.kind !== "missing") return { kind: "unavailable", reason: reading.reason, retryMs: RETRY_AFTER_MS[reading.kind] };
  const created = createKey();
  const writing = await secrets.write(KEY, created.export());
  if (writing.kind !== "written") return { kind: "unavailable", reason: writing.reason, retryMs: RETRY_AFTER_MS[writing.kind] };
  // Two of us may have started at the same moment; whichever key stayed in the keyring is the one that counts.
  const kept = await secrets.read(KEY);
  return kept.kind === "found" ? read(kept.value) : { kind: "ready", key: created };
}

function read(text: string): Loaded {
  const key = readDeviceKey(text);
  if (key) return { kind: "ready", key };
  const reason = `The keyring item ${KEY.account} of ${KEY.service} is damaged. Once it is removed, a new key is made, which must be approved anew.`;
  return { kind: "unavailable", reason, retryMs: RETRY_AFTER_MS.found };
}
