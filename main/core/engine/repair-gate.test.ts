import { describe, expect, it } from "vitest";
import { each, epoch, type Look, lifeOf, loaded, up } from "../../../tests/support/sim-life.ts";
import { type GateAnswer, GateReason } from "../model/plan.ts";
import { afterRestart, afterVerification, type GateMemory, newMemory } from "./gate-memory.ts";
import { askGate, type GateFacts } from "./repair-gate.ts";
import { newLife, type UnitLife } from "./unit-life.ts";

const minute = 60_000;
const dead = (after = 15): Look => ({ after, reading: loaded("failed", { lastEnd: { exitCode: 1 } }), works: false });
const working: Look = { after: 15, reading: up(1), works: true };
const broken: Look = { after: 15, reading: up(1), works: false };
const crashed = lifeOf([working, dead()]);
const hung = lifeOf([working, ...each(7, broken)]);

const ask = (life: UnitLife, facts: Partial<GateFacts> = {}, memory: GateMemory = newMemory): GateAnswer =>
  askGate(life, memory, {
    nowMs: life.seenAt ?? epoch,
    title: "the gateway",
    confirmed: true,
    works: false,
    bootGraceMs: 190_000,
    watchdogs: [],
    providerIncident: false,
    unitKnown: true,
    throttleMs: 10_000,
    ...facts,
  });
const reasonOf = (answer: GateAnswer): string => (answer.kind === "closed" ? answer.reason : "open");
const sentenceOf = (answer: GateAnswer): string => (answer.kind === "closed" ? answer.sentence : "open");
const waitOf = (answer: GateAnswer, life: UnitLife): number | undefined =>
  answer.kind === "closed" && answer.retryAtMs !== undefined ? answer.retryAtMs - (life.seenAt ?? 0) : undefined;

/** The same life and memory after so many quiet looks at a unit that stays dead. */
const later = (life: UnitLife, ms: number): UnitLife => lifeOf(each(Math.ceil(ms / 30_000), dead(30)), life);

describe("the repair gate", () => {
  it("is open for what crashed and nobody restarts, and for what hangs", () => {
    expect(ask(crashed)).toEqual({ kind: "open" });
    expect(ask(hung)).toEqual({ kind: "open" });
  });

  it("is closed for what works", () => {
    expect(sentenceOf(ask(lifeOf([working]), { works: true }))).toBe("Not needed: the gateway works. A restart would only interrupt it");
  });

  it("cannot tell without a manager, without a look, and of a process of which nobody knows whether it works", () => {
    expect(reasonOf(ask(crashed, { unitKnown: false }))).toBe("cannot-tell");
    expect(reasonOf(ask(newLife))).toBe("cannot-tell");
    expect(reasonOf(ask(hung, { works: undefined }))).toBe("cannot-tell");
    expect(reasonOf(ask(crashed, { works: undefined }))).toBe("open");
  });

  it("waits until a finding is confirmed", () => expect(reasonOf(ask(crashed, { confirmed: false }))).toBe("not-confirmed"));

  it("gives a process that lives and worked a moment ago time to come back, the more the oftener it did", () => {
    const lost = lifeOf([working, broken, broken]);
    expect(sentenceOf(ask(lost))).toBe("Not yet: the gateway runs, and stopped working only 15 s ago. It may come back by itself");
    expect(waitOf(ask(lost), lost)).toBe(60_000);
    const dips = lifeOf([working, broken, working, ...each(5, broken)]);
    expect(waitOf(ask(dips), dips)).toBe(3 * 75_000 - minute);
  });

  it("waits for a boot and says how far it is", () => {
    const booting = lifeOf([working, dead(), ...each(7, { after: 14, reading: up(2), works: false })]);
    expect(sentenceOf(ask(booting))).toBe("Not yet: the gateway is booting, 84 s of a usual 190 s");
    expect(waitOf(ask(booting), booting)).toBe(106_000);
    const overdue = lifeOf(each(20, { after: 14, reading: up(2), works: false }), booting);
    expect(reasonOf(ask(overdue))).toBe("open");
  });

  it("gives a boot that is late a little more, because one bad look at its very end proves nothing", () => {
    const late = lifeOf([working, dead(), ...each(15, { after: 14, reading: up(2), works: false })]);
    expect(sentenceOf(ask(late))).toBe("Not yet: the gateway boots for 196 s, longer than the usual 190 s; it is given a little more");
    expect(waitOf(ask(late), late)).toBe(69_000);
    expect(reasonOf(ask(late))).toBe("booting");
  });

  it("does not wait for a boot that failed three times once its cause is taken away", () => {
    const crash = [
      { after: 5, reading: up(2), works: false },
      { after: 5, reading: loaded("waiting-to-restart"), works: false },
    ];
    const loop = lifeOf([working, dead(), ...crash, ...crash, ...crash, { after: 5, reading: up(9), works: false }]);
    expect(reasonOf(ask(loop))).toBe("booting");
    expect(reasonOf(ask(loop, { curesCause: true }))).toBe("open");
  });

  it("waits while it is just ending, and while somebody else works on it", () => {
    expect(reasonOf(ask(lifeOf([working, { after: 5, reading: loaded("stopping", { pid: 1 }), works: false }])))).toBe("busy");
    expect(sentenceOf(ask(crashed, { heldBy: "another Lamplighter" }))).toBe("Not now: another Lamplighter is working on the gateway");
  });

  it("leaves it alone during an incident of the provider", () => {
    expect(reasonOf(ask(crashed, { providerIncident: true }))).toBe("provider-incident");
  });

  it("does not restart while it flaps, and says when it counts as steady", () => {
    const flapping = lifeOf([working, ...each(3, broken).flatMap((look) => [look, working]), ...each(8, broken)]);
    expect(flapping.flaps.flapping).toBe(true);
    expect(reasonOf(ask(flapping))).toBe("flapping");
    expect(waitOf(ask(flapping), flapping)).toBeGreaterThan(10 * minute);
  });
});

