import type { Light } from "../model/light.ts";

export type HistoryEntry = {
  readonly stack: string;
  readonly check: string;
  readonly light: Light;
  readonly at: number;
  readonly durationMs: number;
};

/** What happened. In memory for now; readers must not assume that more than a day is kept. */
export interface History {
  append(entry: HistoryEntry): void;
  /** Worst light per time slot, oldest first; null where nothing is known. `slotMs` is the width of a slot. */
  slots(stack: string, options: { readonly slots: number; readonly slotMs: number; readonly nowMs: number }): readonly (Light | null)[];
  recent(stack: string, check: string, limit: number): readonly HistoryEntry[];
}
