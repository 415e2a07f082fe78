export type Ended =
  | { readonly kind: "ended"; readonly afterMs: number }
  | { readonly kind: "gone" | "another-process" | "not-ours" | "survived"; readonly detail: string };

/** Ends a process of this account, and only the very one that was looked at. */
export interface ProcessControl {
  /** SIGTERM, then after `patienceMs` (default 10000) SIGKILL. `startedMs` must match, or nothing is signalled. Never pid 0, 1 or our own. */
  end(pid: number, startedMs: number, options?: { readonly patienceMs?: number; readonly signal?: AbortSignal }): Promise<Ended>;
}
