import { describe, expect, it } from "vitest";
import { ticks } from "../../tests/support/snapshots.ts";
import { lastTrouble, saySlots, sayTicks, tickRuns } from "./tick-words.ts";

const HOUR = 3_600_000;

describe("the history bar in words", () => {
  it("counts time where the width of a slot is known, slots otherwise", () => {
    expect(sayTicks({ ticks: ticks("..gggarr"), tickMs: HOUR })).toBe("History, last 6 h: 2 h problem, 1 h attention, 3 h fine.");
    expect(sayTicks({ ticks: ticks("gu") })).toBe("History, last 2 slots: 1 slot unknown, 1 slot fine.");
    expect(saySlots(1, undefined)).toBe("1 slot");
  });

  it("says when there is none yet", () => {
    expect(sayTicks({ ticks: ticks("....") })).toBe("No history yet.");
    expect(sayTicks({ ticks: [] })).toBe("No history yet.");
  });
});

describe("the history as runs", () => {
  it("joins equal neighbours, newest first, and loses no slot", () => {
    const runs = tickRuns(ticks("..ggarrr"));
    expect(runs).toEqual([
      { light: "red", from: 0, slots: 3 },
      { light: "amber", from: 3, slots: 1 },
      { light: "green", from: 4, slots: 2 },
      { light: null, from: 6, slots: 2 },
    ]);
    expect(runs.reduce((sum, run) => sum + run.slots, 0)).toBe(8);
    expect(tickRuns([])).toEqual([]);
  });
});

describe("the last trouble", () => {
  const past = (title: string, text: string) => ({ title, ticks: ticks(text), tickMs: HOUR });

  it("is the newest among all stacks", () => {
    expect(lastTrouble([past("One", "rggg"), past("Two", "gagg")])).toBe("Two, 2 h ago");
  });

  it("does not count what is merely unknown", () => {
    expect(lastTrouble([past("One", "gugg")])).toBeNull();
  });

  it("may still be in the newest slot", () => {
    expect(lastTrouble([past("One", "gggr")])).toBe("One, just now");
  });
});
