import { userInfo } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StartedProgram, startProgram } from "../../../tests/support/start-program.ts";
import { linuxProcesses } from "./linux-processes.ts";

/** Reads /proc, which exists on Linux only. */
describe.runIf(process.platform === "linux")("linuxProcesses (needs Linux)", { timeout: 20_000 }, () => {
  const processes = linuxProcesses();
  let parent: StartedProgram;
  beforeAll(async () => {
    // The child ends at once, and its parent is stopped before it can notice.
    parent = await startProgram(
      "const { spawn } = require('node:child_process'); const child = spawn('true'); console.log(child.pid); process.kill(process.pid, 'SIGSTOP')",
    );
  });
  afterAll(() => parent?.end());

  it("tells a zombie from a process that runs", async () => {
    await expect.poll(async () => (await processes.inspect(Number(parent.firstLine)))?.state, { timeout: 5000 }).toBe("zombie");
    expect(await processes.inspect(parent.pid)).toMatchObject({ state: "stopped", user: userInfo().username, ppid: process.pid });
  });

  it("shows a zombie by its name, because its command is gone", async () => {
    const facts = await processes.inspect(Number(parent.firstLine));
    expect(facts?.command).toMatch(/^\[.+\]$/);
    expect(facts).not.toHaveProperty("rssBytes");
  });

  it("never finds ourselves, whatever we look for", async () => {
    const found = await processes.find(/./);
    expect(found.some((each) => each.pid === process.pid)).toBe(false);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(50);
  });

  it("gives the same start time each time, after the machine's own", async () => {
    const [first, second] = [await processes.inspect(process.pid), await linuxProcesses().inspect(process.pid)];
    expect(first?.startedMs).toBe(second?.startedMs);
    expect(Math.abs(Date.now() - process.uptime() * 1000 - (first?.startedMs ?? 0))).toBeLessThan(3000);
  });

  it("knows nothing about numbers that are no process", async () => {
    for (const pid of [0, -1, 4_194_305]) expect(await processes.inspect(pid)).toBeNull();
  });
});
