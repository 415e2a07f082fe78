import { describe, expect, it } from "vitest";
import type { Clock } from "../../core/ports/clock.ts";

/** What every clock must do. `pass` lets the given milliseconds go by. */
export function clockSuite(name: string, make: () => { clock: Clock; pass: (ms: number) => Promise<void> }): void {
  describe(`${name} as a Clock`, () => {
    it("moves both times on by what went by", async () => {
      const { clock, pass } = make();
      const before = { wall: clock.nowMs(), steady: clock.monotonicMs() };
      await pass(30);
      expect(clock.nowMs() - before.wall).toBeGreaterThanOrEqual(29);
      expect(clock.monotonicMs() - before.steady).toBeGreaterThanOrEqual(29);
    });

    it("tells the wall time in epoch milliseconds", () => {
      expect(make().clock.nowMs()).toBeGreaterThan(Date.UTC(2025, 0));
    });

    it("does not wake a sleeper before its time", async () => {
      const { clock, pass } = make();
      const start = clock.monotonicMs();
      let wokeAt = Number.NaN;
      const sleeping = clock.sleep(40).then(() => {
        wokeAt = clock.monotonicMs();
      });
      await pass(10);
      expect(wokeAt).toBeNaN();
      await pass(60);
      await sleeping;
      expect(wokeAt - start).toBeGreaterThanOrEqual(40);
    });

    it("wakes sleepers in the order in which they are due", async () => {
      const { clock, pass } = make();
      const woken: string[] = [];
      const all = [
        clock.sleep(60).then(() => woken.push("late")),
        clock.sleep(10).then(() => woken.push("early")),
        clock.sleep(35).then(() => woken.push("middle")),
      ];
      await pass(100);
      await Promise.all(all);
      expect(woken).toEqual(["early", "middle", "late"]);
    });

    it("wakes at once, without rejecting, when the signal aborts", async () => {
      const { clock } = make();
      const controller = new AbortController();
      const sleeping = clock.sleep(1_000_000, controller.signal);
      controller.abort();
      await expect(sleeping).resolves.toBeUndefined();
    });

    it.each([0, -5, Number.NaN])("returns at once from a sleep of %s ms", async (ms) => {
      await expect(make().clock.sleep(ms)).resolves.toBeUndefined();
    });

    it("returns at once when the signal has aborted before", async () => {
      await expect(make().clock.sleep(1_000_000, AbortSignal.abort())).resolves.toBeUndefined();
    });
  });
}
