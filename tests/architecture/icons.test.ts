import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readText, root } from "../support/files.ts";
import { greyscaleOn, type Picture, readPng } from "./png.ts";

const shapes = ["ok", "attention", "problem", "unknown", "working"];
const pairs = shapes.flatMap((one, at) => shapes.slice(at + 1).map((other): [string, string] => [one, other]));
const picture = (name: string): Picture => readPng(readFileSync(join(root, "build/icons", `${name}.png`)));

/** Share of the picture's area in which two pictures look clearly different in grey, 0…1. */
function difference(one: Picture, other: Picture, background: number): number {
  const grey = greyscaleOn(background, other);
  const clear = greyscaleOn(background, one).filter((value, at) => Math.abs(value - (grey[at] ?? 0)) > 60);
  return clear.length / grey.length;
}

describe("the five silhouettes", () => {
  it.each(shapes)("%s is drawn in every size the systems ask for", (shape) => {
    const sizes = ["Template", "Template@2x", "", "@2x"]
      .map((variant) => picture(`tray/${shape}${variant}`))
      .map(({ width, height }) => [width, height]);
    expect(sizes).toEqual([16, 32, 22, 44].map((size) => [size, size]));
  });

  it.each(shapes)("%s is a true template image for macOS: black and transparent only", (shape) => {
    const { rgba } = picture(`tray/${shape}Template`);
    const inked = Array.from({ length: rgba.length / 4 }, (_, at) => rgba.subarray(at * 4, at * 4 + 4)).filter(
      ([, , , alpha]) => (alpha ?? 0) > 0,
    );
    expect(inked.length).toBeGreaterThan(50);
    expect(inked.filter(([red, green, blue]) => red !== 0 || green !== 0 || blue !== 0)).toEqual([]);
    expect(inked.length).toBeLessThan(rgba.length / 4);
  });

  it.each(pairs)("%s and %s cannot be mistaken for each other at 16 pixels without colour", (one, other) => {
    for (const background of [255, 0x9a]) {
      expect(difference(picture(`tray/${one}Template`), picture(`tray/${other}Template`), background)).toBeGreaterThan(0.15);
    }
  });

  it.each(pairs)("%s and %s differ on a dark Linux panel when colours are removed", (one, other) => {
    expect(difference(picture(`tray/${one}`), picture(`tray/${other}`), 0x20)).toBeGreaterThan(0.15);
  });

  it("would be caught when two were alike", () => {
    expect(difference(picture("tray/okTemplate"), picture("tray/okTemplate"), 255)).toBe(0);
  });
});

describe("drawings and pictures", () => {
  it("belong together: `npm run icons` was run after the last change", () => {
    const hashes = Object.fromEntries(
      [...shapes, "app"].map((name) => [
        name,
        createHash("sha256")
          .update(readText(`build/icons/${name}.svg`))
          .digest("hex"),
      ]),
    );
    expect(JSON.parse(readText("build/icons/rendered.json"))).toEqual(hashes);
  });

  it("include an app icon of 1024 pixels with a transparent margin, as macOS wants it", () => {
    const { width, height, rgba } = picture("icon");
    expect([width, height]).toEqual([1024, 1024]);
    expect(rgba[3]).toBe(0);
    expect(rgba[(512 * 1024 + 512) * 4 + 3]).toBe(255);
  });
});
