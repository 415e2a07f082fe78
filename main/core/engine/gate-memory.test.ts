import { describe, expect, it } from "vitest";
import { epoch, lifeOf, up } from "../../../tests/support/sim-life.ts";
import { afterRestart, afterVerification, newMemory, readTargetRecord, workedSinceFailure } from "./gate-memory.ts";
import { newLife } from "./unit-life.ts";

const life = lifeOf([
  { after: 0, reading: up(1), works: false },
  { after: 15, reading: up(1), works: false },
]);

describe("the memory of the gate", () => {
  it("notes a restart with the time since the look it was decided on", () => {
    expect(afterRestart(life, newMemory, epoch + 18_000).restarts).toEqual([{ at: epoch + 18_000, steadyMs: 18_000 }]);
  });

  it("is not led astray by a clock that was set between look and restart", () => {
    expect(afterRestart(life, newMemory, epoch - 9_000_000).restarts[0]?.steadyMs).toBe(15_000);
    expect(afterRestart(life, newMemory, epoch + 90_000_000).restarts[0]?.steadyMs).toBe(615_000);
  });

  it("counts repairs that did not help, and forgets them with one that did; its restarts stay in the budget", () => {
    const failed = afterVerification(life, afterVerification(life, afterRestart(life, newMemory, epoch), { ok: false, code: "a.b" }), {
      ok: false,
      code: "a.b",
    });
    expect(failed).toMatchObject({ failures: 2, failedCode: "a.b", level: 1 });
    const helped = afterVerification(life, failed, { ok: true });
    expect(helped).toEqual({ restarts: failed.restarts, failures: 0, level: 0 });
  });

  it("begins to count anew for another finding, and after it worked", () => {
    const once = afterVerification(life, newMemory, { ok: false, code: "a.b" });
    expect(afterVerification(life, once, { ok: false, code: "a.c" }).failures).toBe(1);
    const worked = lifeOf([{ after: 15, reading: up(1), works: true }], life);
    expect(afterVerification(worked, once, { ok: false, code: "a.b" }).failures).toBe(1);
  });
});

describe("a kept record of a target", () => {
  it("comes back whole", () => {
    const memory = afterVerification(life, newMemory, { ok: false, code: "a.b" });
    expect(readTargetRecord(JSON.parse(JSON.stringify({ life, memory })))).toEqual({ life, memory });
  });

  it.each([undefined, null, 7, "x", [], {}, { life: 3, memory: [] }])("is a new one when %j is there", (kept) => {
    expect(readTargetRecord(kept)).toEqual({ life: newLife, memory: newMemory });
  });

  it("keeps the restarts when the life is lost, with what their clock said", () => {
    const read = readTargetRecord({ life: "gone", memory: { restarts: [{ at: epoch, steadyMs: 9e12 }, "odd"], failures: -1, level: "x" } });
    expect(read.memory).toEqual({ restarts: [{ at: epoch, steadyMs: 9e12 }], failures: 0, level: 0 });
  });

  it("lets it work again after two failures when the life they belong to is lost", () => {
    const { memory } = readTargetRecord({ memory: { restarts: [], failures: 2, failedMs: 9e8, level: 2 } });
    expect([workedSinceFailure(life, memory), workedSinceFailure({ ...life, workedMs: 15_000 }, memory)]).toEqual([false, true]);
  });

  it("pulls times that lie ahead back to now", () => {
    const read = readTargetRecord({ life: { ...life, workedMs: 9e12, starts: [{ atMs: 9e12, by: "other" }] }, memory: newMemory });
    expect(read.life).toMatchObject({ workedMs: 15_000, starts: [{ atMs: 15_000 }] });
  });
});
