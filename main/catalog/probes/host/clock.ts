import { showDuration } from "../summary.ts";
import type { HostThresholds, PartOpinion } from "./thresholds.ts";

/** Both clocks at one moment: wall in epoch milliseconds, monotonic only for differences. */
export type ClockReading = { readonly wallMs: number; readonly monotonicMs: number };

/** How far the wall clock moved against the monotonic one; negative when it was set back. A machine that slept jumps forward. */
export function clockJumpMs(now: ClockReading, before: ClockReading): number {
  return now.wallMs - before.wallMs - (now.monotonicMs - before.monotonicMs);
}

/** Only a clock set back is a fault of its own: tokens and nonces then look as if they came from the future. */
export function judgeClock(
  now: ClockReading,
  before: ClockReading | undefined,
  synchronised: boolean | undefined,
  limits: HostThresholds,
): PartOpinion {
  const jump = before === undefined ? 0 : clockJumpMs(now, before);
  if (jump < -limits.clockBackMs) {
    const by = showDuration(-jump);
    return { light: "amber", words: `The clock was set back by ${by}`, params: { by } };
  }
  if (jump > limits.clockBackMs) return { light: "green", words: `The clock went on by ${showDuration(jump)}, as after sleep` };
  return { light: "green", words: synchronised === false ? "The clock runs, but is not synchronised" : "The clock is steady" };
}
