import { describe, expect, it } from "vitest";
import { createTicker } from "./ticker.ts";

function byHand() {
  const timers = new Set<() => void>();
  let visible = true;
  let now = 0;
  let tellVisibility = (): void => undefined;
  const ticker = createTicker({
    now: () => now,
    every: (_, run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
    isVisible: () => visible,
    onVisibility: (listener) => {
      tellVisibility = listener;
    },
  });
  return {
    ticker,
    timers,
    pass: (ms: number) => {
      now += ms;
      for (const run of timers) run();
    },
    show: (next: boolean) => {
      visible = next;
      tellVisibility();
    },
  };
}

describe("the ticker", () => {
  it("beats only while somebody listens", () => {
    const { ticker, timers, pass } = byHand();
    expect(timers.size).toBe(0);
    let beats = 0;
    const stop = ticker.subscribe(() => {
      beats += 1;
    });
    pass(1_000);
    pass(1_000);
    stop();
    pass(1_000);
    expect(beats).toBe(2);
    expect(timers.size).toBe(0);
  });

  it("rests while the page is hidden and catches up at once when it is seen again", () => {
    const { ticker, timers, pass, show } = byHand();
    const seen: number[] = [];
    ticker.subscribe(() => seen.push(ticker.nowMs()));
    show(false);
    expect(timers.size).toBe(0);
    pass(60_000);
    expect(seen).toEqual([]);
    show(true);
    expect(seen).toEqual([60_000]);
    expect(timers.size).toBe(1);
  });

  it("keeps one timer however many listen", () => {
    const { ticker, timers } = byHand();
    ticker.subscribe(() => undefined);
    ticker.subscribe(() => undefined);
    expect(timers.size).toBe(1);
  });
});
