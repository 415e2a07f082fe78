import { describe, expect, it } from "vitest";
import { each, lifeOf, loaded, up } from "../../../tests/support/sim-life.ts";
import type { ForeignWatchdog } from "../model/plan.ts";
import { foreignHold } from "./foreign-hold.ts";
import type { UnitLife } from "./unit-life.ts";

const minute = 60_000;
const dead = (after: number) => ({ after, reading: loaded("failed", { lastEnd: { exitCode: 1 } }), works: false });
const working = { after: 15, reading: up(1), works: true };
const timer: ForeignWatchdog = { kind: "systemd-timer", name: "gateway-heal.timer", evidence: "restart gateway" };
const hold = (life: UnitLife, more: Partial<Parameters<typeof foreignHold>[1]> = {}) =>
  foreignHold(life, { title: "the gateway", watchdogs: [], throttleMs: 10_000, ...more });

describe("leaving it to somebody else", () => {
  it("waits twice the throttle after a start that was not ours", () => {
    const life = lifeOf([working, { after: 15, reading: up(2), works: false }, dead(5)]);
    expect(hold(life)).toEqual({ sentence: "Not yet: something else started the gateway 5 s ago", forMs: 15_000 });
    expect(hold(life, { throttleMs: 30_000 })?.forMs).toBe(55_000);
    expect(hold(lifeOf([dead(15)], life))).toBeUndefined();
  });

  it("does not take a start of ours for one", () => {
    const life = lifeOf([working, { after: 15, reading: up(2), works: false, ours: [{ at: working.after, steadyMs: 5_000 }] }, dead(5)]);
    expect(hold(life)).toBeUndefined();
  });

  it("names a known restarter and gives it ten minutes to act", () => {
    const life = lifeOf([working, dead(15), dead(60)]);
    const answer = hold(life, { watchdogs: [timer] });
    expect(answer?.sentence).toBe("systemd timer gateway-heal.timer restarts the gateway too; switch that off first, or leave it to that");
    expect(answer?.forMs).toBe(9 * minute);
    expect(hold(lifeOf(each(10, dead(60)), life), { watchdogs: [timer] })).toBeUndefined();
  });

  it("goes on leaving it to a known restarter that does act", () => {
    const life = lifeOf([working, dead(15), ...each(12, dead(60)), { after: 15, reading: up(2), works: false }, dead(60), dead(60)]);
    expect(hold(life, { watchdogs: [timer] })?.sentence).toContain("restarts the gateway too, last 2 min ago");
  });

  it("calls a crontab line by its number only", () => {
    const cron: ForeignWatchdog = { kind: "cron-line", name: "crontab line 4", evidence: "x" };
    expect(hold(lifeOf([working, dead(15)]), { watchdogs: [cron] })?.sentence).toMatch(/^crontab line 4 restarts/);
  });

  it("leaves the next try to the manager, unless the plan takes the cause away", () => {
    const waiting = { after: 5, reading: loaded("waiting-to-restart", { nextTryMs: 7_000 }), works: false };
    const life = lifeOf([working, waiting]);
    expect(hold(life)).toEqual({ sentence: "The service manager starts the gateway again by itself in 7 s", forMs: 7_000 });
    expect(hold(life, { curesCause: true })).toBeUndefined();
    const loop = lifeOf(
      each(4, { after: 5, reading: up(2) }).flatMap((run, i) => [{ ...run, reading: up(10 + i) }, waiting]),
      life,
    );
    expect(hold(loop)?.sentence).toContain("it ended 4 times before it worked. Find the cause first");
  });

  it("does not join in when something started it three times in ten minutes, until that is over", () => {
    const starts = [2, 3, 4].map((pid) => ({ after: 60, reading: up(pid), works: false }));
    const life = lifeOf([working, ...starts, ...each(2, { after: 60, reading: up(4), works: false })]);
    expect(hold(life)?.sentence).toContain("Something else started the gateway 3 times in 10 min");
    expect(hold(life)?.forMs).toBe(6 * minute);
    expect(hold(lifeOf(each(7, { after: 60, reading: up(4), works: false }), life))).toBeUndefined();
  });

  it("steps in when a manager gave up after as many starts", () => {
    const starts = [2, 3, 4].map((pid) => ({ after: 5, reading: up(pid), works: false }));
    expect(hold(lifeOf([working, ...starts, dead(5), dead(30)]))).toBeUndefined();
  });
});