describe("a stop on purpose", () => {
  const stopped = lifeOf([working, { after: 15, reading: loaded("stopped"), works: false }]);
  const wanted = (intent: "stopped" | "running", at: number) => ({ intent: { stack: "relay", wanted: intent, by: "you", at } });

  it("is respected when it was only seen, and when it is on record", () => {
    expect(sentenceOf(ask(stopped))).toContain("stopped on purpose: it ended without an error, seen 0 s ago");
    expect(sentenceOf(ask(crashed, { ...wanted("stopped", (crashed.seenAt ?? 0) - 5 * minute) }))).toBe(
      "The gateway was stopped by you 5 min ago. Start it when you want it back",
    );
  });

  it("is over for us when a person wanted it running after that, not before", () => {
    const seenAt = stopped.stop?.at ?? 0;
    expect(reasonOf(ask(stopped, wanted("running", seenAt + 1)))).toBe("open");
    expect(reasonOf(ask(stopped, wanted("running", seenAt - 1)))).toBe("deliberately-stopped");
  });

  it("is overridden by a person who starts it now, and nothing else is", () => {
    const start = { personWants: "running" } as const;
    expect(reasonOf(ask(stopped, start))).toBe("open");
    expect(reasonOf(ask(crashed, { ...start, ...wanted("stopped", epoch) }))).toBe("open");
    expect(reasonOf(ask(crashed, { ...start, providerIncident: true }))).toBe("provider-incident");
    expect(reasonOf(ask(lifeOf([working]), { ...start, works: true }))).toBe("healthy");
  });

  it("can always be asked for by a person, except where the manager is silent or somebody else is at work", () => {
    const stop = { personWants: "stopped" } as const;
    expect(reasonOf(ask(lifeOf([working]), { ...stop, works: true }))).toBe("open");
    expect(reasonOf(ask(crashed, { ...stop, unitKnown: false }))).toBe("cannot-tell");
    expect(reasonOf(ask(crashed, { ...stop, heldBy: "another Lamplighter" }))).toBe("busy");
  });
});

