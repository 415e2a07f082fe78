import type { FileChanges } from "../core/ports/file-changes.ts";
import type { ChangedFile } from "./run-record.ts";

export type Undone =
  | { readonly kind: "undone" }
  /** Somebody changed these since; nothing was put back. */
  | { readonly kind: "changed-since"; readonly paths: readonly string[] }
  | { readonly kind: "failed"; readonly reason: string };

type Bytes = ChangedFile["expects"];
const same = (one: Bytes, other: Bytes): boolean => one.existed === other.existed && one.sha256 === other.sha256;

/** What may be at a path without anybody else having touched it: what was there before any of our steps, and what each of them left. */
function isOurs(present: Bytes, path: string, files: readonly ChangedFile[]): boolean {
  const own = files.filter(({ backup }) => backup.path === path);
  return own.some(({ backup, expects }) => same(present, expects) || same(present, { existed: backup.existed, ...sumOf(backup) }));
}

const sumOf = ({ sha256 }: { readonly sha256?: string | undefined }): { readonly sha256?: string } =>
  sha256 === undefined ? {} : { sha256 };

/**
 * Puts every file back as it was before the run, the last change first. Looks at all of them before touching one: when somebody else
 * changed one since, nothing is put back unless `force` is given. What is there now is kept as well.
 */
export async function undoFiles(changes: FileChanges, files: readonly ChangedFile[], force: boolean): Promise<Undone> {
  const foreign: string[] = [];
  for (const path of new Set(files.map(({ backup }) => backup.path))) {
    const now = await changes.keep(path);
    if (now.kind === "refused") return { kind: "failed", reason: `${path}: ${now.reason}` };
    const { existed } = now.backup;
    if (!isOurs({ existed, ...sumOf(now.backup) }, path, files)) foreign.push(path);
  }
  if (foreign.length > 0 && !force) return { kind: "changed-since", paths: foreign };
  for (const { backup } of [...files].reverse()) {
    const restored = await changes.restore(backup);
    if (restored.kind === "failed") return { kind: "failed", reason: `${backup.path}: ${restored.reason}` };
  }
  return { kind: "undone" };
}
