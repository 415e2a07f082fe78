import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { JournalEntry } from "../../core/ports/journal.ts";
import { readWhole } from "../read-whole.ts";

export const headName = "journal-head.json";

/** Number and hash of the line written last, kept beside the journal: without it nobody could tell that the end was cut off. */
export type JournalHead = { readonly seq: number; readonly hash: string };

/** What cannot be read is taken for missing: whoever is killed while writing it leaves a piece behind. */
export async function readHead(dir: string): Promise<JournalHead | undefined> {
  try {
    const found = await readWhole(join(dir, headName), 1_024);
    if (found.kind !== "read") return undefined;
    const { seq, hash }: Record<string, unknown> = JSON.parse(found.bytes.toString("utf8"));
    return typeof seq === "number" && Number.isSafeInteger(seq) && typeof hash === "string" ? { seq, hash } : undefined;
  } catch {
    return undefined;
  }
}

/** Only for the holder of the journal's lock, after the line is on the disk. That it fails harms nobody: an older one is behind. */
export async function writeHead(dir: string, { seq, hash }: JournalHead): Promise<void> {
  try {
    const handle = await open(
      join(dir, headName),
      constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW,
      0o600,
    );
    await handle.writeFile(JSON.stringify({ seq, hash })).finally(() => handle.close());
  } catch {
    // A full disk, or something else in its place: the line itself is written.
  }
}

/** Lines that were written once and are gone from the end of the chain. */
export const missingLines = (head: JournalHead | undefined, end: JournalHead): number => Math.max(0, (head?.seq ?? 0) - end.seq);

/** What the next line tells of them. */
export const lossOf = (lines: number, head: JournalHead): JournalEntry => ({
  what: "journal-repaired",
  facts: { missingLines: lines, lastHash: head.hash },
});
