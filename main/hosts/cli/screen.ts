import type { Terminal } from "./terminal.ts";

/** A screen that is drawn over in place and given back as it was. */
export type Screen = { draw(lines: readonly string[]): void; close(): void };

const esc = (code: string): string => `\u001b[${code}`;
// Long lines are clipped here: a wrapped one would push the first line off the screen.
const ENTER = esc("?1049h") + esc("?25l") + esc("?7l");
const LEAVE = esc("?7h") + esc("?25h") + esc("?1049l");

/** Uses the terminal's second screen: what was on the first one is there again afterwards. */
export function openScreen(terminal: Terminal): Screen {
  let drawn = "";
  terminal.write(ENTER);
  return {
    draw(lines) {
      const room = Math.max(2, terminal.rows() - 1);
      const hidden = lines.length - room + 1;
      const visible = hidden > 1 ? [...lines.slice(0, room - 1), `… ${hidden} more lines; a taller window shows them`] : lines;
      const text = visible.map((line) => line + esc("K")).join("\n");
      if (text === drawn) return;
      drawn = text;
      terminal.write(`${esc("H")}${text}\n${esc("J")}`);
    },
    close: () => terminal.write(LEAVE),
  };
}
