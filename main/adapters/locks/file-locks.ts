import { randomBytes } from "node:crypto";
import { readFileSync, unlinkSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../core/ports/clock.ts";
import type { Lock, LockOwner, Locks } from "../../core/ports/locks.ts";
import type { Processes } from "../../core/ports/machine.ts";
import { diskFailure } from "../disk-failure.ts";
import { fileNameOf } from "../file-name-of.ts";
import { processBirths } from "../process-birth.ts";
import { privateFolder } from "../write-whole.ts";
import { type LockText, readLock, removeQuietly } from "./lock-file.ts";
import { sweepLock, takeLock } from "./take-lock.ts";

export type FileLocksOptions = { readonly dir: string; readonly clock: Clock; readonly processes: Pick<Processes, "inspect"> };

/** Locks of this process, by path, with the id that proves that the file there is ours. */
const held = new Map<string, string>();
let isListening = false;

function releaseAll(): void {
  for (const [path, id] of held) {
    try {
      if (readFileSync(path, "utf8").includes(`"${id}"`)) unlinkSync(path);
    } catch {
      // Gone already, or the disk is: the next taker sees that we are dead.
    }
  }
}

/**
 * One file a lock, in a folder that processes of one account on one machine share. Taken by a hard link, which never overwrites; a
 * dead owner's lock is taken over as told in `takeLock`. Let go at release, at exit, and after a kill by whoever comes next.
 */
export function fileLocks({ dir, clock, processes }: FileLocksOptions): Locks {
  const births = processBirths(processes);
  const swept = new Set<string>();

  const describeUs = async (purpose: string): Promise<LockText | undefined> => {
    const [birth, facts] = await Promise.all([births(process.pid), processes.inspect(process.pid)]);
    if (birth.kind !== "born") return undefined;
    const startedMs = facts?.startedMs ?? Math.round(performance.timeOrigin);
    return { id: randomBytes(8).toString("hex"), pid: process.pid, mark: birth.mark, startedMs, purpose, takenMs: clock.nowMs() };
  };

  const keep = async (path: string, id: string): Promise<Lock> => {
    held.set(path, id);
    if (!isListening) process.once("exit", releaseAll);
    isListening = true;
    // Once per process and name is enough: what is left lying about does no harm.
    if (!swept.has(path)) await sweepLock(path, births);
    swept.add(path);
    return {
      release: async () => {
        if (held.get(path) !== id) return;
        held.delete(path);
        const found = await readLock(path).catch(() => undefined);
        if (found?.kind === "held" && found.id === id) await removeQuietly(path);
      },
    };
  };

  return {
    take: async (name, purpose) => {
      try {
        await privateFolder(dir);
        const us = await describeUs(purpose);
        if (us === undefined) return { kind: "failed", reason: "The system does not tell when this process began." };
        const path = join(dir, `${fileNameOf(name)}.lock`);
        const fresh = `${path}.${us.id}.${us.pid}.new`;
        try {
          // Whole before it gets the name of the lock.
          await writeFile(fresh, JSON.stringify(us), { flag: "wx", mode: 0o600 });
          const attempt = await takeLock(path, fresh, births);
          if (attempt.kind === "taken") return { kind: "taken", lock: await keep(path, us.id) };
          if (attempt.kind === "busy") return { kind: "busy", owner: ownerOf(attempt.text) };
          return { kind: "failed", reason: "The lock changed hands each time it was asked for." };
        } finally {
          await removeQuietly(fresh);
        }
      } catch (error) {
        return { kind: "failed", reason: diskFailure(error) };
      }
    },
  };
}

const ownerOf = ({ pid, startedMs, purpose, takenMs }: LockText): LockOwner => ({ pid, startedMs, purpose, takenMs });
