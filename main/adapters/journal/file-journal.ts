import { constants } from "node:fs";
import { type FileHandle, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../core/ports/clock.ts";
import type { Journal, JournalEntry, JournalLine } from "../../core/ports/journal.ts";
import type { Lock, Locks } from "../../core/ports/locks.ts";
import { diskFailure } from "../disk-failure.ts";
import { privateFolder, syncFolder } from "../write-whole.ts";
import { currentName, openJournal, rotatedName, rotatedNumbers } from "./journal-files.ts";
import { lossOf, missingLines, readHead, writeHead } from "./journal-head.ts";
import { endOf, newestLines } from "./journal-tail.ts";
import { longestLineBytes, nextLine, repairOf, textOf } from "./journal-text.ts";
import { verifyJournal } from "./verify-journal.ts";

export type FileJournalOptions = {
  readonly dir: string;
  readonly clock: Clock;
  /** Keeps other processes out while a line is written. */
  readonly locks: Locks;
  /** Size at which a file is full (default 8 MiB). */
  readonly fullBytes?: number;
};

const patienceMs = 15_000;
const pauseMs = 5;

/**
 * `journal.jsonl` in a folder, and `journal-1.jsonl` and so on for the full ones, which are never deleted: one chain over all of them.
 * Appending rejects with a sentence for people; whatever was half written by then is taken back, or told of by the next line.
 */
export function fileJournal({ dir, clock, locks, fullBytes = 8 * 1_048_576 }: FileJournalOptions): Journal {
  const path = join(dir, currentName);
  let last: Promise<unknown> = Promise.resolve();

  const lockIt = async (): Promise<Lock> => {
    for (const began = clock.monotonicMs(); ; await clock.sleep(pauseMs)) {
      const taken = await locks.take("journal", "write a line of the journal");
      if (taken.kind === "taken") return taken.lock;
      if (taken.kind === "failed") throw new Error(`The journal could not be locked. ${taken.reason}`);
      if (clock.monotonicMs() - began > patienceMs)
        throw new Error(`The journal is in use by process ${taken.owner.pid}, which does not let go.`);
    }
  };

  /** Full files get a number; until the new one is there, the chain is read from the newest full one. */
  const rotate = async (): Promise<void> => {
    const numbers = await rotatedNumbers(dir);
    await rename(path, join(dir, rotatedName((numbers.at(-1) ?? 0) + 1)));
    await syncFolder(dir);
  };

  const appendLocked = async (entry: JournalEntry): Promise<JournalLine> => {
    let handle = await openJournal(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT);
    try {
      const end = await endOf(dir, handle);
      const head = await readHead(dir);
      const missing = missingLines(head, end);
      const repairs = [
        ...(end.fragment === undefined ? [] : [repairOf(end.fragment)]),
        ...(head === undefined || missing === 0 ? [] : [lossOf(missing, head)]),
      ];
      const lines: JournalLine[] = [];
      for (const each of [...repairs, entry]) lines.push(nextLine(each, lines.at(-1) ?? end, clock.nowMs()));
      const text = `${end.isLineOpen ? "\n" : ""}${lines.map((each) => `${textOf(each)}\n`).join("")}`;
      if (Buffer.byteLength(text) > longestLineBytes) throw new Error("The line is longer than the journal takes.");
      const size = (await handle?.stat())?.size ?? 0;
      let isNew = size === 0;
      // A cut piece stays in the file of the line that tells of it.
      if (size > 0 && size + Buffer.byteLength(text) > fullBytes && !end.isLineOpen) {
        await handle?.close();
        handle = undefined;
        await rotate();
        isNew = true;
        handle = await openJournal(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT);
      }
      if (handle === undefined) throw new Error("The journal could not be opened.");
      await writeDown(handle, text);
      if (isNew) await syncFolder(dir);
      const [line] = lines.slice(-1);
      if (line === undefined) throw new Error("There is no line to write.");
      await writeHead(dir, line);
      return line;
    } finally {
      await handle?.close();
    }
  };

  const alone = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await privateFolder(dir);
    const lock = await lockIt();
    try {
      return await work();
    } finally {
      await lock.release();
    }
  };

  return {
    append: (entry) => {
      // One after the other within this process too, so that lines have the order in which they were asked for.
      const done = last.then(() => alone(() => appendLocked(entry)));
      last = done.catch(() => {});
      return done.catch((error) => {
        throw error instanceof Error && !("code" in error) ? error : new Error(`The journal could not be written. ${diskFailure(error)}`);
      });
    },
    recent: (limit) => (limit > 0 ? newestLines(dir, limit) : Promise.resolve([])),
    verify: async () => {
      const state = await verifyJournal(dir);
      // What looks cut may only be under way: it is looked at again while nobody writes.
      return state.kind === "whole" ? state : alone(() => verifyJournal(dir)).catch(() => state);
    },
  };
}

/** Resolves when the text is on the disk. What a failing write left is cut off again, where the disk still lets us. */
async function writeDown(handle: FileHandle, text: string): Promise<void> {
  const { size } = await handle.stat();
  try {
    await handle.writeFile(text);
    await handle.sync();
  } catch (error) {
    await handle.truncate(size).catch(() => {});
    throw error;
  }
}
