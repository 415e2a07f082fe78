import { z } from "zod";
import { salvaged } from "./salvaged.ts";

const bits = 20;
const startAbove = 30;
const stopAtOrBelow = 25;

/** Without a change, one quiet state is noted at most this often, so that a fast look does not wash changes away; milliseconds. */
export const quietStateMs = 60_000;

/** The last 20 states, oldest first: true where it differed from the one before. Fewer than 20 are preceded by quiet ones. */
export const Flaps = z.object({
  changes: salvaged(z.boolean(), bits),
  flapping: z.boolean().catch(false),
  /** Steady time of the newest state, milliseconds. */
  notedMs: z.number().nonnegative().catch(0),
});
export type Flaps = z.infer<typeof Flaps>;

export const noFlaps: Flaps = { changes: [], flapping: false, notedMs: 0 };

/** Icinga 2's share of weighted changes, 0…99: weights 0.80 (oldest) to 1.18 (newest) in steps of 0.02, divided by 20. */
export function flapPercent(changes: readonly boolean[]): number {
  const recent = changes.slice(-bits);
  const oldest = bits - recent.length;
  const weight = recent.reduce((sum, changed, i) => (changed ? sum + 0.8 + 0.02 * (oldest + i) : sum), 0);
  return (100 * weight) / bits;
}

function withState({ changes, flapping }: Flaps, changed: boolean, nowMs: number): Flaps {
  const next = [...changes, changed].slice(-bits);
  // Rounded, because sums of hundredths are not exact and one vector lies on the border.
  const percent = Math.round(flapPercent(next) * 1e6) / 1e6;
  return { changes: next, flapping: flapping ? percent > stopAtOrBelow : percent > startAbove, notedMs: nowMs };
}

/** Notes one state. It flaps above 30 percent and until 25 percent or less. Every change counts, quiet states once a minute. */
export function noteState(flaps: Flaps, changed: boolean, nowMs: number): Flaps {
  if (!changed && nowMs - flaps.notedMs < quietStateMs) return flaps;
  return withState(flaps, changed, nowMs);
}

/** How long it would have to stay as it is until it no longer counts as flapping, milliseconds. */
export function quietNeededMs(flaps: Flaps, nowMs: number): number {
  let left = flaps;
  let states = 0;
  while (left.flapping) {
    left = withState(left, false, left.notedMs);
    states += 1;
  }
  return states === 0 ? 0 : Math.max(0, states * quietStateMs - (nowMs - flaps.notedMs));
}
