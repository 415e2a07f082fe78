import { describe, expect, it } from "vitest";
import { manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { fakeStateStore } from "../../main/adapters/state-store/fake.ts";
import type { StateStore } from "../../main/core/ports/state-store.ts";
import { newDisk } from "../support/acting-double.ts";
import { CODE, CONFIG, command, LABEL, look, planned, relayOn, repairRig, restart, start, write } from "../support/repair-rig.ts";

const fileOf = (rig: Awaited<ReturnType<typeof repairRig>>) => rig.relay.disk.files.get(CONFIG)?.text;
const lightOf = async (rig: Awaited<ReturnType<typeof repairRig>>) => (await rig.app.handlers.getSnapshot({})).light;

describe("a repair from red to green", () => {
  it("does its steps in order, proves the result with another probe, and files a receipt", async () => {
    const rig = await repairRig({ effects: [write("new"), restart, look] });
    rig.relay.needs = "new";
    rig.relay.bootMs = 8_000;
    expect(await lightOf(rig)).toBe("red");
    const begun = await rig.begin();
    expect(begun).toMatchObject({ state: "running", before: { light: "red" }, undo: "not-needed" });
    const run = await rig.settled(begun.id);
    expect(run).toMatchObject({ outcome: "verified", verifiedBy: ["health"], undo: "available", after: { light: "green", findings: [] } });
    expect(run.progress).toEqual({ trend: "better", sentence: "1 problem less" });
    expect(run.steps.map(({ state }) => state)).toEqual(["done", "done", "done"]);
    expect(rig.relay.done).toEqual([`restart ${LABEL}`]);
    expect(fileOf(rig)).toBe("new");
    expect(await lightOf(rig)).toBe("green");
    const lists = await rig.wait(rig.app.handlers.listRepairs({}));
    expect(lists).toMatchObject({ running: [], interrupted: [], ended: [{ id: begun.id, outcome: "verified" }] });
    expect(rig.journal()).toEqual([
      "repair-started",
      "step-started 1",
      "file-kept 1",
      "step-ended 1",
      "step-started 2",
      "step-ended 2",
      "step-started 3",
      "step-ended 3",
      "repair-ended verified",
    ]);
    expect(rig.relay.disk.held.size).toBe(0);
    await rig.wait(rig.app.stop());
  });

  it("does nothing when the plan is another one than was shown, and what was shown when it is the same", async () => {
    const effects = [write("new"), restart];
    const rig = await repairRig({ effects });
    const wish = { stack: "pigeon", code: CODE, remedy: "mend" };
    const { seal } = await rig.wait(rig.app.handlers.previewPlan(wish));
    effects[0] = write("something else");
    const refused = rig.wait(rig.app.handlers.startRepair({ ...wish, confirmed: "once", seal }));
    await expect(refused).rejects.toMatchObject({ code: "refused", message: expect.stringContaining("changed since it was shown") });
    expect([fileOf(rig), rig.relay.done, rig.relay.disk.held.size]).toEqual(["old", [], 0]);
    effects[0] = write("new");
    const { id } = await rig.wait(rig.app.handlers.startRepair({ ...wish, confirmed: "once", seal }));
    expect(await rig.settled(id)).toMatchObject({ outcome: "verified" });
    await rig.wait(rig.app.stop());
  });

  it("puts every file back, byte for byte, when it is undone", async () => {
    const other = "/home/sam/.pigeon/new.json";
    const rig = await repairRig({ effects: [write("new"), write("newer"), write("added", other), restart] });
    const { id } = await rig.begin();
    await rig.settled(id);
    expect([fileOf(rig), rig.relay.disk.files.get(other)?.text]).toEqual(["newer", "added"]);
    const undone = await rig.wait(rig.app.handlers.undoRepair({ id, force: false }));
    expect(undone).toMatchObject({
      outcome: "undone",
      undo: "done",
      steps: [{ state: "undone" }, { state: "undone" }, { state: "undone" }, { state: "done" }],
    });
    expect([fileOf(rig), rig.relay.disk.files.has(other)]).toEqual(["old", false]);
    await expect(rig.wait(rig.app.handlers.undoRepair({ id, force: false }))).rejects.toMatchObject({ code: "not-found" });
    await rig.wait(rig.app.stop());
  });

  it("does not undo what somebody else changed since, unless asked again", async () => {
    const rig = await repairRig({ effects: [write("new"), restart] });
    const { id } = await rig.begin();
    await rig.settled(id);
    rig.relay.disk.files.set(CONFIG, { text: "theirs", mode: 0o600 });
    await expect(rig.wait(rig.app.handlers.undoRepair({ id, force: false }))).rejects.toMatchObject({
      code: "refused",
      message: expect.stringContaining(CONFIG),
    });
    expect(fileOf(rig)).toBe("theirs");
    await rig.wait(rig.app.handlers.undoRepair({ id, force: true }));
    expect(fileOf(rig)).toBe("old");
    await rig.wait(rig.app.stop());
  });
});

describe("old repairs", () => {
  it("can no longer be undone once what was there before is let go, and say so", async () => {
    const day = 86_400_000;
    const rig = await repairRig({ effects: [write("new"), restart] });
    const { id } = await rig.begin();
    await rig.settled(id);
    await rig.wait(rig.app.stop());
    rig.clock.jump(59 * day);
    const { relay, clock } = rig;
    const later = await repairRig({ relay, clock });
    expect(await later.wait(later.app.handlers.listRepairs({}))).toMatchObject({ ended: [{ id, undo: "available" }] });
    await later.wait(later.app.stop());
    clock.jump(2 * day);
    const tooLate = await repairRig({ relay, clock });
    expect(Math.round((clock.nowMs() - (relay.disk.forgottenMs ?? 0)) / day)).toBe(60);
    expect(await tooLate.wait(tooLate.app.handlers.listRepairs({}))).toMatchObject({ ended: [{ id, undo: "impossible" }] });
    await expect(tooLate.wait(tooLate.app.handlers.undoRepair({ id, force: true }))).rejects.toMatchObject({ code: "not-found" });
    expect(fileOf(tooLate)).toBe("new");
    await tooLate.wait(tooLate.app.stop());
  });
});

describe("a repair that does not go well", () => {
  it("stops at the step that fails, says so, and offers to put the files back", async () => {
    const rig = await repairRig({ effects: [write("new"), command(["pigeon", "check"]), restart] });
    rig.relay.run = async () => ({ exitCode: 3, stderr: "no loft" });
    const { id } = await rig.begin();
    const run = await rig.settled(id);
    expect(run).toMatchObject({ outcome: "failed", undo: "available" });
    expect(run.sentence).toMatch(/^Stopped at step 2 of 3: pigeon check: It ended with exit code 3 The changed|^Stopped at step 2 of 3/);
    expect(run.steps.map(({ state }) => state)).toEqual(["done", "failed", "cancelled"]);
    expect(run.steps[1]).toMatchObject({ output: "no loft" });
    expect(rig.relay.done).toEqual(["pigeon check"]);
    await rig.wait(rig.app.stop());
  });

  it("is not called repaired when it does not work afterwards", async () => {
    const rig = await repairRig({ effects: [restart] });
    rig.relay.needs = "never";
    const run = await rig.settled((await rig.begin()).id);
    expect(run).toMatchObject({ outcome: "not-verified", verifiedBy: [], after: { light: "red" } });
    expect(run.sentence).toContain("does not work yet");
    await rig.wait(rig.app.stop());
  });

  it("is not called repaired when only its own last look says so for a moment", async () => {
    const rig = await repairRig({ effects: [restart, look] });
    let looks = 0;
    // Up for one look after the restart, then down again: a crash loop.
    rig.relay.acts = () => {
      rig.relay.isUp = true;
      looks += 1;
      void rig.clock.sleep(1_500).then(() => {
        rig.relay.isUp = false;
      });
      return { kind: "done", detail: "restarted" };
    };
    const run = await rig.settled((await rig.begin()).id);
    expect(looks).toBe(1);
    expect(run.outcome).toBe("not-verified");
    await rig.wait(rig.app.stop());
  });

  it("does nothing when it cannot be written down", async () => {
    const rig = await repairRig({ effects: [write("new"), restart] });
    rig.relay.disk.full = true;
    await expect(rig.begin()).rejects.toMatchObject({ code: "refused", message: expect.stringContaining("no space left") });
    expect([fileOf(rig), rig.relay.done, rig.relay.disk.held.size]).toEqual(["old", [], 0]);
    await rig.wait(rig.app.stop());
  });

  it("ends for who waits, too, when the end itself cannot be written down", async () => {
    const relay = relayOn(newDisk({}));
    const clock = manualClock();
    const memory = fakeStateStore(relay.disk.state);
    let isFull = false;
    const state: StateStore = {
      ...memory,
      write: (key, value) => (isFull ? Promise.reject(new Error("read-only file system")) : memory.write(key, value)),
    };
    const rig = await repairRig({ relay, clock, effects: [start, planned({ do: "wait", reason: "r", forMs: 5_000 })], acting: { state } });
    const { id } = await rig.begin();
    await clock.advance(6_000);
    isFull = true;
    await clock.advance(60_000);
    expect(rig.told.at(-1)).toMatchObject({ id, state: "ended", outcome: "failed", sentence: expect.stringContaining("read-only") });
    isFull = false;
    expect(await rig.wait(rig.app.handlers.listRepairs({}))).toMatchObject({ running: [], interrupted: [{ id }] });
    await rig.wait(rig.app.stop());
  });

  it("stops before the next step when the disk fills up on the way", async () => {
    const rig = await repairRig({ effects: [command(["pigeon", "fill"]), restart] });
    rig.relay.run = async () => {
      rig.relay.disk.full = true;
      return {};
    };
    const run = await rig.settled((await rig.begin()).id);
    expect(run).toMatchObject({ outcome: "failed", sentence: expect.stringContaining("could not be written") });
    expect(rig.relay.done).toEqual(["pigeon fill"]);
    await rig.wait(rig.app.stop());
  });
});

describe("who is asked before", () => {
  it.each([
    ["disruptive", "no", true],
    ["disruptive", "once", false],
    ["destructive", "once", true],
    ["destructive", "twice", false],
    ["safe", "no", false],
  ] as const)("a %s plan confirmed %s is refused: %s", async (risk, confirmed, isRefused) => {
    const rig = await repairRig({ effects: [restart], risk });
    const call = rig.wait(rig.app.handlers.startRepair({ stack: "pigeon", code: CODE, remedy: "mend", confirmed }));
    if (isRefused) await expect(call).rejects.toMatchObject({ code: "refused" });
    else await expect(call).resolves.toMatchObject({ state: "running" });
    expect(rig.relay.done).toEqual(isRefused ? [] : [`restart ${LABEL}`]);
    await rig.wait(rig.app.stop());
  });

  it("waits for a person, and goes on, leaves out or stops as they say", async () => {
    const ask = planned({ do: "ask-person", instruction: "Feed the pigeons." });
    const rig = await repairRig({ effects: [ask, ask, ask, start] });
    const { id } = await rig.begin();
    const asking = await rig.settled(id);
    expect(asking).toMatchObject({ state: "asking", question: { kind: "do", step: 0, text: "Feed the pigeons." } });
    const answer = (given: "done" | "skip" | "stop") => rig.wait(rig.app.handlers.answerRepair({ id, answer: given }));
    await answer("done");
    expect(await rig.settled(id)).toMatchObject({
      state: "asking",
      question: { step: 1 },
      steps: [{ state: "done" }, { state: "asking" }, {}, {}],
    });
    await answer("skip");
    await rig.settled(id);
    await answer("stop");
    expect(await rig.settled(id)).toMatchObject({
      outcome: "cancelled",
      steps: [{ state: "done" }, { state: "skipped" }, { state: "cancelled" }, { state: "cancelled" }],
    });
    expect(rig.relay.done).toEqual([]);
    await rig.wait(rig.app.stop());
  });

  it("ends a process only after a yes to its very name and number", async () => {
    const ended: number[] = [];
    const end = planned({ do: "end-process", pid: 99, startedMs: 5_000_000, name: "hawk" }, "destructive");
    const rig = await repairRig({
      effects: [end],
      acting: {
        ending: {
          end: async (pid) => {
            ended.push(pid);
            return { kind: "ended", afterMs: 300 };
          },
        },
      },
    });
    const hawk = { pid: 99, ppid: 1, user: "sam", name: "hawk", command: "hawk", state: "running", startedMs: 5_000_000 } as const;
    rig.relay.processes.push(hawk);
    const { id } = await rig.begin();
    expect(await rig.settled(id)).toMatchObject({ question: { kind: "confirm", text: expect.stringMatching(/hawk \(process 99/) } });
    expect(ended).toEqual([]);
    await rig.wait(rig.app.handlers.answerRepair({ id, answer: "done" }));
    await rig.settled(id);
    expect(ended).toEqual([99]);
    await rig.wait(rig.app.stop());
  });

  it("leaves a process alone whose number was given to another one", async () => {
    const end = planned({ do: "end-process", pid: 99, startedMs: 5_000_000, name: "hawk" }, "destructive");
    const rig = await repairRig({ effects: [end] });
    rig.relay.processes.push({ pid: 99, ppid: 1, user: "sam", name: "dove", command: "dove", state: "running", startedMs: 9_000_000 });
    expect(await rig.settled((await rig.begin()).id)).toMatchObject({
      outcome: "failed",
      sentence: expect.stringContaining("not the hawk"),
    });
    await rig.wait(rig.app.stop());
  });
});

describe("ending a repair", () => {
  it("cancels a wait at once and does nothing after it", async () => {
    const rig = await repairRig({ effects: [write("new"), planned({ do: "wait", reason: "Pigeons rest", forMs: 60_000 }), restart] });
    const { id } = await rig.begin();
    await rig.clock.advance(5_000);
    const resting = await rig.wait(rig.app.handlers.getRepair({ id, waitMs: 0 }));
    expect(resting.steps[1]?.detail).toMatch(/Pigeons rest: 5\d s left/);
    const run = await rig.wait(rig.app.handlers.cancelRepair({ id }), 5_000);
    expect(run).toMatchObject({
      outcome: "cancelled",
      undo: "available",
      steps: [{ state: "done" }, { state: "cancelled" }, { state: "cancelled" }],
    });
    expect(rig.relay.done).toEqual([]);
    expect(rig.relay.disk.held.size).toBe(0);
    await rig.wait(rig.app.stop());
  });

  it("ends a wait early when what it waits for is there", async () => {
    const wait = planned({ do: "wait", reason: "It boots", forMs: 600_000, until: "health" });
    const rig = await repairRig({ effects: [start, wait] });
    rig.relay.bootMs = 10_000;
    const { id } = await rig.begin();
    const run = await rig.settled(id, 60_000);
    expect(run).toMatchObject({ outcome: "verified", steps: [{}, { detail: expect.stringMatching(/^After 1\d s/) }] });
    await rig.wait(rig.app.stop());
  });

  it("leaves a repair where it is when the app ends; the next one finishes it without repeating what was done", async () => {
    const first = await repairRig({ effects: [write("new"), planned({ do: "wait", reason: "r", forMs: 60_000 }), restart, look] });
    const { id } = await first.begin();
    await first.clock.advance(3_000);
    await first.wait(first.app.stop());
    expect([first.relay.disk.held.size, first.relay.done]).toEqual([0, []]);
    const { relay, clock } = first;
    const second = await repairRig({ relay, clock, pid: 4_343, effects: [restart] });
    const lists = await second.wait(second.app.handlers.listRepairs({}));
    expect(lists).toMatchObject({ running: [], interrupted: [{ id, steps: [{ state: "done" }, { state: "running" }, {}, {}] }] });
    relay.disk.files.set(CONFIG, { text: "edited meanwhile", mode: 0o600 });
    await second.wait(second.app.handlers.resumeRepair({ id, how: "finish" }));
    const run = await second.settled(id);
    expect(run).toMatchObject({ outcome: "verified" });
    expect(fileOf(second)).toBe("edited meanwhile");
    expect(relay.done).toEqual([`restart ${LABEL}`]);
    await second.wait(second.app.stop());
  });

  it("closes an interrupted repair as it is, or undoes it", async () => {
    const disk = newDisk({ [CONFIG]: "old" });
    const relay = relayOn(disk);
    const effects = [write("new"), planned({ do: "wait", reason: "r", forMs: 60_000 })];
    const first = await repairRig({ relay, effects });
    const one = await first.begin();
    await first.wait(first.app.stop());
    const second = await repairRig({ relay, clock: first.clock, effects });
    await expect(second.wait(second.app.handlers.resumeRepair({ id: one.id, how: "leave" }))).resolves.toMatchObject({
      outcome: "interrupted",
      state: "ended",
      undo: "available",
    });
    expect(await second.wait(second.app.handlers.listRepairs({}))).toMatchObject({ interrupted: [], ended: [{ id: one.id }] });
    await second.wait(second.app.handlers.undoRepair({ id: one.id, force: false }));
    expect(fileOf(second)).toBe("old");
    await second.wait(second.app.stop());
  });
});

describe("two at once", () => {
  it("one repairs, the other says who does and since when; its list shows the repair as under way", async () => {
    const one = await repairRig({ effects: [planned({ do: "wait", reason: "r", forMs: 60_000 }), restart], pid: 11 });
    const { relay, clock } = one;
    const two = await repairRig({ relay, clock, effects: [restart], pid: 22 });
    const { id } = await one.begin();
    await clock.advance(4_000);
    await expect(two.begin()).rejects.toMatchObject({
      code: "busy",
      message: expect.stringMatching(/^"Mend the relay" is under way \(process 11, for \d s\)/),
    });
    expect(await two.wait(two.app.handlers.listRepairs({}))).toMatchObject({ running: [{ id }], interrupted: [] });
    await expect(two.wait(two.app.handlers.resumeRepair({ id, how: "finish" }))).rejects.toMatchObject({ code: "busy" });
    await one.settled(id);
    expect(relay.done).toEqual([`restart ${LABEL}`]);
    await one.wait(one.app.stop());
    await two.wait(two.app.stop());
  });
});

describe("what a person wants", () => {
  it("stops a stack, shows it as stopped and not as broken, and remembers that over a restart of ours", async () => {
    const rig = await repairRig();
    rig.relay.isUp = true;
    await rig.clock.advance(20_000);
    expect(await lightOf(rig)).toBe("green");
    const plan = await rig.wait(rig.app.handlers.previewOperation({ stack: "pigeon", action: "stop" }));
    expect(plan).toMatchObject({ risk: "disruptive", runnable: true, effects: [{ commands: [["systemctl", "--user", "stop", LABEL]] }] });
    const { id } = await rig.wait(rig.app.handlers.operateStack({ stack: "pigeon", action: "stop" }));
    expect(await rig.settled(id)).toMatchObject({ outcome: "verified", title: "Stop Pigeon" });
    await rig.clock.advance(60_000);
    const snapshot = await rig.app.handlers.getSnapshot({});
    expect(snapshot.light).toBe("grey");
    expect(snapshot.sentence).toMatch(/^PIGEON: stopped by you \d+ s ago$/);
    expect(snapshot.stacks[0]).toMatchObject({ stopped: { by: "sam" }, findings: [{ code: CODE, light: "grey" }] });
    await rig.wait(rig.app.stop());
    const next = await repairRig({ relay: rig.relay, clock: rig.clock, mode: "once" });
    expect(await next.app.handlers.getSnapshot({})).toMatchObject({ light: "grey", stacks: [{ stopped: { by: "sam" } }] });
    await next.wait(next.app.stop());
  });

  it("forgets the stop once somebody starts it again, so that the next failure is one", async () => {
    const rig = await repairRig();
    rig.relay.isUp = true;
    await rig.clock.advance(20_000);
    await rig.settled((await rig.wait(rig.app.handlers.operateStack({ stack: "pigeon", action: "stop" }))).id);
    await rig.clock.advance(40_000);
    rig.relay.isUp = true;
    await rig.clock.advance(20_000);
    expect(await lightOf(rig)).toBe("green");
    rig.relay.isUp = false;
    await rig.clock.advance(30_000);
    expect(await lightOf(rig)).toBe("red");
    expect(rig.journal()).toContain("intent-over");
    await rig.wait(rig.app.stop());
  });
});
