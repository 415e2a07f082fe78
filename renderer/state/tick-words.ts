import type { Light } from "../../main/core/model/light.ts";
import type { StackState } from "../../main/core/model/snapshot.ts";
import { sayLength } from "../lib/ages.ts";
import { countOf } from "../lib/words.ts";

/** A stack's recent past: worst light per slot, oldest first, and the width of a slot in milliseconds where it is known. */
export type Past = Pick<StackState, "ticks" | "tickMs">;

const names: Readonly<Record<Light, string>> = { green: "fine", amber: "attention", red: "problem", grey: "unknown" };

/** A number of slots as a length of time where their width is known: "4 h", otherwise "4 slots". */
export const saySlots = (slots: number, tickMs: number | undefined): string =>
  tickMs === undefined ? countOf(slots, "slot", "slots") : sayLength(slots * tickMs);

/** The bar of ticks as one sentence: "History, last 24 h: 1 h problem, 23 h fine." */
export function sayTicks({ ticks, tickMs }: Past): string {
  const known = ticks.filter((tick) => tick !== null);
  if (known.length === 0) return "No history yet.";
  const counts = (["red", "amber", "grey", "green"] as const).flatMap((light) => {
    const count = known.filter((tick) => tick === light).length;
    return count === 0 ? [] : [`${saySlots(count, tickMs)} ${names[light]}`];
  });
  return `History, last ${saySlots(known.length, tickMs)}: ${counts.join(", ")}.`;
}

export type TickRun = { readonly light: Light | null; readonly slots: number; readonly from: number };

/** Equal neighbours joined, newest first; `from` is the age of the run's newest slot, counted in slots. */
export function tickRuns(ticks: Past["ticks"]): readonly TickRun[] {
  const starts = ticks.toReversed().flatMap((light, at, all) => (at === 0 || all[at - 1] !== light ? [{ light, from: at }] : []));
  return starts.map(({ light, from }, index) => ({ light, from, slots: (starts[index + 1]?.from ?? ticks.length) - from }));
}

/** The newest trouble among several pasts, for the calm line under an all-green list; null when there was none. */
export function lastTrouble(stacks: readonly (Past & Pick<StackState, "title">)[]): string | null {
  const troubles = stacks.flatMap(({ title, ticks, tickMs }) => {
    const run = tickRuns(ticks).find(({ light }) => light === "red" || light === "amber");
    return run === undefined ? [] : [{ title, tickMs, from: run.from }];
  });
  const newest = troubles.toSorted((a, b) => a.from * (a.tickMs ?? 1) - b.from * (b.tickMs ?? 1))[0];
  if (newest === undefined) return null;
  return newest.from === 0 ? `${newest.title}, just now` : `${newest.title}, ${saySlots(newest.from, newest.tickMs)} ago`;
}
