import type { UnitLife, UnitSeen } from "./unit-life.ts";

/** Pauses up to this are never a gap, and this many usual pauses are none either; milliseconds. */
const shortestGapMs = 75_000;
const gapPauses = 3;
const longestRhythmMs = 300_000;
/** Clock and passed time may differ by this before the clock counts as set or the machine as asleep, milliseconds. */
const toleranceMs = 2_000;

export type Passed = {
  readonly life: UnitLife;
  /** Too much passed unseen for a change or a length to mean anything. */
  readonly gap: boolean;
  /** The clock and the time that passed disagree, so that epoch times from before and now cannot be compared. */
  readonly clockMoved: boolean;
};

/** Moves a unit's steady time on to a look, and lets its run age by the time it was surely awake. */
export function passTime(life: UnitLife, { at, sinceLastMs }: UnitSeen): Passed {
  if (life.seenAt === undefined) return { life: { ...life, seenAt: at }, gap: true, clockMoved: false };
  const clockMs = at - life.seenAt;
  // Without a steady measure (we were not running) the clock is believed, unless it went back.
  const elapsedMs = Math.max(0, sinceLastMs ?? clockMs);
  const clockMoved = Math.abs(clockMs - elapsedMs) > toleranceMs;
  const longestMs = Math.max(shortestGapMs, gapPauses * life.rhythmMs);
  const isLong = elapsedMs > longestMs;
  const gap = isLong || clockMoved;
  // A process of a sleeping machine does not boot on. A first look of ours cannot tell sleep from our own absence: some of it counts.
  const awakeMs = !isLong ? elapsedMs : sinceLastMs === undefined ? longestMs : 0;
  const rhythmMs =
    sinceLastMs === undefined
      ? life.rhythmMs
      : isLong
        ? Math.min(longestRhythmMs, life.rhythmMs * 1.5)
        : (life.rhythmMs * 3 + elapsedMs) / 4;
  const run =
    life.run === undefined || life.run.ended
      ? life.run
      : { ...life.run, ageMs: life.run.ageMs + awakeMs, watched: life.run.watched && !gap };
  return { life: { ...life, steadyMs: life.steadyMs + elapsedMs, seenAt: at, rhythmMs, run }, gap, clockMoved };
}
