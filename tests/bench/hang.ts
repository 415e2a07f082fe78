import { setTimeout as wait } from "node:timers/promises";
import { type CoreProcess, startCore } from "./core-process.ts";
import { median } from "./measure.ts";
import type { Part } from "./report.ts";
import { startTarget, type Target } from "./targets.ts";

const everyMs = 5_000;

/** Seconds from a closed socket to the red light, over `kills` deaths at different phases of the interval. */
async function detect(core: CoreProcess, victims: readonly Target[], kills: number): Promise<readonly number[]> {
  const found: number[] = [];
  for (let i = 0; i < kills; i++) {
    const victim = victims[i % victims.length];
    if (victim === undefined) break;
    await wait((everyMs * ((i * 0.618) % 1)) | 0);
    const red = new Promise<number>((resolve) => {
      core.onChange((change) => {
        if (change.stack === "red") resolve(Date.now());
      });
    });
    const at = Date.now();
    await victim.kill();
    const seen = await Promise.race([red, wait(30_000).then(() => Number.NaN)]);
    found.push((seen - at) / 1000);
    const calm = new Promise<void>((resolve) => {
      core.onChange((change) => {
        if (change.stack !== "red" && change.light === "green") resolve();
      });
    });
    await victim.revive();
    await Promise.race([calm, wait(15_000)]);
    await wait(1_000);
  }
  return found;
}

async function run(kills: number, hanging: number): Promise<readonly number[]> {
  const hung = await Promise.all(Array.from({ length: hanging }, () => startTarget(true)));
  const lively = await Promise.all(Array.from({ length: 20 - hanging }, () => startTarget()));
  const core = await startCore(
    [...hung, ...lively].map((t) => t.port),
    everyMs,
  );
  await wait(6_000);
  const seconds = await detect(core, lively.slice(0, 8), kills);
  core.end();
  await Promise.all([...hung, ...lively].map((t) => t.close()));
  return seconds;
}

/** Time to a confirmed red light at 5 s polling, clean and with a quarter of the targets hanging. */
export async function benchHang(kills: number): Promise<Part> {
  const clean = await run(kills, 0);
  const hung = await run(kills, 5);
  return {
    title: "Detection and hang isolation, 20 checks every 5 s, two refusals until red",
    note: `${kills} deaths each at different phases; in the second run 5 of 20 targets accept and never answer`,
    figures: [
      { name: "clean, median", value: median(clean), unit: "s", atMost: 4.5 },
      { name: "clean, worst", value: Math.max(...clean), unit: "s", atMost: 7.5 },
      { name: "a quarter hangs, median", value: median(hung), unit: "s" },
      { name: "a quarter hangs, worst", value: Math.max(...hung), unit: "s" },
      { name: "median, hanging / clean", value: median(hung) / median(clean), unit: "x", atMost: 1.1 },
    ],
  };
}
