import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** An Ed25519 key in memory, in the shapes that other parties expect. */
export type DeviceKey = {
  /** Lower-case hex SHA-256 of the raw public key. */
  readonly id: string;
  /** The raw 32 bytes of the public key in base64url without padding. */
  readonly publicKey: string;
  /** base64url signature over the UTF-8 text. */
  sign(text: string): string;
  /** The private key as text for a keyring (PKCS 8, DER, base64). A secret. */
  export(): string;
};

/** What precedes the 32 bytes of a seed in a PKCS 8 Ed25519 key (RFC 8410). */
const SEED_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

export const createDeviceKey = (): DeviceKey => keyOf(generateKeyPairSync("ed25519").privateKey);

/** The same key for the same 32 bytes, for invented worlds. */
export const deviceKeyFromSeed = (seed: Uint8Array): DeviceKey =>
  keyOf(createPrivateKey({ key: Buffer.concat([SEED_PREFIX, seed]), format: "der", type: "pkcs8" }));

/** Reads what `export` gave; null for anything else. */
export function readDeviceKey(text: string): DeviceKey | null {
  try {
    const key = createPrivateKey({ key: Buffer.from(text, "base64"), format: "der", type: "pkcs8" });
    return key.asymmetricKeyType === "ed25519" ? keyOf(key) : null;
  } catch {
    return null;
  }
}

function keyOf(key: KeyObject): DeviceKey {
  // The last 32 bytes of the public key's DER form are the key itself (RFC 8410).
  const raw = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
  return {
    id: createHash("sha256").update(raw).digest("hex"),
    publicKey: raw.toString("base64url"),
    sign: (text) => sign(null, Buffer.from(text, "utf8"), key).toString("base64url"),
    export: () => key.export({ format: "der", type: "pkcs8" }).toString("base64"),
  };
}
