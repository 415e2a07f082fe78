import { beforeAll, describe, expect, it } from "vitest";
import { startProgram } from "../../tests/support/start-program.ts";
import type { ProcessFacts } from "../core/ports/machine.ts";
import { processBirths } from "./process-birth.ts";

const facts: ProcessFacts = { pid: 1, ppid: 0, user: "sam", name: "", command: "", state: "running", startedMs: 5000 };
const nobody = { inspect: async () => null };
let dead = 0;

beforeAll(async () => {
  const program = await startProgram("console.log(require('node:child_process').spawnSync('true').pid)");
  dead = Number(program.firstLine);
  program.end();
});

describe("processBirths", () => {
  it("says the same of a process each time, and of two processes not the same", async () => {
    const births = processBirths({ inspect: async (pid) => ({ ...facts, pid, startedMs: pid }) });
    const own = await births(process.pid);
    expect(own).toMatchObject({ kind: "born", mark: expect.stringMatching(/./) });
    expect(await births(process.pid)).toEqual(own);
    expect(await births(process.ppid)).not.toEqual(own);
  });

  it("calls gone what has no process, and what never can have", async () => {
    for (const isLinux of [true, false]) {
      const births = processBirths({ inspect: async () => facts }, isLinux);
      for (const pid of [dead, 2 ** 30, 0, -1, 1.5, Number.NaN]) expect([pid, await births(pid)]).toEqual([pid, { kind: "gone" }]);
    }
  });

  it("does not call gone what it merely cannot see: a tool that failed is no proof", async () => {
    expect(await processBirths(nobody, false)(process.pid)).toEqual({ kind: "unknown" });
    const { startedMs: _, ...ageless } = facts;
    expect(await processBirths({ inspect: async () => ageless }, false)(process.pid)).toEqual({ kind: "unknown" });
  });

  it("takes a zombie for gone, and the start time for the mark where nothing better is told", async () => {
    expect(await processBirths({ inspect: async () => ({ ...facts, state: "zombie" }) }, false)(process.pid)).toEqual({ kind: "gone" });
    expect(await processBirths({ inspect: async () => facts }, false)(process.pid)).toEqual({ kind: "born", mark: "start-5000" });
  });

  it.runIf(process.platform === "linux")("does not depend on the wall clock (needs Linux)", async () => {
    const marks = await Promise.all(
      [0, 3_600_000].map((shift) => processBirths({ inspect: async () => ({ ...facts, startedMs: shift }) })(process.pid)),
    );
    expect(marks[0]).toEqual(marks[1]);
  });
});
