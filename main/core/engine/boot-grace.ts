import type { UnitLife } from "./unit-life.ts";
import { isUp } from "./unit-runs.ts";

const enoughBoots = 5;
const margin = 1.5;
const shortestMs = 20_000;
const longestMs = 600_000;

/** The 95th percentile by rank: with fewer than 20 boots the longest. */
function p95(lengths: readonly number[]): number {
  const sorted = [...lengths].sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}

/**
 * How long a boot of this unit may take, milliseconds: 1.5 times the 95th percentile of its own past boots, at most 10 minutes; the
 * given default until five boots were seen.
 */
export function usualBootMs(life: UnitLife, defaultMs: number): number {
  if (life.bootsMs.length < enoughBoots) return defaultMs;
  return Math.min(longestMs, Math.max(shortestMs, p95(life.bootsMs) * margin));
}

/** For how long it has been booting, and how much of the usual time is left; undefined when it does not boot or is over time. */
export function bootLeft(
  life: UnitLife,
  defaultMs: number,
): { readonly forMs: number; readonly usualMs: number; readonly leftMs: number } | undefined {
  const { run, state } = life;
  if (run === undefined || run.ended || run.booted || !isUp(state)) return undefined;
  const usualMs = usualBootMs(life, defaultMs);
  return run.ageMs < usualMs ? { forMs: run.ageMs, usualMs, leftMs: usualMs - run.ageMs } : undefined;
}
