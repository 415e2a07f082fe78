import type { Clock } from "../../core/ports/clock.ts";

/** A clock moved by hand. Nothing happens between moves; sleepers wake in the order in which they are due. */
export type ManualClock = Clock & {
  /** Moves both times on, waking every sleeper that falls due, and lets each one act before the next wakes. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock forward or back while the monotonic time stands still, as a clock correction does. */
  jump(ms: number): void;
  /** Lets time go by while nobody can act, as on a machine too busy to run us: who falls due meanwhile wakes late, at the next move. */
  lag(ms: number): void;
  /** How many sleeps are under way. */
  readonly sleepers: number;
};

type Sleeper = { readonly due: number; readonly wake: () => void };

/** Starts at `startMs` (epoch milliseconds); the monotonic time starts at zero. */
export function manualClock(startMs = 1_795_000_000_000): ManualClock {
  let elapsed = 0;
  let offset = startMs;
  let sleepers: Sleeper[] = [];

  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted || !(ms > 0)) return resolve();
      const sleeper: Sleeper = {
        due: elapsed + ms,
        wake: () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          signal?.removeEventListener("abort", sleeper.wake);
          resolve();
        },
      };
      sleepers.push(sleeper);
      signal?.addEventListener("abort", sleeper.wake, { once: true });
    });

  return {
    nowMs: () => offset + elapsed,
    monotonicMs: () => elapsed,
    sleep,
    jump: (ms) => {
      offset += ms;
    },
    lag: (ms) => {
      elapsed += ms;
    },
    get sleepers() {
      return sleepers.length;
    },
    advance: async (ms) => {
      const until = elapsed + ms;
      await settle();
      for (;;) {
        const next = sleepers.reduce<Sleeper | undefined>((first, other) => (first && first.due <= other.due ? first : other), undefined);
        if (!next || next.due > until) break;
        elapsed = Math.max(elapsed, next.due);
        next.wake();
        await settle();
      }
      elapsed = until;
    },
  };
}

/** Every promise chain that can go on without outside help has gone on once this resolves. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
