import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startProgram } from "../../../tests/support/start-program.ts";
import { endProcessTree } from "./end-process-tree.ts";
import { readProcessTable } from "./process-table.ts";

const lives = async (pid: number) => (await readProcessTable()).some((row) => row.pid === pid);

/** Starts a child in a group of its own, which our own group does not share; prints its pid. */
const familyOf = (childSource: string) => `
  const { spawn } = require("node:child_process");
  const child = spawn(process.execPath, ["-e", ${JSON.stringify(childSource)}], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
  child.stdout.once("data", () => console.log(child.pid));
  setInterval(() => {}, 1000);`;

describe("endProcessTree", { timeout: 20_000 }, () => {
  it("is satisfied with a polite request when that is enough", async () => {
    const family = await startProgram(familyOf("console.log('up'); setInterval(() => {}, 1000)"));
    const leader = Number(family.firstLine);
    const began = performance.now();
    await endProcessTree(leader, { graceMs: 5000 });
    // Its parent has not collected it, so it may linger as a zombie for a moment; it does not run any more.
    expect(await lives(leader)).toBe(false);
    expect(performance.now() - began).toBeLessThan(4000);
    expect(await lives(family.pid)).toBe(true);
    family.end();
  });

  it("insists after the grace time, and not before", async () => {
    const family = await startProgram(familyOf("process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"));
    const leader = Number(family.firstLine);
    const ending = endProcessTree(leader, { graceMs: 300 });
    await wait(100);
    expect(await lives(leader)).toBe(true);
    await ending;
    expect(await lives(leader)).toBe(false);
    family.end();
  });

  it("returns at once for a group that has already ended", async () => {
    const began = performance.now();
    await endProcessTree(4_194_303, { graceMs: 5000 });
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it.each([0, 1, -1, Number.NaN])("signals nobody at all when told to end %s", async (leader) => {
    // A stand-in: the real call would end this test and everything beside it.
    const kill = vi.spyOn(process, "kill").mockReturnValue(true);
    onTestFinished(() => kill.mockRestore());
    await endProcessTree(leader, { graceMs: 50 });
    expect(kill).not.toHaveBeenCalled();
  });
});
