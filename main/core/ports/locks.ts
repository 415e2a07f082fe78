/** Who holds a lock: process id, its start (epoch milliseconds) and what for. */
export type LockOwner = { readonly pid: number; readonly startedMs: number; readonly purpose: string; readonly takenMs: number };

export type Lock = { release(): Promise<void> };

/** Single flight across processes. A lock whose owner is gone is free. */
export interface Locks {
  take(
    name: string,
    purpose: string,
  ): Promise<
    | { readonly kind: "taken"; readonly lock: Lock }
    | { readonly kind: "busy"; readonly owner: LockOwner }
    | { readonly kind: "failed"; readonly reason: string }
  >;
}
