/** Controls, and the marks that turn the reading direction around: both can make a terminal show what is not there. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a terminal
const TREACHEROUS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text from outside, made safe to print: an escape sequence in a log must not move the cursor of whoever reads about it. */
export function printable(text: string): string {
  return text.replace(TREACHEROUS, (mark) => (mark === "\t" ? " " : mark === "\r" ? "" : "�"));
}

/** The same on one line. */
export const oneLine = (text: string): string => printable(text.replaceAll("\r\n", "\n").replaceAll("\n", " ⏎ ")).trim();

const isWide = (code: number): boolean =>
  (code >= 0x1100 && code <= 0x115f) ||
  (code >= 0x2e80 && code <= 0xa4cf) ||
  (code >= 0xac00 && code <= 0xd7a3) ||
  (code >= 0xf900 && code <= 0xfaff) ||
  (code >= 0xfe30 && code <= 0xfe6f) ||
  (code >= 0xff00 && code <= 0xff60) ||
  (code >= 0x1f300 && code <= 0x1faff);

/** Columns a text takes on a terminal; colours must not be in it. */
export function widthOf(text: string): number {
  let width = 0;
  for (const mark of text) width += /\p{Mn}|\p{Me}|\p{Cf}/u.test(mark) ? 0 : isWide(mark.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
}

/** Cuts a line to so many columns, with an ellipsis where something is missing. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const mark of text) {
    width += widthOf(mark);
    if (width > columns - 1) break;
    kept += mark;
  }
  return `${kept.trimEnd()}…`;
}

/** Breaks text at spaces; a single word wider than a line stays whole, because commands and addresses are copied. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(longer) > columns) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
