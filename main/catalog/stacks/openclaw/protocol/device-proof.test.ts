import { createPublicKey, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { onMac } from "../../../../../tests/support/openclaw-outside.ts";
import { clientFacts } from "./connect-request.ts";
import { proofText, proveDevice } from "./device-proof.ts";

const input = {
  client: clientFacts("macos"),
  scopes: ["operator.read", "operator.pairing"],
  auth: { kind: "token", token: "tok" } as const,
  nonce: "nonce-1",
  signedAt: 1_795_201_006_423,
};

describe("proof of our device", () => {
  it("is the third edition of the text, with every field in its place", () => {
    expect(proofText({ ...input, deviceId: "id" })).toBe(
      "v3|id|gateway-client|backend|operator|operator.read,operator.pairing|1795201006423|tok|nonce-1|darwin|",
    );
  });

  it("can be verified with the public key it names", async () => {
    const { ports } = onMac();
    const proof = await proveDevice(ports.identity, input);
    if (proof === undefined) throw new Error("no proof");
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: proof.publicKey }, format: "jwk" });
    const text = proofText({ ...input, deviceId: proof.id });
    expect(verify(null, Buffer.from(text), key, Buffer.from(proof.signature, "base64url"))).toBe(true);
    expect(proof).toMatchObject({ nonce: "nonce-1", signedAt: input.signedAt });
  });

  it("is left out when the key cannot be used, instead of failing the connection", async () => {
    const { identity } = onMac().ports;
    expect(await proveDevice({ ...identity, describe: async () => ({ kind: "unavailable", reason: "locked" }) }, input)).toBeUndefined();
    const broken = { ...identity, sign: async () => Promise.reject(new Error("locked meanwhile")) };
    expect(await proveDevice(broken, input)).toBeUndefined();
  });
});
