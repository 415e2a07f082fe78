import { chmod, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "../../core/ports/clock.ts";
import type { Backup, FileChange, FileChanged, FileChanges } from "../../core/ports/file-changes.ts";
import { diskFailure } from "../disk-failure.ts";
import { sweepFresh, syncFolder, writeWhole } from "../write-whole.ts";
import { keptCopies, newId, sha256 } from "./kept-copies.ts";
import { ChangedMeanwhile, mostBytes, mustBeSame, type Present, presentFile, sourceFile } from "./present-file.ts";
import { settlePath } from "./settle-path.ts";

export type NodeFileChangesOptions = {
  /** Where kept copies live. Nothing else may be in it. */
  readonly backupDir: string;
  readonly uid: number;
  /** Home folder of the account: links are followed only inside it. */
  readonly home: string;
  readonly clock: Pick<Clock, "nowMs">;
};

const changed: FileChanged = { kind: "changed" };
const failed = (reason: string): FileChanged => ({ kind: "failed", reason });
const wordsOf = (error: unknown): string =>
  error instanceof ChangedMeanwhile ? "Something else changed it at the same moment. Nothing was changed by us." : diskFailure(error);

/** Permission bits that a repair may give. */
const isMode = (mode: number): boolean => Number.isInteger(mode) && mode >= 0 && mode <= 0o777;

/**
 * The machine's own files. Permission bits, owner and group stay as they are unless a mode is given; access lists and other extended
 * attributes do not survive a replacement. `Backup.path` is where the bytes really were, so that undoing does not depend on links.
 */
export function nodeFileChanges({ backupDir, uid, home, clock }: NodeFileChangesOptions): FileChanges {
  const copies = keptCopies(backupDir);

  const look = async (
    path: string,
  ): Promise<{ readonly path: string; readonly present: Exclude<Present, { kind: "refused" }> } | string> => {
    const settled = await settlePath(path, home);
    if (settled.kind === "refused") return settled.reason;
    const present = await presentFile(settled.path, uid);
    return present.kind === "refused" ? present.reason : { path: settled.path, present };
  };

  /** `mode` is used as it is; without one the file keeps its own, and a new one gets `newMode`. */
  const replace = async (
    path: string,
    bytes: Uint8Array,
    modes: { readonly mode?: number | undefined; readonly newMode: number },
  ): Promise<FileChanged> => {
    if (bytes.length > mostBytes) return failed("The new content is larger than 16 MiB.");
    const looked = await look(path);
    if (typeof looked === "string") return failed(looked);
    const { present } = looked;
    if (present.kind === "locked") return failed("Its permission bits keep even its owner from reading it.");
    await sweepFresh(dirname(looked.path));
    await writeWhole(looked.path, bytes, {
      mode: modes.mode ?? (present.kind === "file" ? Number(present.stats.mode & 0o7777n) : modes.newMode),
      ...(present.kind === "file" ? { group: Number(present.stats.gid) } : {}),
      beforeRename: () => mustBeSame(looked.path, present),
    });
    return changed;
  };

  const copy = async (from: string, path: string): Promise<FileChanged> => {
    const settled = await settlePath(from, home);
    if (settled.kind === "refused") return failed(`What is to be copied cannot be used. ${settled.reason}`);
    const source = await sourceFile(settled.path, uid);
    if (source.kind === "refused") return failed(source.reason);
    if (source.kind !== "file") return failed("What is to be copied is not there.");
    return replace(path, source.bytes, { newMode: Number(source.stats.mode & 0o777n) });
  };

  const remove = async (path: string): Promise<FileChanged> => {
    const looked = await look(path);
    if (typeof looked === "string") return failed(looked);
    // What is gone already is what was wanted: a repair that is finished after a crash comes here twice.
    if (looked.present.kind === "absent") return changed;
    if (looked.present.kind === "locked")
      return failed("Its permission bits keep even its owner from reading it, so it could not be kept.");
    await mustBeSame(looked.path, looked.present);
    await unlink(looked.path);
    await syncFolder(dirname(looked.path));
    return changed;
  };

  const setMode = async (path: string, mode: number): Promise<FileChanged> => {
    const looked = await look(path);
    if (typeof looked === "string") return failed(looked);
    if (looked.present.kind === "absent") return failed("It is not there.");
    await chmod(looked.path, mode);
    await syncFolder(dirname(looked.path));
    return changed;
  };

  const apply = (change: FileChange): Promise<FileChanged> => {
    if ("mode" in change && change.mode !== undefined && !isMode(change.mode))
      return Promise.resolve(failed("These permission bits are not allowed."));
    if (change.kind === "write") return replace(change.path, Buffer.from(change.text, "utf8"), { mode: change.mode, newMode: 0o600 });
    if (change.kind === "copy") return copy(change.from, change.path);
    return change.kind === "remove" ? remove(change.path) : setMode(change.path, change.mode);
  };

  const restore = async (backup: Backup): Promise<FileChanged> => {
    const { id, path, existed, mode, sha256: hash } = backup;
    if (!existed) return remove(path);
    if (mode === undefined || !Number.isInteger(mode) || mode < 0 || mode > 0o7777)
      return failed("The record of the kept copy is damaged.");
    if (hash === undefined) return setMode(path, mode);
    const bytes = await copies.get(id, hash);
    if (bytes === undefined) return failed("The kept copy is gone or damaged. Nothing was changed.");
    return replace(path, bytes, { mode, newMode: mode });
  };

  return {
    keep: async (path) => {
      try {
        const looked = await look(path);
        if (typeof looked === "string") return { kind: "refused", reason: looked };
        const { present } = looked;
        const id = newId(clock.nowMs());
        if (present.kind === "absent") return { kind: "kept", backup: { id, path: looked.path, existed: false } };
        const known = { id, path: looked.path, existed: true, mode: Number(present.stats.mode & 0o7777n) };
        // Its bytes cannot be read, and so cannot be changed by us either: only its mode can.
        if (present.kind === "locked") return { kind: "kept", backup: known };
        await copies.put(id, present.bytes);
        return { kind: "kept", backup: { ...known, sha256: sha256(present.bytes), sizeBytes: present.bytes.length } };
      } catch (error) {
        return { kind: "refused", reason: `The copy could not be kept. ${wordsOf(error)}` };
      }
    },
    apply: (change) => apply(change).catch((error) => failed(wordsOf(error))),
    restore: (backup) => restore(backup).catch((error) => failed(wordsOf(error))),
    forget: (beforeMs) => copies.forget(beforeMs),
  };
}
