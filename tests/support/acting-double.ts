import { createHash } from "node:crypto";
import { fakeLocks } from "../../main/adapters/locks/fake.ts";
import { fakeStateStore } from "../../main/adapters/state-store/fake.ts";
import type { Clock } from "../../main/core/ports/clock.ts";
import type { Backup, FileChanges } from "../../main/core/ports/file-changes.ts";
import type { ActingPorts } from "../../main/core/ports/index.ts";
import type { Journal, JournalLine } from "../../main/core/ports/journal.ts";
import type { LockOwner } from "../../main/core/ports/locks.ts";

type InventedFile = { readonly text: string; readonly mode: number };

/** What outlives an app on an invented machine: its files, the journal, the remembered state, and who holds which lock. */
export type Disk = {
  readonly files: Map<string, InventedFile>;
  readonly kept: Map<string, InventedFile | undefined>;
  readonly lines: JournalLine[];
  readonly state: Map<string, string>;
  readonly held: Map<string, LockOwner>;
  /** Refuses every further write of the journal, as a full disk does. */
  full: boolean;
  /** Up to when kept copies were let go, epoch milliseconds. */
  forgottenMs?: number;
};

export const newDisk = (files: Readonly<Record<string, string>> = {}): Disk => ({
  files: new Map(Object.entries(files).map(([path, text]) => [path, { text, mode: 0o600 }])),
  kept: new Map(),
  lines: [],
  state: new Map(),
  held: new Map(),
  full: false,
});

const sum = (text: string): string => createHash("sha256").update(text).digest("hex");

function changesOn(disk: Disk): FileChanges {
  const { files, kept } = disk;
  const put = (path: string, file: InventedFile | undefined): void => {
    if (file === undefined) files.delete(path);
    else files.set(path, file);
  };
  return {
    keep: async (path) => {
      const file = files.get(path);
      const id = `k${kept.size + 1}`;
      kept.set(id, file);
      const facts = file === undefined ? {} : { mode: file.mode, sha256: sum(file.text), sizeBytes: file.text.length };
      return { kind: "kept", backup: { id, path, existed: file !== undefined, ...facts } };
    },
    apply: async (change) => {
      const before = files.get(change.path);
      if (change.kind === "write") put(change.path, { text: change.text, mode: change.mode ?? before?.mode ?? 0o600 });
      else if (change.kind === "copy") put(change.path, files.get(change.from));
      else if (change.kind === "remove") put(change.path, undefined);
      else if (before === undefined) return { kind: "failed", reason: "nothing is there" };
      else put(change.path, { ...before, mode: change.mode });
      return { kind: "changed" };
    },
    restore: async ({ id, path }: Backup) => {
      put(path, kept.get(id));
      return { kind: "changed" };
    },
    forget: async (beforeMs) => {
      disk.forgottenMs = beforeMs;
    },
  };
}

function journalOn(disk: Disk, clock: Clock): Journal {
  return {
    append: async (entry) => {
      if (disk.full) throw new Error("no space left");
      const line: JournalLine = { ...structuredClone(entry), seq: disk.lines.length + 1, at: clock.nowMs(), hash: "" };
      disk.lines.push(line);
      return line;
    },
    recent: async (limit) => disk.lines.slice(-limit),
    verify: async () => ({ kind: "whole", lines: disk.lines.length }),
  };
}

/** Acting ports in memory; two apps with the same disk are two processes. What is not given refuses. */
export function actingOn(disk: Disk, clock: Clock, more: Partial<ActingPorts> = {}, pid = 4242): ActingPorts {
  return {
    changes: changesOn(disk),
    journal: journalOn(disk, clock),
    locks: fakeLocks({ clock, held: disk.held, self: { pid, startedMs: 1 } }),
    state: fakeStateStore(disk.state),
    ending: { end: async () => ({ kind: "not-ours", detail: "nothing may be ended here" }) },
    watchdogs: { find: async () => [] },
    ...more,
  };
}
