import { readdir, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Birth } from "../process-birth.ts";
import { type LockFile, type LockText, linkIfFree, readLock, removeQuietly } from "./lock-file.ts";

export type Births = (pid: number) => Promise<Birth>;
export type Attempt = { readonly kind: "taken" } | { readonly kind: "busy"; readonly text: LockText } | { readonly kind: "again" };

const mostTries = 200;
/** Takers that were killed one after the other while they took over from the one before. */
const longestChain = 100;

/** `fresh` is a file with our whole text. `again` after many tries: the lock changed hands each time we looked. */
export async function takeLock(path: string, fresh: string, births: Births): Promise<Attempt> {
  let attempt: Attempt = { kind: "again" };
  for (let tries = 0; attempt.kind === "again" && tries < mostTries; tries += 1) {
    if (await linkIfFree(fresh, path)) return { kind: "taken" };
    const found = await readLock(path);
    if (found.kind === "held" && !(await isGone(found, births))) return { kind: "busy", text: found.text };
    if (found.kind !== "missing") attempt = await takeOver(path, fresh, found.id, births);
  }
  return attempt;
}

async function isGone(found: LockFile, births: Births): Promise<boolean> {
  if (found.kind !== "held") return true;
  const birth = await births(found.text.pid);
  return birth.kind === "gone" || (birth.kind === "born" && birth.mark !== found.text.mark);
}

/**
 * Replaces the lock of a dead owner. Whoever first links the claim named after that lock's id has the right to replace it, and when a
 * claimant dies, the right passes on to whoever claims the claimant's id. Claims are removed only once the lock has another id, and
 * ids never come again: so a claim that was made and a lock that still has the id mean that nobody else can touch that lock.
 */
async function takeOver(path: string, fresh: string, deadId: string, births: Births): Promise<Attempt> {
  let claimed = deadId;
  for (let depth = 0; depth < longestChain; depth += 1) {
    const claim = `${path}.${claimed}`;
    if (await linkIfFree(fresh, claim)) {
      const now = await readLock(path);
      const isStillDead = now.kind !== "missing" && now.id === deadId;
      if (isStillDead) await rename(fresh, path);
      await removeQuietly(claim);
      if (!isStillDead) return { kind: "again" };
      await sweepLock(path, births);
      return { kind: "taken" };
    }
    const rival = await readLock(claim);
    if (rival.kind === "missing") return { kind: "again" };
    if (rival.kind === "held" && !(await isGone(rival, births))) return { kind: "busy", text: rival.text };
    claimed = rival.id;
  }
  return { kind: "again" };
}

/** Only for the holder of the lock: takes away claims, which all speak of former locks, and texts of takers that are dead. */
export async function sweepLock(path: string, births: Births): Promise<void> {
  const start = `${basename(path)}.`;
  for (const name of await readdir(dirname(path)).catch(() => [])) {
    const taker = /^[0-9a-f]{16}\.(\d+)\.new$/.exec(name.slice(start.length))?.[1];
    const isClaim = /^(?:[0-9a-f]{16}|damaged-\d+-\d+)$/.test(name.slice(start.length));
    if (!name.startsWith(start) || !(isClaim || taker !== undefined)) continue;
    if (isClaim || (await births(Number(taker))).kind === "gone") await removeQuietly(join(dirname(path), name));
  }
}
