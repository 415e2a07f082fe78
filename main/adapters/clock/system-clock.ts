import type { Clock } from "../../core/ports/clock.ts";

/** Longest wait a timer can hold; a longer one would fire at once, so it is cut into pieces. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The machine's own time. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: async (ms, signal) => {
    const until = performance.now() + ms;
    while (!signal?.aborted) {
      const left = until - performance.now();
      if (!(left > 0)) return;
      await pause(Math.min(left, LONGEST_TIMER_MS), signal);
    }
  },
};

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve();
    };
    // Not at once: when timers run late, what arrived in time lies unread, and it is read between timers and immediates.
    const ring = () => setImmediate(wake);
    // Rounded up: a timer may fire a fraction early, and a sleeper must never wake before its time.
    const timer = setTimeout(ring, Math.ceil(ms));
    signal?.addEventListener("abort", wake, { once: true });
  });
}
