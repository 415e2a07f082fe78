import { constants } from "node:fs";
import { basename } from "node:path";
import type { JournalState } from "../../core/ports/journal.ts";
import { journalFiles, openJournal } from "./journal-files.ts";
import { missingLines, readHead } from "./journal-head.ts";
import { accountsFor, firstHash, hashOf, parseLine } from "./journal-text.ts";

/** More than any file of ours can grow to. */
const mostBytes = 32 * 1_048_576;

/**
 * Reads every line from the first. A piece cut by a crash counts as damage only until the line after it tells of it, with its length
 * and SHA-256, and so do lines that are gone from the very end. A chain that was written anew as a whole does not have the kept hash.
 */
export async function verifyJournal(dir: string): Promise<JournalState> {
  // Read before the lines: a line that is written meanwhile is more than it knows of, never less.
  const head = await readHead(dir);
  let seq = 0;
  let hash = firstHash;
  let at = 0;
  let cut: { readonly at: number; readonly bytes: Buffer; readonly reason: string } | undefined;
  for (const path of await journalFiles(dir)) {
    const handle = await openJournal(path, constants.O_RDONLY);
    if (handle === undefined) continue;
    const pieces: Buffer[] = [];
    try {
      if ((await handle.stat()).size > mostBytes)
        return { kind: "damaged", at: at + 1, reason: `${basename(path)} is larger than we write.` };
      const bytes = await handle.readFile();
      for (let from = 0; from < bytes.length; ) {
        const end = bytes.indexOf(10, from);
        pieces.push(bytes.subarray(from, end < 0 ? bytes.length : end));
        from = end < 0 ? bytes.length : end + 1;
      }
    } finally {
      await handle.close();
    }
    for (const [index, piece] of pieces.entries()) {
      at += 1;
      const where = `Line ${index + 1} of ${basename(path)}`;
      const line = parseLine(piece.toString("utf8"));
      if (cut !== undefined && (line === undefined || !accountsFor(line, cut.bytes)))
        return { kind: "damaged", at: cut.at, reason: cut.reason };
      if (line === undefined) {
        cut = { at, bytes: piece, reason: `${where} is no whole line: it was cut by a crash, or altered.` };
        continue;
      }
      if (line.seq !== seq + 1) return { kind: "damaged", at, reason: `${where} has number ${line.seq}, and ${seq + 1} was to come.` };
      if (line.hash !== hashOf(hash, line))
        return { kind: "damaged", at, reason: `${where} does not fit its hash: it, or one before it, was altered.` };
      if (line.seq === head?.seq && line.hash !== head.hash)
        return { kind: "damaged", at, reason: `${where} is not what was written there: the journal was written anew.` };
      cut = undefined;
      ({ seq, hash } = line);
    }
  }
  const missing = cut === undefined ? missingLines(head, { seq, hash }) : 0;
  if (missing > 0) return { kind: "damaged", at: at + 1, reason: `Lines are missing at the end of the journal: ${missing}.` };
  return cut === undefined ? { kind: "whole", lines: seq } : { kind: "damaged", at: cut.at, reason: cut.reason };
}
