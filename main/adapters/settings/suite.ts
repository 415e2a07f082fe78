import { describe, expect, it } from "vitest";
import type { Settings } from "../../core/ports/settings.ts";

/** What every implementation of Settings must do. `make` gives settings with these sections. */
export function settingsSuite(name: string, make: (sections: Readonly<Record<string, unknown>>) => Promise<Settings>): void {
  describe(`${name} as Settings`, () => {
    const sections = { "stacks.one": { port: 18789, names: ["a", "b"] }, "stacks.two": null, quiet: true };

    it("gives a section as it was written", async () => {
      const settings = await make(sections);
      expect(settings.section("stacks.one")).toEqual({ port: 18789, names: ["a", "b"] });
      expect(settings.section("stacks.two")).toBeNull();
      expect(settings.section("quiet")).toBe(true);
    });

    it("gives undefined for what is not there, inherited names included", async () => {
      const settings = await make(sections);
      for (const name of ["stacks.three", "other", "", "constructor", "__proto__", "stacks.one.port.x"]) {
        expect(settings.section(name)).toBeUndefined();
      }
    });

    it("has no problems with good settings, or with none", async () => {
      expect((await make(sections)).problems()).toEqual([]);
      expect((await make({})).problems()).toEqual([]);
    });

    it("takes a listener and lets it go", async () => {
      const stop = (await make(sections)).onChange(() => {});
      expect(() => stop()).not.toThrow();
    });
  });
}
