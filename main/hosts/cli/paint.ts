import type { Light } from "../../core/model/light.ts";

/** Colours for a terminal, or none: the words and shapes alone must say everything. */
export type Paint = {
  lamp(light: Light): string;
  strong(text: string): string;
  faint(text: string): string;
  lit(light: Light, text: string): string;
};

/** One silhouette per light, as in the menu bar: ring, triangle, disc with a bar, dashed ring. */
const shapes: Readonly<Record<Light, string>> = { green: "○", amber: "▲", red: "⊖", grey: "◌" };
const codes: Readonly<Record<Light, number>> = { green: 32, amber: 33, red: 31, grey: 90 };

const sgr = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;
const asIs = (text: string): string => text;

export function paintFor(hasColour: boolean): Paint {
  const lit = (light: Light, text: string): string => (hasColour ? sgr(codes[light], 39)(text) : text);
  return {
    lamp: (light) => lit(light, shapes[light]),
    strong: hasColour ? sgr(1, 22) : asIs,
    faint: hasColour ? sgr(2, 22) : asIs,
    lit,
  };
}
