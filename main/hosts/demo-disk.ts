import { type FakeEntry, fakeFileChanges } from "../adapters/file-changes/fake.ts";
import type { World, WorldFile } from "../core/model/world.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { FileChanges } from "../core/ports/file-changes.ts";

export type DemoDisk = {
  /** The world with what repairs changed of its files. */
  readonly world: () => World;
  readonly changes: FileChanges;
};

const entryOf = ({ text, mode = 0o600, uid }: WorldFile): FakeEntry => ({
  kind: "file",
  text,
  mode,
  ...(uid === undefined ? {} : { uid }),
});

/** The files of an invented world on a disk that can be changed. What nobody changed stays as the world says, which moves with time. */
export function demoDisk(base: () => World, clock: Clock): DemoDisk {
  const disk = new Map<string, FakeEntry>();
  /** Every path that was ever changed, or looked at for a change. */
  const touched = new Set<string>();

  const world = (): World => {
    const now = base();
    if (touched.size === 0) return now;
    const files: Record<string, WorldFile> = { ...now.files };
    for (const path of touched) {
      const entry = disk.get(path);
      if (entry?.kind === "file") files[path] = { ...files[path], text: entry.text, mode: entry.mode };
      else delete files[path];
    }
    return { ...now, files };
  };

  /** Before each act the disk is brought up to what the world says, but for what was changed already. */
  const fresh = (path: string | undefined): FileChanges => {
    const { files, uid, home } = base();
    for (const [known, file] of Object.entries(files)) if (!touched.has(known)) disk.set(known, entryOf(file));
    if (path !== undefined) touched.add(path);
    return fakeFileChanges({ uid, home, clock, disk, copies });
  };
  const copies = new Map<string, string>();
  return {
    world,
    changes: {
      keep: (path) => fresh(undefined).keep(path),
      apply: (change) => fresh(change.path).apply(change),
      restore: (backup) => fresh(backup.path).restore(backup),
      forget: (beforeMs) => fresh(undefined).forget(beforeMs),
    },
  };
}
