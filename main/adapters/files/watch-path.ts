import { type FSWatcher, watch } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";

const QUIET_MS = 200;
const POLL_MS = 2_000;

/**
 * Calls back after a file or folder changed, once per quiet period and at its end, so that the reader finds the last of several
 * writes. The parent folder is watched, because editors replace files instead of writing them; a slow poll stands in where watching
 * is impossible (no such folder yet, network drives, no watch handles left). Never keeps the process alive.
 */
export function watchPath(path: string, changed: () => void): () => void {
  const name = basename(path);
  let pending: NodeJS.Timeout | undefined;
  let known: string | undefined;

  const notice = () => {
    pending ??= setTimeout(async () => {
      known = await signatureOf(path);
      if (pending === undefined) return;
      pending = undefined;
      changed();
    }, QUIET_MS).unref();
  };
  const look = async () => {
    const now = await signatureOf(path);
    if (known !== undefined && now !== known) notice();
    known = now;
  };

  const folders = [keepWatching(dirname(path), (entry) => (entry ?? name) === name && notice()), keepWatching(path, notice)];
  const round = () => {
    void look();
    for (const folder of folders) void folder.renew();
  };
  const poll = setInterval(round, POLL_MS).unref();
  round();

  return () => {
    clearInterval(poll);
    clearTimeout(pending);
    pending = undefined;
    for (const folder of folders) folder.stop();
  };
}

/** Changes whenever the file was replaced, written or resized; `none` while there is nothing. */
async function signatureOf(path: string): Promise<string> {
  const stats = await stat(path, { bigint: true }).catch(() => null);
  return stats === null ? "none" : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}

/** Watches a folder for as long as there is one at that path; `renew` takes up a folder that appeared or was replaced. */
function keepWatching(folder: string, heard: (entry: string | null) => void): { renew: () => Promise<void>; stop: () => void } {
  let watcher: FSWatcher | undefined;
  let inode: number | undefined;
  let stopped = false;

  const drop = () => {
    watcher?.close();
    watcher = undefined;
    inode = undefined;
  };
  return {
    renew: async () => {
      const stats = await stat(folder).catch(() => null);
      if (stopped || (watcher && stats?.ino === inode)) return;
      drop();
      if (!stats?.isDirectory()) return;
      try {
        watcher = watch(folder, { persistent: false }, (_event, entry) => heard(entry)).on("error", drop);
        inode = stats.ino;
      } catch {
        // No watch handles left, or a file system that cannot be watched: the poll goes on alone.
      }
    },
    stop: () => {
      stopped = true;
      drop();
    },
  };
}
