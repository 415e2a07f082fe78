import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";
import { endWithUs } from "./end-with-us.ts";
import { readProcessTable } from "./process-table.ts";

const runner = fileURLToPath(new URL("./execa.ts", import.meta.url));

/** A program that runs a stubborn one with our runner, prints its number, and ends in the given way without waiting for it. */
const parent = (end: string): string => `
  const { execaCommandRunner } = await import(${JSON.stringify(runner)});
  const stubborn = 'process.on("SIGTERM", () => {}); process.stdout.write(String(process.pid)); setInterval(() => {}, 1000)';
  const stop = new AbortController();
  void execaCommandRunner().run({ file: process.execPath, args: ["-e", stubborn], timeoutMs: 60000, signal: stop.signal });
  const { readProcessTable, treeOf } = await import(${JSON.stringify(runner.replace("execa.ts", "process-table.ts"))});
  for (;;) {
    const below = treeOf(process.pid, await readProcessTable()).filter((row) => row.pid !== process.pid);
    if (below.length > 0) {
      // Time to take its position on SIGTERM.
      await new Promise((resolve) => setTimeout(resolve, 300));
      process.stdout.write(String(below[0].pid), () => { ${end} });
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }`;

it.each([
  ["exits", "process.exit(0)"],
  ["exits while the other is being asked to end", "stop.abort(); setTimeout(() => process.exit(0), 50)"],
])("a program that will not be ended does not outlive us when this process %s", { timeout: 20_000 }, async (_, end) => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", parent(end)], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (piece: Buffer) => {
    said += piece.toString();
  });
  await new Promise((resolve) => child.once("close", resolve));
  const pid = Number(said);
  expect(pid).toBeGreaterThan(0);
  const lives = async () => (await readProcessTable()).some((row) => row.pid === pid);
  for (let i = 0; i < 40 && (await lives()); i += 1) await wait(25);
  expect(await lives()).toBe(false);
});

it("signals nobody at our end for a number that names no group", () => {
  const once = vi.spyOn(process, "once").mockReturnValue(process);
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  onTestFinished(() => {
    once.mockRestore();
    kill.mockRestore();
  });
  const letGo = [0, -0, 1, -1, Number.NaN, 4_194_303].map(endWithUs);
  // What was registered for the end of this process, called now: only the group that can be one is ended.
  for (const [event, atEnd] of once.mock.calls) if (event === "exit") atEnd();
  for (const each of letGo) each();
  expect(kill.mock.calls).toEqual([[-4_194_303, "SIGKILL"]]);
});
