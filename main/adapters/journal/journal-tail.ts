import { constants } from "node:fs";
import type { JournalLine } from "../../core/ports/journal.ts";
import { backwards, journalFiles, openJournal } from "./journal-files.ts";
import { firstHash, parseLine } from "./journal-text.ts";

/** Bytes after which looking back for lines ends; a journal without line ends must not fill the memory. */
const mostBytes = 16 * 1_048_576;

/** The newest whole lines, oldest first. What is no whole line is passed over. */
export async function newestLines(dir: string, limit: number): Promise<readonly JournalLine[]> {
  const lines: JournalLine[] = [];
  let seen = 0;
  for (const path of [...(await journalFiles(dir))].reverse()) {
    const handle = await openJournal(path, constants.O_RDONLY);
    if (handle === undefined) continue;
    try {
      for await (const { bytes } of backwards(handle)) {
        if (lines.length >= limit || seen > mostBytes) return lines.reverse();
        seen += bytes.length + 1;
        const line = parseLine(bytes.toString("utf8"));
        if (line !== undefined) lines.push(line);
      }
    } finally {
      await handle.close();
    }
  }
  return lines.reverse();
}

/** Where the chain goes on, and what stands after the last line end of the current file though it is no whole line. */
export type JournalEnd = { readonly seq: number; readonly hash: string; readonly fragment?: Buffer; readonly isLineOpen: boolean };

export async function endOf(dir: string, current: Awaited<ReturnType<typeof openJournal>>): Promise<JournalEnd> {
  let fragment: Buffer | undefined;
  let isLineOpen = false;
  if (current !== undefined) {
    for await (const { bytes, isEnded } of backwards(current)) {
      if (isEnded) break;
      // A line that lacks nothing but its end was written whole.
      isLineOpen = true;
      if (parseLine(bytes.toString("utf8")) === undefined) fragment = bytes;
      break;
    }
  }
  const [last] = await newestLines(dir, 1);
  const { seq, hash } = last ?? { seq: 0, hash: firstHash };
  return { seq, hash, isLineOpen, ...(fragment === undefined ? {} : { fragment }) };
}
