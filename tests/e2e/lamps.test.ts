import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lampPaths } from "../../renderer/lib/lamp-paths.ts";
import { openChromium } from "../support/chromium.ts";

const SIZE = 16;
const shapes = Object.keys(lampPaths);
const pairs = shapes.flatMap((a, index) => shapes.slice(index + 1).map((b) => [a, b] as const));

let browser: Browser;
let pictures: Readonly<Record<string, readonly number[]>>;

/** Draws the silhouettes black on white at 16 pixels: no colour is left to tell them apart by. */
describe("the five silhouettes at 16 pixels, without colour", () => {
  beforeAll(async () => {
    browser = await openChromium();
    const page = await browser.newPage();
    pictures = await page.evaluate(
      ({ paths, size }) =>
        Object.fromEntries(
          Object.entries(paths).map(([name, { fill, ring, dash, glyph }]) => {
            const canvas = document.createElement("canvas");
            canvas.width = size;
            canvas.height = size;
            const pen = canvas.getContext("2d");
            if (pen === null) throw new Error("no canvas");
            pen.scale(size / 20, size / 20);
            pen.lineWidth = 2.4;
            if (fill !== undefined) pen.fill(new Path2D(fill), "evenodd");
            pen.setLineDash(dash === undefined ? [] : dash.split(" ").map(Number));
            if (ring !== undefined) pen.stroke(new Path2D(ring));
            pen.setLineDash([]);
            if (glyph !== undefined) pen.stroke(new Path2D(glyph));
            const ink = pen.getImageData(0, 0, size, size).data;
            return [name, Array.from({ length: size * size }, (_, at) => (ink[at * 4 + 3] ?? 0) / 255)];
          }),
        ),
      { paths: lampPaths, size: SIZE },
    );
  });
  afterAll(() => browser?.close());

  it.each(pairs)("%s does not look like %s", (a, b) => {
    const difference = (pictures[a] ?? []).reduce((sum, ink, at) => sum + Math.abs(ink - (pictures[b]?.[at] ?? 0)), 0);
    const ink = Math.max(...[a, b].map((name) => (pictures[name] ?? []).reduce((sum, one) => sum + one, 0)));
    expect(difference / ink).toBeGreaterThan(0.22);
  });

  it("puts the least ink on the healthy one and the most on a problem", () => {
    const inkOf = (name: string): number => (pictures[name] ?? []).reduce((sum, one) => sum + one, 0);
    expect(inkOf("red")).toBeGreaterThan(inkOf("amber"));
    expect(inkOf("amber")).toBeGreaterThan(inkOf("green"));
  });
});
