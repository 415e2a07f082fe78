import { describe, expect, it } from "vitest";
import { manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { newDisk } from "../support/acting-double.ts";
import { CODE, CONFIG, command, LABEL, planned, relayOn, repairRig, restart, start, write } from "../support/repair-rig.ts";

type Rig = Awaited<ReturnType<typeof repairRig>>;
const preview = (rig: Rig) => rig.wait(rig.app.handlers.previewPlan({ stack: "pigeon", code: CODE, remedy: "mend" }));
const minutes = 60_000;

describe("the gate before a plan begins", () => {
  it("is open for a unit that is surely down, and says so in the preview", async () => {
    const rig = await repairRig({ effects: [start] });
    expect((await preview(rig)).gate).toEqual({ kind: "open" });
    expect(await rig.app.handlers.previewPlan({ stack: "pigeon", code: CODE, remedy: "mend", brief: true })).not.toHaveProperty("gate");
    await rig.wait(rig.app.stop());
  });

  it("is closed while the unit boots: the preview says until when, and nothing is run", async () => {
    const rig = await repairRig({ effects: [restart] });
    rig.relay.isUp = true;
    rig.relay.bootMs = 5 * minutes;
    rig.relay.sinceMs = rig.clock.nowMs();
    await rig.clock.advance(30_000);
    const { gate } = await preview(rig);
    expect(gate).toMatchObject({
      kind: "closed",
      reason: "booting",
      sentence: expect.stringMatching(/^Not yet: Pigeon is booting, \d+ s of a usual 60 s$/),
    });
    await expect(rig.begin()).rejects.toMatchObject({ code: "refused", message: expect.stringContaining("is booting") });
    expect([rig.relay.done, rig.journal(), rig.relay.disk.held.size]).toEqual([[], [], 0]);
    await rig.wait(rig.app.stop());
  });

  it.each([
    ["takes a process that has been running for long for booted, though its manager does not say since when", 60, "open"],
    ["takes a young process for booting", 0.5, "closed"],
  ])("%s", async (_, ageMinutes, kind) => {
    const clock = manualClock();
    const relay = relayOn(newDisk({}));
    Object.assign(relay, { isUp: true, tellsSince: false, sinceMs: clock.nowMs(), bootMs: 1_000 * minutes });
    const startedMs = clock.nowMs() - ageMinutes * minutes;
    relay.processes.push({ pid: 77, ppid: 1, user: "sam", name: "pigeon", command: "pigeon", state: "running", startedMs });
    const rig = await repairRig({ clock, relay, mode: "once", effects: [restart] });
    expect((await preview(rig)).gate).toMatchObject(kind === "open" ? { kind } : { kind, reason: "booting" });
    await rig.wait(rig.app.stop());
  });

  it("is closed for what a person stopped, until a person starts it", async () => {
    const rig = await repairRig({ effects: [start] });
    rig.relay.isUp = true;
    await rig.clock.advance(20_000);
    await rig.settled((await rig.wait(rig.app.handlers.operateStack({ stack: "pigeon", action: "stop" }))).id);
    await rig.clock.advance(30_000);
    await expect(rig.begin()).rejects.toMatchObject({ code: "refused", message: expect.stringMatching(/was stopped by sam/) });
    const { id } = await rig.wait(rig.app.handlers.operateStack({ stack: "pigeon", action: "start" }));
    expect(await rig.settled(id)).toMatchObject({ outcome: "verified" });
    expect(rig.relay.done).toEqual([`stop ${LABEL}`, `start ${LABEL}`]);
    await rig.wait(rig.app.stop());
  });

  it("names who else restarts the unit, and leaves it to them", async () => {
    const watchdog = { kind: "cron-line", name: "crontab line 4", evidence: "systemctl --user restart pigeon" } as const;
    const rig = await repairRig({ effects: [start], acting: { watchdogs: { find: async () => [watchdog] } } });
    expect(await preview(rig)).toMatchObject({ watchdogs: [watchdog], gate: { kind: "closed", reason: "foreign-restarter" } });
    await expect(rig.begin()).rejects.toMatchObject({ code: "refused", message: expect.stringContaining("crontab line 4") });
    await rig.wait(rig.app.stop());
  });

  it("does not fall when what looks for others fails", async () => {
    const rig = await repairRig({ effects: [start], acting: { watchdogs: { find: () => Promise.reject(new Error("no cron")) } } });
    expect((await preview(rig)).gate).toEqual({ kind: "open" });
    await rig.wait(rig.app.stop());
  });

  it("refuses the restart of a unit that works, but not to a person who asks for one", async () => {
    const rig = await repairRig({ effects: [restart] });
    rig.relay.isUp = true;
    await rig.clock.advance(5 * minutes);
    const operation = (action: "start" | "restart") => rig.wait(rig.app.handlers.previewOperation({ stack: "pigeon", action }));
    expect((await operation("start")).gate).toMatchObject({ kind: "closed", reason: "healthy" });
    expect((await operation("restart")).gate).toEqual({ kind: "open" });
    await rig.wait(rig.app.stop());
  });
});

describe("restarts that do not help", () => {
  it("end with a person after two, also over a restart of ours and in another process", async () => {
    const clock = manualClock();
    const relay = relayOn(newDisk({}));
    relay.needs = "never";
    for (const pid of [11, 22]) {
      const rig = await repairRig({ clock, relay, pid, effects: [restart] });
      expect((await rig.settled((await rig.begin()).id)).outcome).toBe("not-verified");
      await rig.wait(rig.app.stop());
      await clock.advance(20 * minutes);
    }
    const third = await repairRig({ clock, relay, pid: 33, effects: [restart] });
    await expect(third.begin()).rejects.toMatchObject({
      code: "refused",
      message: expect.stringMatching(/^2 repairs in a row did not help/),
    });
    expect(relay.done).toEqual([`restart ${LABEL}`, `restart ${LABEL}`]);
    await third.wait(third.app.stop());
  });

  it("cool down, and two processes that watch share what is left", async () => {
    const clock = manualClock();
    const relay = relayOn(newDisk({}));
    const one = await repairRig({ clock, relay, pid: 11, effects: [start], target: { bootGraceMs: 1 } });
    const two = await repairRig({ clock, relay, pid: 22, effects: [start], target: { bootGraceMs: 1 } });
    expect((await one.settled((await one.begin()).id)).outcome).toBe("verified");
    relay.isUp = false;
    await clock.advance(40_000);
    await expect(two.begin()).rejects.toMatchObject({ code: "refused", message: expect.stringMatching(/^Wait \d+ s: it was restarted/) });
    await clock.advance(5 * minutes);
    expect((await two.settled((await two.begin()).id)).outcome).toBe("verified");
    await one.wait(one.app.stop());
    await two.wait(two.app.stop());
  });
});

describe("the gate in the middle of a plan", () => {
  const rest = planned({ do: "wait", reason: "Pigeons rest", forMs: 60_000 });

  it("leaves a restart out when the unit works again by then", async () => {
    const rig = await repairRig({ effects: [rest, restart, command(["pigeon", "greet"])] });
    const { id } = await rig.begin();
    await rig.clock.advance(10_000);
    rig.relay.isUp = true;
    rig.relay.sinceMs = rig.clock.nowMs();
    const run = await rig.settled(id);
    expect(run).toMatchObject({ outcome: "verified", steps: [{ state: "done" }, { state: "skipped" }, { state: "done" }] });
    expect(run.steps[1]?.detail).toMatch(/^Not needed: Pigeon works/);
    expect(rig.relay.done).toEqual(["pigeon greet"]);
    await rig.wait(rig.app.stop());
  });

  it("stops the plan when the stack's own command has just started the unit", async () => {
    const rig = await repairRig({ effects: [rest, restart] });
    rig.relay.bootMs = 10 * minutes;
    const { id } = await rig.begin();
    await rig.clock.advance(50_000);
    rig.relay.isUp = true;
    rig.relay.sinceMs = rig.clock.nowMs();
    const run = await rig.settled(id);
    expect(run).toMatchObject({
      outcome: "failed",
      sentence: expect.stringMatching(/^Stopped at step 2 of 2: Not yet: Pigeon is booting/),
    });
    expect(rig.relay.done).toEqual([]);
    await rig.wait(rig.app.stop());
  });

  it("does not keep down what the plan itself took down", async () => {
    const stop = planned({ do: "service-unit", action: "stop", label: "pigeon" }, "disruptive");
    const rig = await repairRig({ effects: [stop, write("new"), start] });
    rig.relay.isUp = true;
    rig.relay.needs = "new";
    await rig.clock.advance(10 * minutes);
    const run = await rig.settled((await rig.begin()).id);
    expect(run.outcome).toBe("verified");
    expect(rig.relay.done).toEqual(["stop pigeon", `start ${LABEL}`]);
    await rig.wait(rig.app.stop());
  });

  it("lets a second restart of the same plan wait until the first has settled", async () => {
    const rig = await repairRig({ effects: [restart, write("new"), restart] });
    rig.relay.needs = "new";
    // The first restart comes up with the old configuration, which only the second one reads anew.
    let starts = 0;
    rig.relay.acts = () => {
      starts += 1;
      rig.relay.isUp = true;
      rig.relay.sinceMs = rig.clock.nowMs();
      rig.relay.bootMs = starts === 1 ? 60 * minutes : 0;
      return { kind: "done", detail: "restarted" };
    };
    const { id } = await rig.begin();
    await rig.clock.advance(30_000);
    expect(starts).toBe(1);
    expect((await rig.wait(rig.app.handlers.getRepair({ id, waitMs: 0 }))).steps[2]?.detail).toMatch(/left$/);
    const run = await rig.settled(id);
    expect([run.outcome, starts]).toEqual(["verified", 2]);
    expect(rig.relay.disk.files.get(CONFIG)?.text).toBe("new");
    await rig.wait(rig.app.stop());
  });
});
