import type { Light } from "../../main/core/model/light.ts";
import { countOf } from "../lib/words.ts";

export type Ticks = readonly (Light | null)[];

const names: Readonly<Record<Light, string>> = { green: "fine", amber: "attention", red: "problem", grey: "unknown" };

/** The bar of ticks as one sentence: "Last 24 slots: 20 fine, 3 problem, 1 unknown." */
export function sayTicks(ticks: Ticks): string {
  const known = ticks.filter((tick) => tick !== null);
  if (known.length === 0) return "No history yet.";
  const counts = (["red", "amber", "grey", "green"] as const).flatMap((light) => {
    const count = known.filter((tick) => tick === light).length;
    return count === 0 ? [] : [`${count} ${names[light]}`];
  });
  return `History, last ${countOf(known.length, "slot", "slots")}: ${counts.join(", ")}.`;
}

export type TickRun = { readonly light: Light | null; readonly slots: number; readonly from: number };

/** Equal neighbours joined, newest first; `from` is the age of the run's newest slot, counted in slots. */
export function tickRuns(ticks: Ticks): readonly TickRun[] {
  const starts = ticks.toReversed().flatMap((light, at, all) => (at === 0 || all[at - 1] !== light ? [{ light, from: at }] : []));
  return starts.map(({ light, from }, index) => ({ light, from, slots: (starts[index + 1]?.from ?? ticks.length) - from }));
}
