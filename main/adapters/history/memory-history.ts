import { type Light, worst } from "../../core/model/light.ts";
import type { History, HistoryEntry } from "../../core/ports/history.ts";

const DAY_MS = 86_400_000;

/** How much is kept: nothing older than `maxAgeMs` before a check's newest entry, and `maxEntries` over all checks together. */
export type HistoryBounds = { readonly maxAgeMs?: number; readonly maxEntries?: number };

/** History that ends with the process. A busy check cannot push out the entries of a quiet one. */
export function memoryHistory({ maxAgeMs = DAY_MS, maxEntries = 20_000 }: HistoryBounds = {}): History {
  const rows = new Map<string, HistoryEntry[]>();
  let total = 0;

  const drop = (row: HistoryEntry[], count: number) => {
    row.splice(0, count);
    total -= count;
  };

  return {
    append: (entry) => {
      const key = keyOf(entry.stack, entry.check);
      const row = rows.get(key) ?? [];
      rows.set(key, row);
      row.push(entry);
      total += 1;
      const old = row.findIndex((past) => past.at >= entry.at - maxAgeMs);
      if (old > 0) drop(row, old);
      // A tenth at a time, because every removal moves the rest of the row.
      if (total > maxEntries) {
        const longest = [...rows.values()].reduce((a, b) => (b.length > a.length ? b : a));
        drop(longest, Math.max(total - maxEntries, Math.floor(longest.length / 10)));
      }
    },

    slots: (stack, { slots, slotMs, nowMs }) => {
      const seen: Light[][] = Array.from({ length: slots }, () => []);
      for (const row of rows.values()) {
        if (row[0]?.stack !== stack) continue;
        for (const { at, light } of row) seen[slots - 1 - Math.floor((nowMs - at) / slotMs)]?.push(light);
      }
      return seen.map((lights) => (lights.length === 0 ? null : worst(lights)));
    },

    recent: (stack, check, limit) => (limit > 0 ? (rows.get(keyOf(stack, check)) ?? []).slice(-limit) : []),
  };
}

const keyOf = (stack: string, check: string): string => JSON.stringify([stack, check]);
