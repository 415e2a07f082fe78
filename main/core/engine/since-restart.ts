/** A restart of ours as the gate's memory holds it. `steadyMs` is on the time of the unit's life in the process that wrote it. */
export type OurRestart = { readonly at: number; readonly steadyMs: number };

/** Two processes of ours never differ by this much, milliseconds. */
const farMs = 600_000;

/** Whether a steady time comes from a life of the unit whose record was lost: the present one has not lasted that long. */
export const isFromLostLife = (keptMs: number, steadyMs: number): boolean => keptMs - steadyMs > farMs;

/**
 * How long ago a restart of ours was, milliseconds, never less than 0. Rather too short than too long: a clock set forward does not
 * age it, and neither does another process whose steady time is ahead of ours. A clock set back is not believed, nor a time to come. What
 * by both is far in the future was before all that is remembered of the unit: it must not keep the gate shut for ever.
 */
export function sinceRestart(restart: OurRestart, now: { readonly at: number; readonly steadyMs: number }): number {
  const steadyMs = now.steadyMs - restart.steadyMs;
  const clockMs = now.at - restart.at;
  if (isFromLostLife(restart.steadyMs, now.steadyMs) && clockMs < -farMs) return now.steadyMs;
  if (steadyMs < 0) return Math.max(0, clockMs);
  return clockMs < 0 ? steadyMs : Math.min(steadyMs, clockMs);
}
