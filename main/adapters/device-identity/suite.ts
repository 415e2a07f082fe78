import { createHash, createPublicKey, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { DeviceIdentity } from "../../core/ports/device-identity.ts";

/** An identity over a store of its own; `lock` makes the store refuse, `restart` gives a new instance over the same store. */
export type IdentityPlace = { readonly identity: DeviceIdentity; readonly lock: () => void; readonly restart: () => DeviceIdentity };

async function ready(identity: DeviceIdentity) {
  const described = await identity.describe();
  if (described.kind !== "ready") throw new Error(described.reason);
  return described;
}

/** Checks as another party would: from the raw public key alone. */
function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
  return verify(null, Buffer.from(text, "utf8"), key, Buffer.from(signature, "base64url"));
}

/** What every device identity must do. */
export function identitySuite(name: string, make: () => IdentityPlace): void {
  describe(`${name} as a DeviceIdentity`, () => {
    it("describes itself by a raw public key of 32 bytes and its SHA-256", async () => {
      const { id, publicKey } = await ready(make().identity);
      const raw = Buffer.from(publicKey, "base64url");
      expect(raw).toHaveLength(32);
      expect(publicKey).not.toMatch(/[+/=]/);
      expect(id).toBe(createHash("sha256").update(raw).digest("hex"));
    });

    it("signs so that anyone with the public key can verify it, and nothing else passes", async () => {
      const { identity } = make();
      const { publicKey } = await ready(identity);
      const signature = await identity.sign("v3|grüße|1795201006423");
      expect(Buffer.from(signature, "base64url")).toHaveLength(64);
      expect(isSignedBy(publicKey, "v3|grüße|1795201006423", signature)).toBe(true);
      expect(isSignedBy(publicKey, "v3|grüße|1795201006424", signature)).toBe(false);
    });

    it("stays the same across restarts", async () => {
      const { identity, restart } = make();
      expect(await ready(restart())).toEqual(await ready(identity));
    });

    it("is unavailable with a reason while the keyring is locked, and signs nothing", async () => {
      const { lock, restart } = make();
      lock();
      const locked = restart();
      expect(await locked.describe()).toMatchObject({ kind: "unavailable", reason: expect.stringContaining("locked") });
      await expect(locked.sign("x")).rejects.toThrow("locked");
      expect(await locked.issuedToken("a")).toBeNull();
    });

    it("keeps a token per audience, across restarts, until told to forget it", async () => {
      const { identity, restart } = make();
      expect(await identity.issuedToken("ws://127.0.0.1:1")).toBeNull();
      await identity.keepIssuedToken("ws://127.0.0.1:1", "one");
      await identity.keepIssuedToken("ws://127.0.0.1:2", "two");
      const later = restart();
      expect([await later.issuedToken("ws://127.0.0.1:1"), await later.issuedToken("ws://127.0.0.1:2")]).toEqual(["one", "two"]);
      await later.forgetIssuedToken("ws://127.0.0.1:1");
      expect([await later.issuedToken("ws://127.0.0.1:1"), await restart().issuedToken("ws://127.0.0.1:1")]).toEqual([null, null]);
      expect(await later.issuedToken("ws://127.0.0.1:2")).toBe("two");
    });

    it("uses a token that the keyring does not take, as long as it runs", async () => {
      const { identity, lock } = make();
      await ready(identity);
      lock();
      await identity.keepIssuedToken("a", "one");
      expect(await identity.issuedToken("a")).toBe("one");
    });
  });
}
