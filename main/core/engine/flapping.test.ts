import { describe, expect, it } from "vitest";
import { Flaps, flapPercent, noFlaps, noteState, quietNeededMs, quietStateMs } from "./flapping.ts";

const changes = (n: number): boolean[] => Array.from({ length: n }, () => true);
const quiet = (n: number): boolean[] => Array.from({ length: n }, () => false);
/** States in a row, each a quiet state's length after the one before. */
const play = (states: readonly boolean[], from: Flaps = noFlaps): Flaps =>
  states.reduce((flaps, changed) => noteState(flaps, changed, flaps.notedMs + quietStateMs), from);

describe("flapping", () => {
  it.each([
    ["five newest changes", changes(5), 28.5],
    ["six newest changes", changes(6), 33.9],
    ["permanent alternation", changes(20), 99],
    ["six oldest changes", [...changes(6), ...quiet(14)], 25.5],
    ["nothing at all", [], 0],
  ])("weighs %s as Icinga 2 does", (_what, states, percent) => {
    expect(flapPercent(states)).toBeCloseTo(percent, 9);
  });

  it("counts only the last twenty states", () => {
    expect(flapPercent([...changes(30), ...quiet(20)])).toBe(0);
  });

  it("starts with the sixth change in a row, not with the fifth", () => {
    expect(play(changes(5)).flapping).toBe(false);
    expect(play(changes(6)).flapping).toBe(true);
  });

  it("stops after fifteen quiet states, not after fourteen", () => {
    const storm = play(changes(6));
    expect(play(quiet(14), storm).flapping).toBe(true);
    expect(play(quiet(15), storm).flapping).toBe(false);
  });

  it("does not start again between the two thresholds", () => {
    const calm = play(quiet(15), play(changes(6)));
    expect(calm.flapping).toBe(false);
    expect(noteState(calm, true, calm.notedMs).flapping).toBe(false);
  });

  it("notes every change at once and quiet states once a minute, so that looking often washes nothing away", () => {
    let flaps = play(changes(6));
    for (let i = 1; i <= 100; i++) flaps = noteState(flaps, false, flaps.notedMs + 500);
    expect(flaps.flapping).toBe(true);
    const fast = changes(6).reduce((all, changed, i) => noteState(all, changed, i * 1_000), noFlaps);
    expect(fast.flapping).toBe(true);
  });

  it("tells how long it takes to count as steady", () => {
    const storm = play(changes(6));
    expect(quietNeededMs(storm, storm.notedMs)).toBe(15 * quietStateMs);
    expect(quietNeededMs(storm, storm.notedMs + 20_000)).toBe(15 * quietStateMs - 20_000);
    expect(quietNeededMs(noFlaps, 0)).toBe(0);
  });

  it("reads a damaged record as far as it goes", () => {
    expect(Flaps.parse({ changes: [true, "yes", false], flapping: "no", notedMs: -4 })).toEqual({
      changes: [true, false],
      flapping: false,
      notedMs: 0,
    });
    expect(Flaps.parse({ changes: changes(500) }).changes).toHaveLength(20);
  });
});
