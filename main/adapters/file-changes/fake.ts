import { posix } from "node:path";
import type { Clock } from "../../core/ports/clock.ts";
import type { Backup, FileChange, FileChanged, FileChanges } from "../../core/ports/file-changes.ts";
import { newId, sha256 } from "./kept-copies.ts";
import { flawOf } from "./settle-path.ts";

/** What stands at a path of an invented disk. `refused` is anything that must not be touched, with the reason. */
export type FakeEntry =
  | { readonly kind: "file"; readonly text: string; readonly mode: number; readonly uid?: number }
  | { readonly kind: "link"; readonly to: string }
  | { readonly kind: "refused"; readonly reason: string };

export type FakeFileChangesOptions = {
  readonly uid: number;
  readonly home: string;
  readonly clock: Pick<Clock, "nowMs">;
  /** The disk: read and changed in place. */
  readonly disk: Map<string, FakeEntry>;
  /** Folders that hold no file yet. */
  readonly folders?: Iterable<string>;
  /** Kept copies, by id. */
  readonly copies?: Map<string, string>;
  /** A reason while the invented disk takes nothing. */
  readonly fails?: () => string | undefined;
};

const changed: FileChanged = { kind: "changed" };
const failed = (reason: string): FileChanged => ({ kind: "failed", reason });
type FakeFile = Extract<FakeEntry, { kind: "file" }>;

/** Changes an invented disk. */
export function fakeFileChanges(options: FakeFileChangesOptions): FileChanges {
  const { uid, home, clock, disk, folders = [], copies = new Map<string, string>(), fails = () => undefined } = options;

  const isFolder = (path: string): boolean =>
    [...folders].some((each) => `${each}/`.startsWith(`${path}/`)) || [...disk.keys()].some((each) => each.startsWith(`${path}/`));

  const look = (path: string): string | { readonly path: string; readonly file?: FakeFile } => {
    const flaw = flawOf(path);
    if (flaw !== undefined) return flaw;
    let real = path;
    for (let entry = disk.get(real), links = 0; entry?.kind === "link"; entry = disk.get(real), links += 1) {
      real = entry.to;
      if (!disk.has(real) || links > 40) return "It is a symbolic link that leads nowhere.";
      if (!real.startsWith(`${home}/`)) return "It is reached through a symbolic link that leads outside the home folder.";
    }
    const entry = disk.get(real);
    if (entry?.kind === "refused") return entry.reason;
    if (entry === undefined && isFolder(real)) return "It is a folder.";
    if (entry === undefined && !isFolder(posix.dirname(real))) return "Its folder is not there.";
    if (entry?.kind !== "file") return { path: real };
    return (entry.uid ?? uid) === uid ? { path: real, file: entry } : "It belongs to another account.";
  };

  const put = (path: string, text: string, mode: number | undefined, newMode: number): FileChanged => {
    const looked = look(path);
    if (typeof looked === "string") return failed(looked);
    disk.set(looked.path, { kind: "file", text, mode: mode ?? looked.file?.mode ?? newMode, uid });
    return changed;
  };

  const remove = (path: string): FileChanged => {
    const looked = look(path);
    if (typeof looked === "string") return failed(looked);
    disk.delete(looked.path);
    return changed;
  };

  const setMode = (path: string, mode: number): FileChanged => {
    const looked = look(path);
    if (typeof looked === "string") return failed(looked);
    if (looked.file === undefined) return failed("It is not there.");
    disk.set(looked.path, { ...looked.file, mode });
    return changed;
  };

  const copy = (from: string, path: string): FileChanged => {
    const source = look(from);
    if (typeof source === "string") return failed(`What is to be copied cannot be used. ${source}`);
    if (source.file === undefined) return failed("What is to be copied is not there.");
    return put(path, source.file.text, undefined, source.file.mode & 0o777);
  };

  const apply = (change: FileChange): FileChanged => {
    const reason = fails();
    if (reason !== undefined) return failed(reason);
    if ("mode" in change && change.mode !== undefined && !(change.mode >= 0 && change.mode <= 0o777))
      return failed("These permission bits are not allowed.");
    if (change.kind === "write") return put(change.path, change.text, change.mode, 0o600);
    if (change.kind === "copy") return copy(change.from, change.path);
    return change.kind === "remove" ? remove(change.path) : setMode(change.path, change.mode);
  };

  const restore = ({ id, path, existed, mode, sha256: hash }: Backup): FileChanged => {
    if (!existed) return remove(path);
    const text = copies.get(id);
    if (mode === undefined || hash === undefined) return failed("The record of the kept copy is damaged.");
    if (text === undefined || sha256(Buffer.from(text)) !== hash) return failed("The kept copy is gone or damaged. Nothing was changed.");
    return put(path, text, mode, mode);
  };

  return {
    keep: async (path) => {
      const looked = look(path);
      const reason = typeof looked === "string" ? looked : fails();
      if (typeof looked === "string" || reason !== undefined) return { kind: "refused", reason: reason ?? "" };
      const id = newId(clock.nowMs());
      if (looked.file === undefined) return { kind: "kept", backup: { id, path: looked.path, existed: false } };
      const { text, mode } = looked.file;
      copies.set(id, text);
      const bytes = Buffer.from(text);
      return { kind: "kept", backup: { id, path: looked.path, existed: true, mode, sha256: sha256(bytes), sizeBytes: bytes.length } };
    },
    apply: async (change) => apply(change),
    restore: async (backup) => restore(backup),
    forget: async (beforeMs) => {
      for (const id of copies.keys()) if (Number(id.split("-")[0]) < beforeMs) copies.delete(id);
    },
  };
}
