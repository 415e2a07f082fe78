import { userInfo } from "node:os";
import { describe, expect, it, onTestFinished } from "vitest";
import { startProgram } from "../../../tests/support/start-program.ts";
import type { ProcessFacts } from "../../core/ports/machine.ts";
import { manualClock } from "../clock/manual-clock.ts";
import { systemClock } from "../clock/system-clock.ts";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { linuxProcesses } from "../machine/linux-processes.ts";
import { macosProcesses } from "../machine/macos-processes.ts";
import { processControl } from "./end-process.ts";
import { fakeProcessControl } from "./fake.ts";
import { processControlSuite } from "./suite.ts";

const facts = (pid: number, more: Partial<ProcessFacts> = {}): ProcessFacts => ({
  pid,
  ppid: 1,
  user: "sam",
  name: `program-${pid}`,
  command: "program",
  state: "sleeping",
  startedMs: 1_000_000 + pid,
  ...more,
});

/** An invented machine: 50 is our shell, 51 we. */
function invented() {
  const clock = manualClock();
  let list = [facts(50), facts(51, { ppid: 50 })];
  const tempers = new Map<number, "ends" | "ignores" | "stuck">();
  const remove = (pid: number) => {
    list = list.filter((each) => each.pid !== pid);
  };
  const add = (pid: number, temper: "ends" | "ignores" | "stuck", more: Partial<ProcessFacts> = {}) => {
    list = [...list.filter((each) => each.pid !== pid), facts(pid, more)];
    tempers.set(pid, temper);
  };
  const temper = (pid: number) => tempers.get(pid) ?? "ends";
  const timePasses = async <Result>(during: Promise<Result>): Promise<Result> => {
    let isDone = false;
    const end = during.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await clock.advance(10);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return end;
  };
  const control = fakeProcessControl({ list: () => list, remove, user: "sam", clock, ownPid: 51, temper });
  return { control, add, remove, timePasses, has: (pid: number) => list.some((each) => each.pid === pid) };
}

processControlSuite("fakeProcessControl", async () => {
  const { control, add, has, timePasses } = invented();
  let next = 100;
  const start = async (temper: "ends" | "ignores") => {
    next += 1;
    add(next, temper);
    return { pid: next, startedMs: 1_000_000 + next };
  };
  return { control, start, isAlive: async (pid) => has(pid), own: { pid: 51, parent: 50 }, timePasses };
});

const processes = process.platform === "linux" ? linuxProcesses() : macosProcesses({ commands: execaCommandRunner() });

processControlSuite("processControl", async () => ({
  control: processControl({ processes, environment: { user: userInfo().username }, clock: systemClock }),
  start: async (temper) => {
    const deaf = temper === "ignores" ? 'process.on("SIGTERM", () => {});' : "";
    const program = await startProgram(`${deaf} setInterval(() => {}, 1000); console.log("up")`);
    onTestFinished(() => program.end());
    return { pid: program.pid, startedMs: (await processes.inspect(program.pid))?.startedMs ?? 0 };
  },
  isAlive: async (pid) => ((await processes.inspect(pid))?.state ?? "zombie") !== "zombie",
  own: { pid: process.pid, parent: process.ppid },
  timePasses: (during) => during,
}));

describe("the rules of processControl", () => {
  it("does not end a process of another account, or one that does not tell when it began", async () => {
    const { control, add, has, timePasses } = invented();
    add(200, "ends", { user: "root" });
    expect(await timePasses(control.end(200, 1_000_200))).toMatchObject({ kind: "not-ours", detail: expect.stringContaining("root") });
    const { startedMs: _, ...ageless } = facts(201);
    const told = processControl({
      processes: { inspect: async () => ageless },
      environment: { user: "sam" },
      clock: manualClock(),
      ownPid: 51,
    });
    expect(await told.end(201, 0)).toMatchObject({ kind: "another-process" });
    expect(has(200)).toBe(true);
  });

  it("kills nobody when the number was used again while it waited", async () => {
    const { control, add, has, timePasses } = invented();
    add(300, "ignores");
    const ending = timePasses(control.end(300, 1_000_300, { patienceMs: 60_000 }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    add(300, "ends", { startedMs: 1_001_000 });
    expect(await ending).toMatchObject({ kind: "ended" });
    expect(has(300)).toBe(true);
  });

  it("tells of a process that outlives being killed", async () => {
    const { control, add, timePasses } = invented();
    add(400, "stuck");
    expect(await timePasses(control.end(400, 1_000_400, { patienceMs: 100 }))).toMatchObject({ kind: "survived" });
  });

  it("takes a zombie for gone, and a refusal of the system for a process that is not ours", async () => {
    const { control, add, timePasses } = invented();
    add(500, "ends", { state: "zombie" });
    expect(await timePasses(control.end(500, 1_000_500))).toMatchObject({ kind: "gone" });
    const refusing = processControl({
      processes: { inspect: async (pid) => facts(pid) },
      environment: { user: "sam" },
      clock: manualClock(),
      ownPid: 51,
      send: () => {
        throw Object.assign(new Error("no"), { code: "EPERM" });
      },
    });
    expect(await refusing.end(600, 1_000_600)).toMatchObject({ kind: "not-ours" });
  });
});
