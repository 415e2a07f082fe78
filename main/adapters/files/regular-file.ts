import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import type { Dangling, FileFacts } from "../../core/ports/files.ts";
import { whatIsInTheWay } from "./obstacle.ts";

const PIECE_BYTES = 65_536;

export type Opened =
  | { readonly kind: "opened"; readonly handle: FileHandle; readonly stats: BigIntStats }
  | { readonly kind: "missing"; readonly dangling?: Dangling }
  | { readonly kind: "unreadable"; readonly reason: string; readonly denied?: string };

/**
 * Opens a regular file for reading and nothing else. Pipes and devices are looked at, not opened: opening one can block for ever
 * or do something. Non-blocking, and looked at again once open, in case the path was swapped in between.
 */
export async function openRegular(path: string): Promise<Opened> {
  try {
    const before = await stat(path, { bigint: true });
    if (!before.isFile()) return { kind: "unreadable", reason: `It is ${nameOf(before)}, not a file.` };
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await handle.stat({ bigint: true });
    if (stats.isFile()) return { kind: "opened", handle, stats };
    await handle.close();
    return { kind: "unreadable", reason: `It is ${nameOf(stats)}, not a file.` };
  } catch (error) {
    return explained(failureOf(error), path);
  }
}

/** The failure, with the link or the folder on the way that is to blame for it. */
export async function explained<Failure extends Exclude<Opened, { kind: "opened" }>>(
  failure: Failure,
  path: string,
): Promise<Exclude<Opened, { kind: "opened" }>> {
  if (failure.kind === "missing") {
    const found = await whatIsInTheWay(path, "missing");
    return found?.kind === "dangling" ? { kind: "missing", dangling: { link: found.link, target: found.target } } : failure;
  }
  if (failure.denied === undefined) return failure;
  const found = await whatIsInTheWay(path, "denied");
  if (found?.kind !== "denied" || found.path === path) return { ...failure, denied: path };
  return { kind: "unreadable", reason: `This account may not look into ${found.path} (permission denied).`, denied: found.path };
}

/** At most `length` bytes from `offset`; fewer only at the end of the file. Memory follows what is there, not what was asked for. */
export async function readFrom(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let filled = 0;
  while (filled < length) {
    const piece = Buffer.allocUnsafe(Math.min(length - filled, PIECE_BYTES));
    const { bytesRead } = await handle.read(piece, 0, piece.length, offset + filled);
    if (bytesRead === 0) break;
    pieces.push(piece.subarray(0, bytesRead));
    filled += bytesRead;
  }
  return Buffer.concat(pieces, filled);
}

export function kindOf(stats: BigIntStats): FileFacts["kind"] {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "directory";
  return stats.isSocket() ? "socket" : "other";
}

export const factsOf = (stats: BigIntStats, linkTarget?: string): FileFacts => ({
  kind: kindOf(stats),
  sizeBytes: Number(stats.size),
  modifiedMs: Number(stats.mtimeMs),
  mode: Number(stats.mode & 0o7777n),
  uid: Number(stats.uid),
  inode: String(stats.ino),
  ...(linkTarget === undefined ? {} : { linkTarget }),
});

/** The same words whether opening or reading failed. */
export function failureOf(error: unknown): Exclude<Opened, { kind: "opened" }> {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  if (code === "ENOENT" || code === "ENOTDIR") return { kind: "missing" };
  if (code === "EACCES" || code === "EPERM")
    return { kind: "unreadable", reason: "This account may not read it (permission denied).", denied: "" };
  if (code === "ELOOP") return { kind: "unreadable", reason: "Its symbolic links go round in a circle." };
  return { kind: "unreadable", reason: `The system could not read it (${code}).` };
}

function nameOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a named pipe";
  return stats.isSocket() ? "a socket" : "a device";
}
