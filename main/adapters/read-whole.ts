import { type BigIntStats, constants } from "node:fs";
import { open } from "node:fs/promises";

export type Whole =
  | { readonly kind: "read"; readonly bytes: Buffer; readonly stats: BigIntStats }
  | { readonly kind: "not-a-file" }
  | { readonly kind: "too-large"; readonly stats: BigIntStats };

/**
 * All bytes of a regular file. Never follows a link at the end of the path, never waits for a pipe, never reads more than `limit`.
 * Throws what the system says (`ENOENT`, `ELOOP`, `EACCES`).
 */
export async function readWhole(path: string, limit: number): Promise<Whole> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) return { kind: "not-a-file" };
    if (stats.size > BigInt(limit)) return { kind: "too-large", stats };
    // One byte more than it had: a file that grows meanwhile is noticed.
    const bytes = Buffer.alloc(Math.min(Number(stats.size), limit) + 1);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) return { kind: "read", bytes: bytes.subarray(0, filled), stats };
      filled += bytesRead;
    }
    return { kind: "too-large", stats };
  } finally {
    await handle.close();
  }
}
