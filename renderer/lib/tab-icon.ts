import { lampPaths } from "./lamp-paths.ts";
import type { LampShape } from "./words.ts";

const colours: Readonly<Record<LampShape, string>> = {
  green: "#2c7a4b",
  amber: "#b06f00",
  red: "#b3261e",
  grey: "#77716a",
  working: "#77716a",
};

/** The lamp as a picture for the browser's tab: same silhouettes as everywhere, as an address the page policy allows. */
export function tabIcon(shape: LampShape): string {
  const { fill, ring, dash, glyph } = lampPaths[shape];
  const line = (path: string, extra: string): string =>
    `<path fill="none" stroke="${colours[shape]}" stroke-width="2.4" stroke-linecap="round" d="${path}"${extra}/>`;
  const parts = [
    fill === undefined ? "" : `<path fill="${colours[shape]}" fill-rule="evenodd" d="${fill}"/>`,
    ring === undefined ? "" : line(ring, dash === undefined ? "" : ` stroke-dasharray="${dash}"`),
    glyph === undefined ? "" : line(glyph, ""),
  ];
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">${parts.join("")}</svg>`)}`;
}
