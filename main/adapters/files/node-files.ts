import { lstat, opendir, realpath, stat } from "node:fs/promises";
import type { FileFacts, Files } from "../../core/ports/files.ts";
import { explained, factsOf, failureOf, openRegular, readFrom } from "./regular-file.ts";
import { tailWindow } from "./tail-window.ts";
import { textOf } from "./text-of.ts";
import { watchPath } from "./watch-path.ts";

/** Facts following links; throws what the system says. */
async function lookAt(path: string): Promise<FileFacts> {
  const own = await lstat(path, { bigint: true });
  if (!own.isSymbolicLink()) return factsOf(own);
  return factsOf(await stat(path, { bigint: true }), await realpath(path));
}

const READ_LIMIT = 1_048_576;
const TAIL_LIMIT = 262_144;
const LIST_LIMIT = 2_000;

/** The machine's own files, read only. */
export const nodeFiles: Files = {
  read: async (path, { maxBytes = READ_LIMIT } = {}) => {
    const opened = await openRegular(path);
    if (opened.kind !== "opened") return opened;
    try {
      const facts = factsOf(opened.stats);
      if (facts.sizeBytes > maxBytes) return { kind: "too-large", sizeBytes: facts.sizeBytes, limitBytes: maxBytes };
      // The size is not to be trusted: files below /proc say zero, and a log may grow meanwhile.
      const bytes = await readFrom(opened.handle, 0, maxBytes + 1);
      if (bytes.length > maxBytes) return { kind: "too-large", sizeBytes: Math.max(bytes.length, facts.sizeBytes), limitBytes: maxBytes };
      const text = textOf(bytes);
      return text === null ? { kind: "not-text" } : { kind: "text", text, facts };
    } catch (error) {
      return failureOf(error);
    } finally {
      await opened.handle.close();
    }
  },

  facts: (path) => lookAt(path).catch(() => null),

  presence: async (path) => {
    try {
      return { kind: "there", facts: await lookAt(path) };
    } catch (error) {
      const failure = await explained(failureOf(error), path);
      return failure.kind === "missing" ? failure : { ...failure, kind: "barred" };
    }
  },

  list: async (path) => {
    const names: string[] = [];
    try {
      // Read piece by piece, so that a folder with a million names costs no more than one with two thousand.
      for await (const entry of await opendir(path)) if (names.push(entry.name) >= LIST_LIMIT) break;
    } catch {
      return [];
    }
    return names.sort();
  },

  tail: async (path, cursor, { maxBytes = TAIL_LIMIT } = {}) => {
    const opened = await openRegular(path);
    if (opened.kind !== "opened") return null;
    const { handle, stats } = opened;
    const source = {
      inode: String(stats.ino),
      size: Number(stats.size),
      read: (offset: number, length: number) => readFrom(handle, offset, length),
    };
    try {
      return await tailWindow(source, cursor, maxBytes);
    } catch {
      return null;
    } finally {
      await handle.close();
    }
  },

  watch: watchPath,

  realPath: (path) => realpath(path).catch(() => null),
};
