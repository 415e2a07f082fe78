import type { BigIntStats } from "node:fs";
import { lstat } from "node:fs/promises";
import { codeOf, diskFailure } from "../disk-failure.ts";
import { readWhole } from "../read-whole.ts";

export const mostBytes = 16 * 1_048_576;

/** What stands at a settled path. `locked` is a file of ours whose permission bits keep even us from reading it. */
export type Present =
  | { readonly kind: "absent" }
  | { readonly kind: "file"; readonly stats: BigIntStats; readonly bytes: Buffer }
  | { readonly kind: "locked"; readonly stats: BigIntStats }
  | { readonly kind: "refused"; readonly reason: string };

const refused = (reason: string): Present => ({ kind: "refused", reason });

/**
 * Looks before it opens, because opening a pipe or device may wait or do something, and looks again once it is open. A file with
 * another name (hard link) is refused: replacing it would silently part the two.
 */
export async function presentFile(path: string, uid: number): Promise<Present> {
  try {
    const stats = await lstat(path, { bigint: true });
    const flaw = flawOf(stats, uid);
    if (flaw !== undefined) return refused(flaw);
    const read = await readWhole(path, mostBytes).catch((error) => {
      if (codeOf(error) === "EACCES") return undefined;
      throw error;
    });
    if (read === undefined) return { kind: "locked", stats };
    if (read.kind !== "read") return refused(read.kind === "too-large" ? tooLarge : "It is not a regular file.");
    const later = flawOf(read.stats, uid);
    return later === undefined ? { kind: "file", stats: read.stats, bytes: read.bytes } : refused(later);
  } catch (error) {
    return codeOf(error) === "ENOENT" ? { kind: "absent" } : refused(diskFailure(error));
  }
}

const tooLarge = "It is larger than 16 MiB.";

function flawOf(stats: BigIntStats, uid: number): string | undefined {
  if (stats.isSymbolicLink()) return "It is a symbolic link.";
  if (stats.isDirectory()) return "It is a folder.";
  if (!stats.isFile()) return "It is a pipe, socket or device, not a regular file.";
  if (stats.uid !== BigInt(uid)) return "It belongs to another account.";
  if (stats.nlink > 1n) return "It has a second name (hard link), and changing one would part them.";
  return stats.size > BigInt(mostBytes) ? tooLarge : undefined;
}

/** Bytes to copy from: a regular file of this account or of the system. Its permission bits come along. */
export async function sourceFile(path: string, uid: number): Promise<Present> {
  try {
    const stats = await lstat(path, { bigint: true });
    if (!stats.isFile()) return refused("What is to be copied is not a regular file.");
    if (stats.uid !== BigInt(uid) && stats.uid !== 0n) return refused("What is to be copied belongs to another account.");
    const read = await readWhole(path, mostBytes);
    if (read.kind === "read") return { kind: "file", stats: read.stats, bytes: read.bytes };
    return refused(
      read.kind === "too-large" ? "What is to be copied is larger than 16 MiB." : "What is to be copied is not a regular file.",
    );
  } catch (error) {
    return codeOf(error) === "ENOENT" ? { kind: "absent" } : refused(diskFailure(error));
  }
}

/** Throws when the path holds another file, or other bytes, than what was looked at: somebody else is writing there. */
export async function mustBeSame(path: string, seen: Present): Promise<void> {
  const now = await lstat(path, { bigint: true }).catch((error) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
  const before = seen.kind === "file" || seen.kind === "locked" ? seen.stats : undefined;
  const isSame = now?.ino === before?.ino && now?.mtimeNs === before?.mtimeNs && now?.size === before?.size;
  if (!isSame) throw new ChangedMeanwhile();
}

export class ChangedMeanwhile extends Error {}
