import { describe, expect, it } from "vitest";
import type { Light } from "../../core/model/light.ts";
import type { History, HistoryEntry } from "../../core/ports/history.ts";

const entry = (at: number, light: Light, check = "a", stack = "s"): HistoryEntry => ({ stack, check, light, at, durationMs: 7 });

/** What every history must do. `make` gives an empty one. */
export function historySuite(name: string, make: () => History): void {
  describe(`${name} as a History`, () => {
    it("knows nothing at first: every slot is null and no entry is recent", () => {
      const history = make();
      expect(history.slots("s", { slots: 3, slotMs: 10, nowMs: 100 })).toEqual([null, null, null]);
      expect(history.recent("s", "a", 5)).toEqual([]);
    });

    it("gives recent entries oldest first, whole, and no more than asked for", () => {
      const history = make();
      for (const at of [1, 2, 3]) history.append(entry(at, "green"));
      expect(history.recent("s", "a", 2)).toEqual([entry(2, "green"), entry(3, "green")]);
      expect(history.recent("s", "a", 0)).toEqual([]);
    });

    it("keeps checks and stacks apart", () => {
      const history = make();
      history.append(entry(1, "red", "a", "one"));
      history.append(entry(1, "green", "a", "two"));
      history.append(entry(2, "amber", "b", "two"));
      expect(history.recent("two", "a", 5).map((e) => e.light)).toEqual(["green"]);
      expect(history.slots("one", { slots: 1, slotMs: 10, nowMs: 5 })).toEqual(["red"]);
    });

    it("gives the worst light of a slot over all checks of the stack, oldest slot first", () => {
      const history = make();
      history.append(entry(71, "green", "a"));
      history.append(entry(72, "red", "b"));
      history.append(entry(85, "green", "a"));
      history.append(entry(99, "grey", "b"));
      expect(history.slots("s", { slots: 4, slotMs: 10, nowMs: 100 })).toEqual([null, "red", "green", "grey"]);
    });

    it("puts the present moment in the last slot and leaves out what is older than the first", () => {
      const history = make();
      history.append(entry(100, "amber"));
      history.append(entry(79, "red"));
      expect(history.slots("s", { slots: 2, slotMs: 10, nowMs: 100 })).toEqual([null, "amber"]);
    });

    it("leaves out entries from the future, as after the clock was set back", () => {
      const history = make();
      history.append(entry(500, "red"));
      expect(history.slots("s", { slots: 2, slotMs: 10, nowMs: 100 })).toEqual([null, null]);
    });
  });
}
