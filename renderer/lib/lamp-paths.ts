import type { LampShape } from "./words.ts";

/** A silhouette in a 20 × 20 box. `fill` uses the even-odd rule, so marks inside it are real holes. */
export type LampPath = {
  readonly fill?: string;
  readonly ring?: string;
  readonly dash?: string;
  readonly glyph?: string;
};

/**
 * Five shapes that stay apart without colour and at 16 pixels: plain outline, triangle, filled disc with a bar,
 * dashed ring with a question mark, ring segment.
 */
export const lampPaths: Readonly<Record<LampShape, LampPath>> = {
  green: { ring: "M10 2.4a7.6 7.6 0 1 1 0 15.2a7.6 7.6 0 1 1 0-15.2z" },
  amber: {
    fill: "M8.5 2.3a1.7 1.7 0 0 1 3 0l7.6 13.6a1.7 1.7 0 0 1-1.5 2.6H2.4a1.7 1.7 0 0 1-1.5-2.6zM8.8 6.8l.4 5.5h1.6l.4-5.5zM10 13.5a1.25 1.25 0 1 0 0 2.5a1.25 1.25 0 1 0 0-2.5z",
  },
  red: { fill: "M10 .9a9.1 9.1 0 1 1 0 18.2a9.1 9.1 0 1 1 0-18.2zM5.1 8.5h9.8v3H5.1z" },
  grey: {
    ring: "M10 2a8 8 0 1 1 0 16a8 8 0 1 1 0-16z",
    dash: "4.18 2.1",
    glyph: "M7.9 8a2.15 2.15 0 1 1 3.4 1.75c-.85.55-1.3.95-1.3 1.75M10 13.9v.01",
  },
  working: { ring: "M10 2.4a7.6 7.6 0 1 1-7.6 7.6" },
};
