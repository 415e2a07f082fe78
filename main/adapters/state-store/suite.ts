import { describe, expect, it } from "vitest";
import type { StateStore } from "../../core/ports/state-store.ts";

/** What every implementation of StateStore must do. `make` gives two stores that share what they keep, as two processes do. */
export function stateStoreSuite(name: string, make: () => Promise<readonly [StateStore, StateStore]>): void {
  describe(`${name} as a StateStore`, () => {
    it("knows nothing at first, and forgets what was never there without complaint", async () => {
      const [store] = await make();
      expect(await store.read("a")).toBeUndefined();
      await store.remove("a");
    });

    it("gives back what was written, to another process too", async () => {
      const [store, other] = await make();
      const value = { list: [1, "two", null, true], deep: { text: "line\nline \u0000 \ud83d\ude00" } };
      await store.write("target/ai.one", value);
      expect(await store.read("target/ai.one")).toEqual(value);
      expect(await other.read("target/ai.one")).toEqual(value);
    });

    it("gives a copy: changing what was read or written changes nothing that is kept", async () => {
      const [store] = await make();
      const value = { list: [1] };
      await store.write("a", value);
      value.list.push(2);
      const read = await store.read("a");
      if (typeof read === "object" && read !== null) Object.assign(read, { list: [] });
      expect(await store.read("a")).toEqual({ list: [1] });
    });

    it("replaces and removes", async () => {
      const [store, other] = await make();
      await store.write("a", 1);
      await other.write("a", null);
      expect(await store.read("a")).toBeNull();
      await store.remove("a");
      expect(await other.read("a")).toBeUndefined();
      await store.write("a", 2);
      await store.write("a", undefined);
      expect(await store.read("a")).toBeUndefined();
    });

    it("keeps keys apart, whatever is in them", async () => {
      const [store] = await make();
      const keys = [
        "a",
        "A",
        "a.json",
        "../a",
        "a/b",
        "a%2fb",
        "/etc/passwd",
        "",
        ".",
        "..",
        "a\nb",
        "$(a)",
        "x".repeat(500),
        "x".repeat(501),
      ];
      for (const [index, key] of keys.entries()) await store.write(key, index);
      for (const [index, key] of keys.entries()) expect([key, await store.read(key)]).toEqual([key, index]);
    });

    it("ends with one of the values, whole, when two processes write at once", async () => {
      const [store, other] = await make();
      const value = (sign: string) => sign.repeat(20_000);
      const signs = [..."abcdefgh"];
      await Promise.all(signs.map((sign, index) => (index % 2 === 0 ? store : other).write("a", value(sign))));
      expect(signs.map(value)).toContain(await store.read("a"));
    });
  });
}
