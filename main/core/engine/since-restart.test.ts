import { describe, expect, it } from "vitest";
import { sinceRestart } from "./since-restart.ts";

const hour = 3_600_000;
const restart = { at: 10 * hour, steadyMs: 5 * hour };
const since = (clockMs: number, steadyMs: number): number =>
  sinceRestart(restart, { at: restart.at + clockMs, steadyMs: restart.steadyMs + steadyMs });

describe("how long ago a restart was", () => {
  it("is what both times say when they agree", () => expect(since(90_000, 90_000)).toBe(90_000));
  it("does not grow with a clock that was set forward", () => expect(since(6 * hour, 60_000)).toBe(60_000));
  it("does not believe a clock that was set back", () => expect(since(-6 * hour, 60_000)).toBe(60_000));
  it("is not made older by another process whose own time is ahead", () => expect(since(60_000, 8 * hour)).toBe(60_000));
  it("does not lock anybody until an own time has caught up with a restart noted by a process that was ahead", () =>
    expect(since(hour, -8 * hour)).toBe(hour));
  it("is now when both lie in the time to come", () => expect(since(-300_000, -hour)).toBe(0));
  it("is now when a process that was a little ahead wrote it and the clock was set back", () => expect(since(-hour, -300_000)).toBe(0));
  it("was before all that is remembered when both lie far in the time to come: the record was lost", () =>
    expect([since(-hour, -hour), since(-8_760 * hour, -4 * hour)]).toEqual([4 * hour, hour]));
});
