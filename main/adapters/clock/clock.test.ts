import { setTimeout as wait } from "node:timers/promises";
import { MessageChannel } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { manualClock } from "./manual-clock.ts";
import { clockSuite } from "./suite.ts";
import { systemClock } from "./system-clock.ts";

clockSuite("systemClock", () => ({ clock: systemClock, pass: async (ms) => void (await wait(ms)) }));
clockSuite("manualClock", () => {
  const clock = manualClock();
  return { clock, pass: (ms) => clock.advance(ms) };
});

describe("systemClock", () => {
  it("sleeps on when asked for longer than one timer can hold", async () => {
    const controller = new AbortController();
    let woke = false;
    const sleeping = systemClock.sleep(2 ** 40, controller.signal).then(() => {
      woke = true;
    });
    await wait(30);
    expect(woke).toBe(false);
    controller.abort();
    await sleeping;
  });

  it("lets what arrived meanwhile be read before it wakes a sleeper late", async () => {
    const { port1, port2 } = new MessageChannel();
    const order: string[] = [];
    port2.on("message", () => order.push("read"));
    const sleeping = systemClock.sleep(5).then(() => order.push("woken"));
    port1.postMessage("here");
    const until = performance.now() + 50;
    while (performance.now() < until);
    await sleeping;
    port1.close();
    expect(order).toEqual(["read", "woken"]);
  });
});

describe("manualClock", () => {
  it("stands still unless moved", async () => {
    const clock = manualClock(1000);
    await wait(5);
    expect([clock.nowMs(), clock.monotonicMs()]).toEqual([1000, 0]);
  });

  it("shows each sleeper the time at which it was due, not the end of the move", async () => {
    const clock = manualClock(0);
    const seen: number[] = [];
    void clock.sleep(10).then(() => seen.push(clock.nowMs()));
    void clock.sleep(30).then(() => seen.push(clock.nowMs()));
    await clock.advance(100);
    expect(seen).toEqual([10, 30]);
    expect(clock.nowMs()).toBe(100);
  });

  it("wakes a loop as often as it would have run in that time", async () => {
    const clock = manualClock(0);
    let rounds = 0;
    const stop = new AbortController();
    const loop = (async () => {
      while (!stop.signal.aborted) {
        await clock.sleep(5, stop.signal);
        rounds += 1;
      }
    })();
    await clock.advance(50);
    expect(rounds).toBe(10);
    stop.abort();
    await loop;
  });

  it("jumps the wall clock without moving the monotonic time or waking anyone", async () => {
    const clock = manualClock(5000);
    void clock.sleep(10);
    clock.jump(-3000);
    expect([clock.nowMs(), clock.monotonicMs(), clock.sleepers]).toEqual([2000, 0, 1]);
    await clock.advance(10);
    expect([clock.nowMs(), clock.sleepers]).toEqual([2010, 0]);
  });

  it("wakes nobody while it lags, and everybody due meanwhile at the next move, late", async () => {
    const clock = manualClock(0);
    const seen: number[] = [];
    void clock.sleep(10).then(() => seen.push(clock.monotonicMs()));
    clock.lag(400);
    await wait(5);
    expect([seen, clock.nowMs()]).toEqual([[], 400]);
    await clock.advance(0);
    expect(seen).toEqual([400]);
  });

  it("forgets a sleeper that was aborted", () => {
    const clock = manualClock();
    const controller = new AbortController();
    void clock.sleep(10, controller.signal);
    controller.abort();
    expect(clock.sleepers).toBe(0);
  });
});
