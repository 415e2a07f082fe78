/** A byte-exact copy of what was at a path before it was changed. Plain data: it goes into the journal before the change is made. */
export type Backup = {
  readonly id: string;
  readonly path: string;
  /** False: nothing was there, so undoing removes the path. */
  readonly existed: boolean;
  readonly mode?: number;
  /** Lower-case hex SHA-256 of the bytes. */
  readonly sha256?: string;
  readonly sizeBytes?: number;
};

export type FileChange =
  | { readonly kind: "write"; readonly path: string; readonly text: string; readonly mode?: number }
  | { readonly kind: "copy"; readonly from: string; readonly path: string }
  | { readonly kind: "remove"; readonly path: string }
  | { readonly kind: "set-mode"; readonly path: string; readonly mode: number };

export type FileChanged = { readonly kind: "changed" } | { readonly kind: "failed"; readonly reason: string };

/**
 * Changes regular files of this account, each in one step that is either done or not done (temporary file, fsync, rename).
 * Refuses links that lead elsewhere, other kinds of file, other owners, relative paths and paths with `..`.
 */
export interface FileChanges {
  /** Keeps what is at the path. Nothing is changed there yet. */
  keep(path: string): Promise<{ readonly kind: "kept"; readonly backup: Backup } | { readonly kind: "refused"; readonly reason: string }>;
  apply(change: FileChange): Promise<FileChanged>;
  /** Puts back bytes, permission bits and absence. Refuses when the kept copy is damaged. */
  restore(backup: Backup): Promise<FileChanged>;
  /** Forgets kept copies older than `beforeMs` (epoch milliseconds). */
  forget(beforeMs: number): Promise<void>;
}