describe("budget and pauses", () => {
  const restarted = (times: number, memory: GateMemory = newMemory): GateMemory =>
    each(times, dead()).reduce((all) => afterRestart(crashed, all, crashed.seenAt ?? 0), memory);

  it("pauses 90 seconds after a restart, and twice as long after the next that did not help", () => {
    const once = ask(crashed, {}, restarted(1));
    expect(sentenceOf(once)).toBe("Wait 2 min: it was restarted 0 s ago, and we let it settle for 2 min");
    expect(waitOf(once, crashed)).toBe(90_000);
    expect(reasonOf(ask(later(crashed, 90_000), {}, restarted(1)))).toBe("open");
    expect(waitOf(ask(crashed, {}, restarted(2)), crashed)).toBe(180_000);
    expect(reasonOf(ask(later(crashed, 150_000), {}, restarted(2)))).toBe("cooldown");
  });

  it("allows three restarts in half an hour, whether or not they helped", () => {
    const helped = afterVerification(crashed, restarted(3), { ok: true });
    const after28 = later(crashed, 28 * minute);
    expect(sentenceOf(ask(after28, {}, helped))).toBe("Wait 2 min: it was restarted 3 times in 30 min");
    expect(waitOf(ask(after28, {}, helped), after28)).toBe(2 * minute);
    expect(reasonOf(ask(later(crashed, 30 * minute), {}, helped))).toBe("open");
  });

  it("is neither opened by a clock set forward nor locked by one set back", () => {
    const memory = afterVerification(crashed, restarted(3), { ok: true });
    const forward = lifeOf([{ ...dead(), clock: 6 * 3_600 }], crashed);
    expect(reasonOf(ask(forward, {}, memory))).toBe("budget-spent");
    const back = lifeOf([{ ...dead(), clock: -6 * 3_600 }], crashed);
    expect(waitOf(ask(back, {}, memory), back)).toBeLessThanOrEqual(30 * minute);
    expect(reasonOf(ask(later(back, 30 * minute), {}, memory))).toBe("open");
  });

  it("calls for a person after two repairs that did not help, until it works or the finding is another", () => {
    const failed = each(2, dead()).reduce((all) => afterVerification(crashed, all, { ok: false, code: "relay.down" }), newMemory);
    const answer = ask(later(crashed, 120 * minute), { code: "relay.down" }, failed);
    expect(reasonOf(answer)).toBe("needs-person");
    expect(sentenceOf(answer)).toContain("2 repairs in a row did not help the gateway");
    expect(waitOf(answer, crashed)).toBeUndefined();
    expect(reasonOf(ask(crashed, { code: "relay.frozen" }, failed))).toBe("open");
    expect(reasonOf(ask(lifeOf([working, dead()], crashed), { code: "relay.down" }, failed))).not.toBe("needs-person");
    expect(reasonOf(ask(crashed, { code: "relay.down" }, { ...failed, failures: 1 }))).toBe("open");
  });
});

describe("its reasons", () => {
  it("are all of the agreed ones, each with a sentence for people and a time only where time helps", () => {
    const spent = { ...newMemory, restarts: each(3, dead()).map(() => ({ at: epoch, steadyMs: 0 })) };
    const answers: readonly GateAnswer[] = [
      ask(crashed, { confirmed: false }),
      ask(crashed, { works: true }),
      ask({ ...crashed, flaps: { changes: Array.from({ length: 6 }, () => true), flapping: true, notedMs: 0 } }),
      ask(lifeOf([working, dead(), { after: 15, reading: up(2), works: false }])),
      ask(lifeOf([working, dead(), { after: 5, reading: up(2) }, dead(2)])),
      ask(crashed, { intent: { stack: "relay", wanted: "stopped", by: "you", at: 0 } }),
      ask(crashed, {}, { ...newMemory, restarts: [{ at: epoch, steadyMs: 0 }], level: 1 }),
      ask(crashed, {}, spent),
      ask(crashed, {}, { ...newMemory, failures: 2 }),
      ask(crashed, { providerIncident: true }),
      ask(crashed, { heldBy: "another Lamplighter" }),
      ask(crashed, { unitKnown: false }),
    ];
    expect(answers.map(reasonOf)).toEqual(GateReason.options);
    for (const answer of answers) {
      expect(sentenceOf(answer)).toMatch(/^[A-Z0-9].*[^.]$/);
      expect(sentenceOf(answer)).not.toMatch(/NaN|undefined|Infinity|-\d/);
    }
    const withTime = answers.filter((answer) => answer.kind === "closed" && answer.retryAtMs !== undefined).map(reasonOf);
    expect(withTime).toEqual(["flapping", "booting", "foreign-restarter", "cooldown", "budget-spent", "busy"]);
  });
});
