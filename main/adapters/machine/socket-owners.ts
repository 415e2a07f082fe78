import { readdirSync, readlinkSync, statSync } from "node:fs";
import { setImmediate as breathe } from "node:timers/promises";

export type Wanted = { readonly inode: string; readonly uid: number };

/** Which process holds a socket, for as many sockets as are wanted. Sockets that we may not look into are absent. */
export type SocketOwners = (wanted: readonly Wanted[]) => Promise<ReadonlyMap<string, number>>;

/** We look at the links of other processes in turns, so that other work is not held up for longer than this, milliseconds. */
const turnMs = 4;

/**
 * Finds owners by the links in `/proc/PID/fd`. What was found is kept as a hint and checked again before use, so that
 * asking repeatedly costs one link instead of all links of all processes.
 */
export function socketOwners(proc = "/proc"): SocketOwners {
  const hints = new Map<string, { readonly pid: number; readonly path: string }>();

  const confirmed = (inode: string): number | null => {
    const hint = hints.get(inode);
    return hint !== undefined && linkOf(hint.path) === `socket:[${inode}]` ? hint.pid : null;
  };

  return async (wanted) => {
    const owners = new Map<string, number>();
    for (const { inode } of wanted) {
      const pid = confirmed(inode);
      if (pid === null) hints.delete(inode);
      else owners.set(inode, pid);
    }
    const missing = new Set(wanted.map(({ inode }) => inode).filter((inode) => !owners.has(inode)));
    const uids = new Set(wanted.map(({ uid }) => uid));
    for await (const { pid, path, inode } of socketLinks(proc, uids, missing)) {
      hints.set(inode, { pid, path });
      owners.set(inode, pid);
    }
    return owners;
  };
}

/** Walks processes of the sockets' own accounts first: a socket rarely changes hands. Ends as soon as nothing is missing. */
async function* socketLinks(proc: string, uids: ReadonlySet<number>, missing: Set<string>) {
  if (missing.size === 0) return;
  const pids = entries(proc).filter((name) => /^\d+$/.test(name));
  const likely = pids.filter((pid) => uids.has(ownerOf(`${proc}/${pid}`)));
  let turnEnds = performance.now() + turnMs;
  for (const pid of new Set([...likely, ...pids])) {
    for (const fd of entries(`${proc}/${pid}/fd`)) {
      const path = `${proc}/${pid}/fd/${fd}`;
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(path))?.[1];
      if (inode === undefined || !missing.delete(inode)) continue;
      yield { pid: Number(pid), path, inode };
      if (missing.size === 0) return;
    }
    if (performance.now() > turnEnds) {
      await breathe();
      turnEnds = performance.now() + turnMs;
    }
  }
}

const attempt = <T>(look: () => T, otherwise: T): T => {
  try {
    return look();
  } catch {
    return otherwise;
  }
};
const entries = (path: string): readonly string[] => attempt(() => readdirSync(path), []);
const linkOf = (path: string): string => attempt(() => readlinkSync(path), "");
const ownerOf = (path: string): number => attempt(() => statSync(path).uid, -1);
