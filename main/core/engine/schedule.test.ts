import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstDue, fraction, nextDue, pauseMs } from "./schedule.ts";

const quiet = { everyMs: 15_000, failures: 0, unsettled: false, visible: true };

describe("cadence", () => {
  it("looks half as often when all is quiet and nobody looks", () => {
    expect(pauseMs(quiet)).toBe(15_000);
    expect(pauseMs({ ...quiet, visible: false })).toBe(30_000);
    expect(pauseMs({ ...quiet, visible: false, failures: 1 })).toBe(15_000);
    expect(pauseMs({ ...quiet, everyMs: 50_000, visible: false })).toBe(60_000);
    expect(pauseMs({ ...quiet, everyMs: 300_000, visible: false })).toBe(300_000);
  });

  it.each([
    [1, 1_000],
    [2, 3_000],
    [3, 9_000],
  ])("looks again soon after failure %i", (failures, aboutMs) => {
    const due = nextDue("check", 0, 100_000, { ...quiet, failures, unsettled: true });
    expect(due - 100_000).toBeGreaterThanOrEqual(aboutMs * 0.8);
    expect(due - 100_000).toBeLessThanOrEqual(aboutMs * 1.2);
  });

  it("returns to the normal cadence after the fast retries, and never slows a fast check down", () => {
    expect(nextDue("check", 100_000, 100_000, { ...quiet, failures: 4, unsettled: true })).toBe(115_000);
    expect(nextDue("check", 0, 100_000, { ...quiet, everyMs: 5_000, failures: 3, unsettled: true })).toBe(105_000);
  });

  it("stays on its grid and skips what was missed", () => {
    expect(nextDue("check", 0, 400, quiet)).toBe(15_000);
    expect(nextDue("check", 0, 47_000, quiet)).toBe(60_000);
  });

  it("is always in the future", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.nat(1e9),
        fc.nat(1e9),
        fc.integer({ min: 500, max: 600_000 }),
        fc.nat(6),
        fc.boolean(),
        fc.boolean(),
        (id, a, b, everyMs, failures, unsettled, visible) => {
          const now = Math.max(a, b);
          expect(nextDue(id, Math.min(a, b), now, { everyMs, failures, unsettled, visible })).toBeGreaterThan(now);
        },
      ),
    );
  });
});

describe("spreading", () => {
  it("gives 500 checks of 5 s start times that do not bunch", () => {
    const starts = Array.from({ length: 500 }, (_, i) => firstDue(i, 0, 5_000));
    const perTenth = Array.from({ length: 50 }, (_, slot) => starts.filter((s) => Math.floor(s / 100) === slot).length);
    expect(Math.max(...perTenth)).toBeLessThanOrEqual(12);
    expect(Math.min(...perTenth)).toBeGreaterThanOrEqual(8);
  });

  it("jitters names that differ only at their end by different amounts", () => {
    expect(new Set(Array.from({ length: 40 }, (_, i) => Math.floor(fraction(`check-${i}`) * 20))).size).toBeGreaterThan(12);
  });

  it("stays inside 0 and 1", () => {
    fc.assert(fc.property(fc.string(), (text) => fraction(text) >= 0 && fraction(text) < 1));
  });
});
