import type { ForeignWatchdog } from "../model/plan.ts";

/** What something else might restart. `words` are program names or distinctive arguments, such as the stack's command. */
export type WatchdogTarget = { readonly labels: readonly string[]; readonly ports: readonly number[]; readonly words: readonly string[] };

/** Finds what else on this machine restarts a target. Reads definitions only; at most some seconds. */
export interface Watchdogs {
  find(target: WatchdogTarget, options?: { readonly signal?: AbortSignal }): Promise<readonly ForeignWatchdog[]>;
}
