import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import type { World } from "../../core/model/world.ts";
import type { SecretReading, SecretStore } from "../../core/ports/secret-store.ts";
import { manualClock } from "../clock/manual-clock.ts";
import { fakeSecretStore } from "../secret-store/fake.ts";
import { createDeviceKey, deviceKeyFromSeed, readDeviceKey } from "./device-key.ts";
import { fakeIdentity } from "./fake.ts";
import { storedIdentity } from "./stored-identity.ts";
import { identitySuite } from "./suite.ts";

const place = (make: typeof fakeIdentity) => () => {
  let world: World = emptyWorld;
  const store = fakeSecretStore(() => world);
  const start = () => make(store, manualClock());
  return {
    identity: start(),
    restart: start,
    lock: () => {
      world = { ...world, secretStore: "locked" };
    },
  };
};

identitySuite("storedIdentity", place(storedIdentity));
identitySuite("fakeIdentity", place(fakeIdentity));

/** A store that counts, and whose readings the test sets. */
function countingStore(reading: () => SecretReading) {
  const counts = { read: 0, written: [] as string[] };
  const store: SecretStore = {
    read: async () => {
      counts.read += 1;
      return reading();
    },
    write: async ({ account }) => {
      counts.written.push(account);
      return { kind: "written" };
    },
    remove: async () => "missing",
  };
  return { store, counts };
}

describe("storedIdentity", () => {
  it.each(["locked", "denied", "unavailable", "timed-out"] as const)("makes no new key while the keyring is %s", async (kind) => {
    const { store, counts } = countingStore(() => ({ kind, reason: "because" }));
    expect(await storedIdentity(store, manualClock()).describe()).toEqual({ kind: "unavailable", reason: "because" });
    expect(counts.written).toEqual([]);
  });

  it("makes one key for many who ask at once, and then reads the keyring no more", async () => {
    const { store, counts } = countingStore(() => ({ kind: "missing", reason: "none" }));
    const identity = storedIdentity(store, manualClock());
    const described = await Promise.all([identity.describe(), identity.describe(), identity.sign("x").then(() => identity.describe())]);
    expect(new Set(described.map((each) => each.kind === "ready" && each.id)).size).toBe(1);
    expect(counts.written).toEqual(["device-key"]);
    const before = counts.read;
    await identity.describe();
    expect(counts.read).toBe(before);
  });

  it("takes the key that stayed in the keyring when another of us stored one at the same moment", async () => {
    const theirs = createDeviceKey();
    let reads = 0;
    const { store } = countingStore(() =>
      reads++ === 0 ? { kind: "missing", reason: "none" } : { kind: "found", value: theirs.export() },
    );
    expect(await storedIdentity(store, manualClock()).describe()).toMatchObject({ kind: "ready", id: theirs.id });
  });

  it("says what to do about a damaged key, does not overwrite it, and shows nothing of it", async () => {
    const { store, counts } = countingStore(() => ({ kind: "found", value: "hunter2" }));
    const described = await storedIdentity(store, manualClock()).describe();
    expect(described).toMatchObject({ kind: "unavailable", reason: expect.stringContaining("removed") });
    expect(JSON.stringify(described)).not.toContain("hunter2");
    expect(counts.written).toEqual([]);
  });

  it("looks again soon after a locked keyring, but late after a dialog that nobody answered", async () => {
    for (const [kind, quietMs] of [
      ["locked", 29_000],
      ["timed-out", 890_000],
      ["denied", 890_000],
    ] as const) {
      const clock = manualClock();
      const { store, counts } = countingStore(() => ({ kind, reason: "because" }));
      const identity = storedIdentity(store, clock);
      await identity.describe();
      await clock.advance(quietMs);
      await identity.describe();
      expect(counts.read).toBe(1);
      await clock.advance(20_000);
      await identity.describe();
      expect(counts.read).toBe(2);
    }
  });

  it("becomes ready once the keyring is unlocked", async () => {
    const clock = manualClock();
    let world: World = { ...emptyWorld, secretStore: "locked" };
    const identity = storedIdentity(
      fakeSecretStore(() => world),
      clock,
    );
    expect((await identity.describe()).kind).toBe("unavailable");
    world = emptyWorld;
    await clock.advance(31_000);
    expect((await identity.describe()).kind).toBe("ready");
  });
});

describe("issued tokens", () => {
  it("are remembered for a minute, then looked up again, because another of us may have a newer one", async () => {
    const clock = manualClock();
    let value = "old";
    const { store, counts } = countingStore(() => ({ kind: "found", value }));
    const identity = storedIdentity(store, clock);
    expect(await identity.issuedToken("a")).toBe("old");
    value = "new";
    expect(await identity.issuedToken("a")).toBe("old");
    expect(counts.read).toBe(1);
    await clock.advance(60_000);
    expect(await identity.issuedToken("a")).toBe("new");
  });

  it("are not asked for again soon after a dialog that nobody answered", async () => {
    const clock = manualClock();
    const { store, counts } = countingStore(() => ({ kind: "timed-out", reason: "because" }));
    const identity = storedIdentity(store, clock);
    expect(await identity.issuedToken("a")).toBeNull();
    await clock.advance(890_000);
    await identity.issuedToken("a");
    expect(counts.read).toBe(1);
    await clock.advance(20_000);
    await identity.issuedToken("a");
    expect(counts.read).toBe(2);
  });

  it("are named without the address they are for", async () => {
    const { store, counts } = countingStore(() => ({ kind: "missing", reason: "none" }));
    await storedIdentity(store, manualClock()).keepIssuedToken("ws://10.0.0.5:18789", "t");
    expect(counts.written[0]).toMatch(/^issued-token-[0-9a-f]{16}$/);
  });
});

describe("device keys", () => {
  it("come back from their exported form, and from nothing else", () => {
    const key = createDeviceKey();
    expect(readDeviceKey(key.export())?.id).toBe(key.id);
    expect(readDeviceKey("nonsense")).toBeNull();
    expect(readDeviceKey("")).toBeNull();
  });

  it("from a seed are the ones of RFC 8032", () => {
    const seed = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
    const key = deviceKeyFromSeed(seed);
    expect(Buffer.from(key.publicKey, "base64url").toString("hex")).toBe(
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    );
    expect(Buffer.from(key.sign(""), "base64url").toString("hex")).toMatch(/^e5564300c360ac729086e2cc806e828a/);
  });

  it("are different each time one is made", () => {
    expect(createDeviceKey().id).not.toBe(createDeviceKey().id);
  });
});
