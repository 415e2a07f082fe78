import type { TailChunk, TailCursor } from "../../core/ports/files.ts";

const LONGEST_LINE = 65_536;
const NEWLINE = 0x0a;

/** A file opened for one tail: its identity, its size, and a way to read `length` bytes from `offset` (fewer at the end). */
export type TailSource = {
  readonly inode: string;
  readonly size: number;
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
};

/**
 * The lines between a cursor and the end of a file, at the price of at most `maxBytes + 1` bytes however large the file is.
 * A cursor normally stands behind a line break; where it does not (a cut, an overlong line), the rest of that line is passed over.
 */
export async function tailWindow(source: TailSource, cursor: TailCursor | null, maxBytes: number): Promise<TailChunk> {
  const rotated = cursor !== null && (cursor.inode !== source.inode || source.size < cursor.offset);
  const wanted = cursor === null || rotated ? 0 : cursor.offset;
  const start = Math.max(wanted, source.size - maxBytes);
  // One byte more than asked for tells whether the window begins behind a line break.
  const lead = start > 0 ? 1 : 0;
  const bytes = await source.read(start - lead, source.size - start + lead);
  const window = bytes.subarray(lead);

  const midLine = lead === 1 && bytes[0] !== NEWLINE;
  const from = midLine ? window.indexOf(NEWLINE) + 1 || window.length : 0;
  const lastBreak = window.lastIndexOf(NEWLINE) + 1;
  // A half line is left for next time, unless it fills the window: waiting for its end would then stand still for ever.
  const to = lastBreak === 0 && (midLine || window.length >= maxBytes) ? window.length : lastBreak;

  return {
    lines: to > from ? linesOf(window.subarray(from, to)) : [],
    cursor: { inode: source.inode, offset: start + to },
    rotated,
    skippedBytes: start - wanted + from,
  };
}

function linesOf(bytes: Uint8Array): string[] {
  const lines = new TextDecoder().decode(bytes).split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line).slice(0, LONGEST_LINE));
}
