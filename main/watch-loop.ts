import type { Clock } from "./core/ports/clock.ts";
import { over } from "./over.ts";
import type { StackWatch } from "./stack-watch.ts";

type LoopOptions = {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly watches: readonly StackWatch[];
  /** Receives the way to end the current sleep early. */
  readonly onWake: (wakeUp: () => void) => void;
};

/** Longest sleep, so that ages turn stale and missing stacks are looked for even when nothing is due. Milliseconds. */
const longestMs = 10_000;
/**
 * Waking this much later than planned, or at another wall time than that, means that the machine slept, the loop was held up, or
 * the clock was set. Milliseconds.
 */
const lateMs = 2_000;

/** Sleeps until something is due, starts it, and never waits for it: a hung probe delays nobody. */
export async function runLoop({ clock, signal, watches, onWake }: LoopOptions): Promise<void> {
  while (!signal.aborted) {
    for (const watch of watches) watch.startDue(clock.nowMs());
    const nap = new AbortController();
    const wakeUp = (): void => nap.abort(over);
    onWake(wakeUp);
    signal.addEventListener("abort", wakeUp, { once: true });
    const pause = Math.min(longestMs, ...watches.map((watch) => watch.nextDueMs() - clock.nowMs()));
    const began = { wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
    await clock.sleep(Math.max(1, pause), nap.signal);
    signal.removeEventListener("abort", wakeUp);
    const sleptMs = clock.monotonicMs() - began.monotonicMs;
    // The monotonic clock stands still while the machine sleeps, and nobody sets it.
    const jumpMs = clock.nowMs() - began.wallMs - sleptMs;
    const isLate = sleptMs - Math.max(1, pause) > lateMs;
    if (isLate || Math.abs(jumpMs) > lateMs) for (const watch of watches) watch.discardRound(Math.abs(jumpMs) > lateMs);
    if (!nap.signal.aborted) for (const watch of watches) watch.ageCheck(clock.nowMs());
  }
}
