import { describe, expect, it } from "vitest";
import { listeningClock } from "./listening-clock.ts";
import { manualClock } from "./manual-clock.ts";
import { clockSuite } from "./suite.ts";
import { systemClock } from "./system-clock.ts";

clockSuite("listeningClock over manualClock", () => {
  const clock = manualClock();
  return { clock: listeningClock(clock), pass: (ms) => clock.advance(ms) };
});

function listen() {
  const clock = manualClock();
  const listening = listeningClock(clock);
  const sleep = (ms: number, signal?: AbortSignal) => {
    const sleeper = { wokeAt: Number.NaN };
    void listening.sleep(ms, signal).then(() => {
      sleeper.wokeAt = clock.monotonicMs();
    });
    return sleeper;
  };
  return { clock, listening, sleep };
}

describe("time in which this process could listen", () => {
  it("is the true one as long as timers run in time", async () => {
    const { clock, listening, sleep } = listen();
    const sleeper = sleep(1_000);
    await clock.advance(1_500);
    expect(sleeper.wokeAt).toBe(1_000);
    expect([listening.monotonicMs(), listening.lateMs()]).toEqual([1_500, 0]);
  });

  it("stands still while timers run late, and sleepers get what they lost", async () => {
    const { clock, listening, sleep } = listen();
    const sleeper = sleep(1_000);
    await clock.advance(100);
    clock.lag(5_000);
    await clock.advance(0);
    expect(sleeper.wokeAt).toBeNaN();
    const lateMs = listening.lateMs();
    expect(lateMs).toBeGreaterThan(4_850);
    await clock.advance(2_000);
    expect(sleeper.wokeAt).toBe(1_000 + lateMs);
    expect(listening.lateMs()).toBe(lateMs);
  });

  it("is late already before anybody could count it", async () => {
    const { clock, listening, sleep } = listen();
    sleep(1_000);
    clock.lag(3_000);
    expect(listening.lateMs()).toBe(2_930);
    expect(listening.monotonicMs()).toBe(70);
    await clock.advance(0);
    expect(listening.lateMs()).toBe(2_930);
  });

  it("never runs backwards, and takes no usual delay for lateness", async () => {
    const { clock, listening, sleep } = listen();
    sleep(9_000);
    const seen: number[] = [];
    for (const ms of [10, 49, 52, 65, 70, 71, 300, 3]) {
      clock.lag(ms);
      seen.push(listening.monotonicMs());
      await clock.advance(0);
      seen.push(listening.monotonicMs());
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    const calm = listen();
    calm.sleep(1_000);
    for (let i = 0; i < 20; i += 1) {
      calm.clock.lag(65);
      await calm.clock.advance(0);
    }
    expect(calm.listening.lateMs()).toBe(0);
  });

  it("counts one lateness once, however many sleep", async () => {
    const { clock, listening, sleep } = listen();
    for (let i = 0; i < 10; i += 1) sleep(500 + i);
    clock.lag(1_000);
    await clock.advance(0);
    expect(listening.lateMs()).toBe(930);
  });

  it("counts nothing, and wakes nobody, while nobody sleeps or somebody sleeps for long", async () => {
    const { clock, listening, sleep } = listen();
    const asked = new AbortController();
    sleep(500, asked.signal);
    asked.abort();
    await clock.advance(0);
    expect(clock.sleepers).toBe(0);
    clock.lag(1_000);
    sleep(60_000);
    expect(clock.sleepers).toBe(1);
    clock.lag(1_000);
    expect(listening.lateMs()).toBe(0);
  });

  it("is one for everybody who listens by the same clock", () => {
    const { clock, listening } = listen();
    expect(listeningClock(clock)).toBe(listening);
    expect(listeningClock(manualClock())).not.toBe(listening);
  });

  it("stands still while the real event loop is held up", async () => {
    const listening = listeningClock(systemClock);
    const began = listening.monotonicMs();
    const sleeping = listening.sleep(150);
    const until = performance.now() + 400;
    while (performance.now() < until);
    expect(listening.monotonicMs() - began).toBeLessThan(100);
    await sleeping;
    expect(listening.monotonicMs() - began).toBeGreaterThanOrEqual(149);
    expect(performance.now()).toBeGreaterThan(until + 50);
  });
});
