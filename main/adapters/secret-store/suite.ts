import { afterEach, describe, expect, it } from "vitest";
import type { SecretStore } from "../../core/ports/secret-store.ts";

/** An empty store of one's own. `lock` makes it refuse until the end of the test. */
export type SecretPlace = { readonly store: SecretStore; readonly lock: () => void; readonly stop: () => void };

const ref = { service: "dev.lamplighter.test", account: "device-key" };

/** What every secret store must do. */
export function secretStoreSuite(name: string, make: () => Promise<SecretPlace>): void {
  describe(`${name} as a SecretStore`, () => {
    const places: SecretPlace[] = [];
    const place = async () => {
      const made = await make();
      places.push(made);
      return made;
    };
    afterEach(() => {
      for (const made of places.splice(0)) made.stop();
    });

    it("tells a secret that was never stored as missing", async () => {
      const { store } = await place();
      expect(await store.read(ref)).toMatchObject({ kind: "missing" });
      expect(await store.remove(ref)).toBe("missing");
    });

    it("reads back what was written, whatever it contains", async () => {
      const { store } = await place();
      for (const value of ["plain", "-w --option", "grüße ✓ 🔑", "two\nlines\n", '"quoted" $HOME `x`', "y".repeat(10_000)]) {
        expect(await store.write(ref, value)).toEqual({ kind: "written" });
        expect(await store.read(ref)).toEqual({ kind: "found", value });
      }
    });

    it("keeps services and accounts apart, and forgets only what it is told to", async () => {
      const { store } = await place();
      const other = { ...ref, account: "other" };
      await store.write(ref, "one");
      await store.write(other, "two");
      expect(await store.remove(ref)).toBe("removed");
      expect(await store.read(ref)).toMatchObject({ kind: "missing" });
      expect(await store.read(other)).toEqual({ kind: "found", value: "two" });
      expect(await store.read({ ...other, service: "dev.lamplighter.else" })).toMatchObject({ kind: "missing" });
    });

    it("tells a locked keyring as locked, never as missing, and keeps what is in it", async () => {
      const { store, lock } = await place();
      await store.write(ref, "kept");
      lock();
      expect(await store.read(ref)).toMatchObject({ kind: "locked" });
      expect(await store.read({ ...ref, account: "never stored" })).toMatchObject({ kind: "locked" });
      expect(await store.write(ref, "changed")).toMatchObject({ kind: "locked" });
      expect(await store.remove(ref)).toBe("failed");
    });

    it("gives a reason for people that does not repeat the secret", async () => {
      const { store, lock } = await place();
      lock();
      const written = await store.write(ref, "hunter2");
      expect(written).toHaveProperty("reason", expect.stringMatching(/^[A-Z].{10,}\.$/));
      expect(JSON.stringify(written)).not.toContain("hunter2");
    });
  });
}
