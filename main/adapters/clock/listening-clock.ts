import type { Clock } from "../../core/ports/clock.ts";

/**
 * Time in which this process could listen. It stands still while our own timers run late, because an answer that lies unread then is
 * no silence of the other side. Sleeps and deadlines counted in it are for waiting on somebody else; the wall clock is the true one.
 */
export type ListeningClock = Clock & {
  /** Milliseconds lost so far because our timers ran late; only differences mean anything. Counted while somebody sleeps here. */
  lateMs(): number;
};

/** How often it is looked whether timers still run in time, milliseconds. */
const beatMs = 50;
/** A beat this much later than planned is usual on a calm machine, milliseconds. */
const usualMs = 20;
/** Who sleeps longer than this waits for no answer, and may do so for good: nothing is counted for it. Milliseconds. */
const longestMs = 10_000;

const made = new WeakMap<Clock, ListeningClock>();

/** The listening time of a clock; the same clock always has the same one, so that one beat serves everybody. */
export function listeningClock(clock: Clock): ListeningClock {
  const known = made.get(clock) ?? makeListeningClock(clock);
  made.set(clock, known);
  return known;
}

function makeListeningClock(clock: Clock): ListeningClock {
  let lostMs = 0;
  let lastBeatMs = 0;
  let sleepers = 0;
  let stop = new AbortController();

  const overdueMs = (): number => (sleepers === 0 ? 0 : Math.max(0, clock.monotonicMs() - lastBeatMs - beatMs - usualMs));
  const lateMs = (): number => lostMs + overdueMs();
  const monotonicMs = (): number => clock.monotonicMs() - lateMs();

  const beat = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await clock.sleep(beatMs, signal);
      if (signal.aborted) return;
      lostMs += overdueMs();
      lastBeatMs = clock.monotonicMs();
    }
  };
  const attend = (): void => {
    if (++sleepers > 1) return;
    lastBeatMs = clock.monotonicMs();
    stop = new AbortController();
    void beat(stop.signal);
  };
  const leave = (): void => {
    if (sleepers === 1) {
      lostMs += overdueMs();
      stop.abort("over");
    }
    sleepers -= 1;
  };

  return {
    nowMs: () => clock.nowMs(),
    monotonicMs,
    lateMs,
    sleep: async (ms, signal) => {
      if (!(ms > 0) || ms > longestMs) return clock.sleep(ms, signal);
      attend();
      try {
        const until = monotonicMs() + ms;
        for (let left = ms; left > 0 && !signal?.aborted; left = until - monotonicMs()) await clock.sleep(left, signal);
      } finally {
        leave();
      }
    },
  };
}
