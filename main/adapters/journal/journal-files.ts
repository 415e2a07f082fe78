import { constants } from "node:fs";
import { type FileHandle, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../disk-failure.ts";

export const currentName = "journal.jsonl";
export const rotatedName = (number: number): string => `journal-${number}.jsonl`;

/** Numbers of the full files, oldest first. */
export async function rotatedNumbers(dir: string): Promise<readonly number[]> {
  const names = await readdir(dir).catch(() => []);
  return names.flatMap((name) => Number(/^journal-([1-9]\d{0,8})\.jsonl$/.exec(name)?.[1] ?? Number.NaN) || []).sort((a, b) => a - b);
}

/** Every file of the journal that may be there, oldest first. */
export async function journalFiles(dir: string): Promise<readonly string[]> {
  return [...(await rotatedNumbers(dir)).map(rotatedName), currentName].map((name) => join(dir, name));
}

/** Opens a file of the journal; undefined when it is not there. A link or a pipe in its place throws. */
export async function openJournal(path: string, flags: number): Promise<FileHandle | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, flags | constants.O_NONBLOCK | constants.O_NOFOLLOW, 0o600);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw Object.assign(new Error("no file"), { code: "EISDIR" });
}

const pieceBytes = 65_536;

/**
 * Pieces between line ends, from the last to the first, each with whether a line end follows it. Reads backwards, piece by piece, and
 * only as far as the caller goes on; a last piece of no bytes is left out.
 */
export async function* backwards(handle: FileHandle): AsyncGenerator<{ readonly bytes: Buffer; readonly isEnded: boolean }> {
  let from = (await handle.stat()).size;
  let carried: Buffer = Buffer.alloc(0);
  let isEnded = false;
  while (from > 0) {
    const length = Math.min(pieceBytes, from);
    from -= length;
    const piece = Buffer.alloc(length);
    const { bytesRead } = await handle.read(piece, 0, length, from);
    let rest: Buffer = Buffer.concat([piece.subarray(0, bytesRead), carried]);
    for (let end = rest.lastIndexOf(10); end >= 0; end = rest.lastIndexOf(10)) {
      const bytes = rest.subarray(end + 1);
      if (isEnded || bytes.length > 0) yield { bytes, isEnded };
      isEnded = true;
      rest = rest.subarray(0, end);
    }
    carried = rest;
  }
  if (isEnded || carried.length > 0) yield { bytes: carried, isEnded };
}
