/** `what` is a fixed word such as `repair-started`; `facts` is plain data without secrets. */
export type JournalEntry = { readonly what: string; readonly facts: Readonly<Record<string, unknown>> };

/** `at` is epoch milliseconds, `seq` counts from 1, `hash` covers the entry and the hash before it. */
export type JournalLine = JournalEntry & { readonly seq: number; readonly at: number; readonly hash: string };

export type JournalState =
  | { readonly kind: "whole"; readonly lines: number }
  /** Something was altered, or a line was cut by a crash; the rest is still readable. */
  | { readonly kind: "damaged"; readonly at: number; readonly reason: string };

/** What Lamplighter did, append-only and chained by hashes: one JSON object a line, readable by a person and by a program. */
export interface Journal {
  /** Resolves when the line is on the disk. Rejects when it cannot be written: then nothing may be done either. */
  append(entry: JournalEntry): Promise<JournalLine>;
  /** The newest lines, oldest first. */
  recent(limit: number): Promise<readonly JournalLine[]>;
  verify(): Promise<JournalState>;
}
