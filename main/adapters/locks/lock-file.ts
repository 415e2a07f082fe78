import { link, unlink } from "node:fs/promises";
import type { LockOwner } from "../../core/ports/locks.ts";
import { codeOf } from "../disk-failure.ts";
import { readWhole } from "../read-whole.ts";

/** What a lock file says. `id` names this one taking for good; `mark` tells the process from a later one with its number. */
export type LockText = LockOwner & { readonly id: string; readonly mark: string };

/** `damaged` is a file that none of us wrote whole; its id comes from the file itself. */
export type LockFile =
  | { readonly kind: "held"; readonly id: string; readonly text: LockText }
  | { readonly kind: "damaged"; readonly id: string }
  | { readonly kind: "missing" };

const limit = 16_384;

/** Throws when something that is no file is in the place of the lock, or it may not be read. */
export async function readLock(path: string): Promise<LockFile> {
  try {
    const found = await readWhole(path, limit);
    if (found.kind === "not-a-file") throw Object.assign(new Error("no file"), { code: "EISDIR" });
    const { stats } = found;
    const text = found.kind === "read" ? parse(found.bytes.toString("utf8")) : undefined;
    return text === undefined ? { kind: "damaged", id: `damaged-${stats.ino}-${stats.mtimeNs}` } : { kind: "held", id: text.id, text };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { kind: "missing" };
    throw error;
  }
}

function parse(text: string): LockText | undefined {
  try {
    const { id, mark, pid, startedMs, purpose, takenMs }: Record<string, unknown> = JSON.parse(text);
    if (typeof id !== "string" || !/^[0-9a-f]{16}$/.test(id) || typeof mark !== "string" || typeof purpose !== "string") return undefined;
    if (typeof pid !== "number" || typeof startedMs !== "number" || typeof takenMs !== "number") return undefined;
    return { id, mark, pid, startedMs, purpose, takenMs };
  } catch {
    return undefined;
  }
}

/** Gives a file a second name, unless that name is taken. The one step that two processes can never both succeed in. */
export async function linkIfFree(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

export const removeQuietly = (path: string): Promise<void> => unlink(path).catch(() => {});
