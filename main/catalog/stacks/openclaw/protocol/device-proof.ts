import type { DeviceIdentity } from "../../../../core/ports/device-identity.ts";
import { type Auth, type ClientFacts, signedSecret } from "./connect-request.ts";

/** Proof that the sender holds the device's key, bound to one connection by its nonce. `signedAt` in epoch milliseconds. */
export type DeviceProof = {
  readonly id: string;
  readonly publicKey: string;
  readonly signature: string;
  readonly signedAt: number;
  readonly nonce: string;
};

type ProofInput = {
  readonly deviceId: string;
  readonly client: ClientFacts;
  readonly scopes: readonly string[];
  readonly auth: Auth;
  readonly nonce: string;
  readonly signedAt: number;
};

/** The text a device signs, third edition of the format. The last field, the device family, stays empty: we do not send one. */
export function proofText({ deviceId, client, scopes, auth, nonce, signedAt }: ProofInput): string {
  const fields = [deviceId, client.id, client.mode, "operator", scopes.join(","), signedAt, signedSecret(auth), nonce];
  return ["v3", ...fields, client.platform.trim().toLowerCase(), ""].join("|");
}

/** Signs the challenge, or gives undefined when the key cannot be used right now (locked or missing keyring). */
export async function proveDevice(identity: DeviceIdentity, input: Omit<ProofInput, "deviceId">): Promise<DeviceProof | undefined> {
  const described = await identity.describe();
  if (described.kind !== "ready") return undefined;
  const signature = await identity.sign(proofText({ ...input, deviceId: described.id })).catch(() => undefined);
  if (signature === undefined) return undefined;
  return { id: described.id, publicKey: described.publicKey, signature, signedAt: input.signedAt, nonce: input.nonce };
}
