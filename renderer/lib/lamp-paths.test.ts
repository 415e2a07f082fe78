import { describe, expect, it } from "vitest";
import { lampPaths } from "./lamp-paths.ts";
import { tabIcon } from "./tab-icon.ts";
import type { LampShape } from "./words.ts";

const shapes = Object.keys(lampPaths) as LampShape[];

describe("silhouettes", () => {
  it("are five, and no two are built from the same parts", () => {
    expect(shapes.toSorted()).toEqual(["amber", "green", "grey", "red", "working"]);
    const outlines = shapes.map((shape) => `${lampPaths[shape].fill} ${lampPaths[shape].ring} ${lampPaths[shape].dash}`);
    expect(new Set(outlines).size).toBe(5);
  });

  it("fill only what wants attention, so that healthy is quiet without colour", () => {
    expect(shapes.filter((shape) => lampPaths[shape].fill !== undefined).toSorted()).toEqual(["amber", "red"]);
  });

  it("stay inside their box", () => {
    for (const shape of shapes) {
      const absolute = [
        ...Object.values(lampPaths[shape])
          .join(" ")
          .matchAll(/M(-?[\d.]+)[ ,]?(-?[\d.]+)/g),
      ].flatMap((m) => [Number(m[1]), Number(m[2])]);
      for (const at of absolute) expect(at).toBeGreaterThanOrEqual(0.5);
      for (const at of absolute) expect(at).toBeLessThanOrEqual(19.5);
    }
  });

  it("become a picture for the browser's tab that needs no outside address", () => {
    const icons = shapes.map(tabIcon);
    expect(new Set(icons).size).toBe(5);
    for (const icon of icons) {
      expect(icon).toMatch(/^data:image\/svg\+xml,/);
      expect(decodeURIComponent(icon.slice(icon.indexOf(",") + 1))).toMatch(/^<svg .*<path .*<\/svg>$/);
    }
  });
});
