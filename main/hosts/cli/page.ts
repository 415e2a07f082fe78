import type { Paint } from "./paint.ts";
import { cut, oneLine, widthOf, wrap } from "./printable.ts";

/** Lines of text for a terminal. Everything that comes from outside passes through here and becomes printable. */
export type Page = {
  readonly paint: Paint;
  /** Wrapped text behind a lead, continued under its own start. The lead is ours and may hold colours. */
  line(indent: number, lead: string, text: string, dress?: (text: string) => string): void;
  /** One line, cut where the screen ends. */
  row(indent: number, lead: string, text: string, dress?: (text: string) => string): void;
  /** A line that is never broken or cut, because somebody will copy it. */
  command(indent: number, lead: string, text: string): void;
  blank(): void;
  text(): string;
  readonly lines: readonly string[];
};

/** Longer lines are hard to read, however wide the screen is. */
const WIDEST = 110;
// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours
const COLOURS = /\u001b\[\d+m/g;
const asIs = (text: string): string => text;

/** `columns` may be infinite: then nothing is wrapped or cut. */
export function createPage(paint: Paint, columns: number): Page {
  const lines: string[] = [];
  const limit = Number.isFinite(columns) ? Math.max(20, Math.min(columns, WIDEST)) : columns;
  const room = (indent: number, lead: string): number => Math.max(12, limit - indent - widthOf(lead.replace(COLOURS, "")));
  return {
    paint,
    lines,
    line(indent, lead, text, dress = asIs) {
      const hang = " ".repeat(indent + widthOf(lead.replace(COLOURS, "")));
      wrap(oneLine(text), room(indent, lead)).forEach((part, i) => {
        lines.push(i === 0 ? `${" ".repeat(indent)}${lead}${dress(part)}` : `${hang}${dress(part)}`);
      });
    },
    row(indent, lead, text, dress = asIs) {
      lines.push(`${" ".repeat(indent)}${lead}${dress(cut(oneLine(text), room(indent, lead)))}`);
    },
    command: (indent, lead, text) => void lines.push(`${" ".repeat(indent)}${lead}${oneLine(text)}`),
    blank: () => void lines.push(""),
    text: () => `${lines.join("\n")}\n`,
  };
}
