import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { nodeBinary } from "../support/openclaw-install.ts";
import { startCore } from "./core-process.ts";
import { childrenOf, cpuOf, memoryMb } from "./measure.ts";
import type { Part } from "./report.ts";
import { startTarget } from "./targets.ts";

/** What the headless core costs with 20 checks every 5 s, beside a Node process that does nothing at all. */
export async function benchIdle(seconds: number): Promise<Part> {
  const targets = await Promise.all(Array.from({ length: 20 }, () => startTarget()));
  const core = await startCore(
    targets.map((t) => t.port),
    5_000,
  );
  const empty = spawn(nodeBinary, ["-e", "setInterval(() => {}, 1e9)"], { stdio: "ignore" });
  await wait(10_000);
  const before = cpuOf(core.pid);
  await wait(seconds * 1000);
  const used = cpuOf(core.pid) - before;
  const memory = memoryMb(core.pid);
  const emptyMemory = memoryMb(empty.pid ?? 0);
  const leaked = childrenOf(core.pid).length;
  core.end();
  empty.kill();
  await Promise.all(targets.map((t) => t.close()));
  return {
    title: "Idle cost of the headless core, 20 checks every 5 s",
    note: `${seconds} s after 10 s of settling`,
    figures: [
      { name: "resident memory", value: memory.rss, unit: "MB", atMost: 60 },
      { name: "proportional memory", value: memory.pss, unit: "MB" },
      { name: "resident memory of an empty Node process", value: emptyMemory.rss, unit: "MB" },
      { name: "CPU", value: (used / seconds) * 100, unit: "% of a core", atMost: 1 },
      { name: "children left", value: leaked, unit: "processes", atMost: 0 },
    ],
  };
}
