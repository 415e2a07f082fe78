/** Octal permission bits (0o600), owner ids, size in bytes, times in epoch milliseconds. */
export type FileFacts = {
  readonly kind: "file" | "directory" | "socket" | "other";
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly mode: number;
  readonly uid: number;
  readonly inode: string;
  /** Target after following links, when the path itself is a symbolic link. */
  readonly linkTarget?: string;
};

/** A symbolic link on the way to a path, and the end of it, where nothing is. */
export type Dangling = { readonly link: string; readonly target: string };

/** Whether something is at a path. "May not look" is another answer than "not there". */
export type Presence =
  | { readonly kind: "there"; readonly facts: FileFacts }
  | { readonly kind: "missing"; readonly dangling?: Dangling }
  /** `denied`: the folder or file this account may not look into, absent when something else than permission is in the way. */
  | { readonly kind: "barred"; readonly reason: string; readonly denied?: string };

export type FileText =
  | { readonly kind: "text"; readonly text: string; readonly facts: FileFacts }
  | { readonly kind: "missing"; readonly dangling?: Dangling }
  /** `denied`: the folder or file for which this account lacks permission. */
  | { readonly kind: "unreadable"; readonly reason: string; readonly denied?: string }
  | { readonly kind: "too-large"; readonly sizeBytes: number; readonly limitBytes: number }
  | { readonly kind: "not-text" };

/** Where a tail stands. Opaque to callers, plain data, safe to keep. */
export type TailCursor = { readonly inode: string; readonly offset: number };

export type TailChunk = {
  readonly lines: readonly string[];
  readonly cursor: TailCursor;
  /** The file was replaced or became shorter since the last call. */
  readonly rotated: boolean;
  /** Bytes passed over because more arrived than `maxBytes`. */
  readonly skippedBytes: number;
};

export interface Files {
  /** Whole text of a small file; never more than `maxBytes` (default 1048576) is read. */
  read(path: string, options?: { readonly maxBytes?: number }): Promise<FileText>;
  /** Facts about a path, following links; null when nothing is there. Unreadable parents count as missing. */
  facts(path: string): Promise<FileFacts | null>;
  /** The same, telling what is not there from what this account may not see. */
  presence(path: string): Promise<Presence>;
  /** Names in a folder, sorted, at most 2000; an empty list when it cannot be read. */
  list(path: string): Promise<readonly string[]>;
  /**
   * Complete lines appended since `cursor`; without one, the last `maxBytes` (default 262144) of the file.
   * A line longer than 65536 characters is cut. Null when the file is missing or unreadable.
   */
  tail(path: string, cursor: TailCursor | null, options?: { readonly maxBytes?: number }): Promise<TailChunk | null>;
  /** Calls back after the path (file or folder) changes, at most once per 200 ms. Returns the way to stop. */
  watch(path: string, changed: () => void): () => void;
  /** Links and `..` resolved; null when the path does not exist. */
  realPath(path: string): Promise<string | null>;
}
