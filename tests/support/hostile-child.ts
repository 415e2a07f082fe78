import { readdirSync, readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { createApp } from "../../main/app.ts";
import { stacks } from "../../main/catalog/stacks/index.ts";
import { realPorts } from "../../main/hosts/ports.ts";

// A program of its own, started by `hostile-run.ts` with the flags of the real one: watches the home its environment names, with the real adapters, and tells at its
// end what that cost. Arguments: how long to watch (milliseconds; 0 looks once), and how often to look.
const [watchMs = 0, looks = 1] = process.argv.slice(2).map(Number);
const surprises: string[] = [];
process.on("unhandledRejection", (reason) => surprises.push(String(reason)));
process.on("uncaughtException", (error) => surprises.push(String(error)));

const gc = (globalThis as { gc?: () => void }).gc ?? (() => {});
const rss = (): number => process.memoryUsage.rss() / 1_048_576;

/** Everything is loaded and has run once before the first measure, so that only the hostile part counts. */
const app = () => createApp({ ports: realPorts(), stacks, only: "openclaw", mode: watchMs === 0 ? "once" : "watch" });

function children(): number {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1] === String(process.pid);
      } catch {
        return false;
      }
    }).length;
}

gc();
const before = rss();
let peak = before;
const delay = monitorEventLoopDelay({ resolution: 10 });
const sampler = setInterval(() => {
  peak = Math.max(peak, rss());
}, 20);
delay.enable();

const lights: string[] = [];
let told = 0;
let sentence = "";
let stoppedMs = 0;
let summaries: readonly string[] = [];
for (let i = 0; i < looks; i += 1) {
  const one = app();
  one.on("snapshotChanged", (snapshot) => {
    told += 1;
    lights.push(snapshot.light);
  });
  await one.start({ settleMs: 500 });
  if (watchMs > 0) await wait(watchMs);
  const snapshot = await one.handlers.getSnapshot({});
  lights.push(snapshot.light);
  sentence = snapshot.sentence;
  summaries = snapshot.stacks.flatMap((stack) => stack.checks.map((check) => `${check.light} ${check.id}: ${check.summary}`));
  const stopping = performance.now();
  await one.stop();
  stoppedMs = Math.round(performance.now() - stopping);
}
const stopped = performance.now();
delay.disable();
clearInterval(sampler);
peak = Math.max(peak, rss());
const cpuMs = (process.cpuUsage().user + process.cpuUsage().system) / 1_000;
// What is being closed has a moment to close; what is still open after that was forgotten. Our own pipes and timers do not count.
const open = (): readonly string[] => process.getActiveResourcesInfo().filter((one) => !/TTY|PipeWrap/.test(one));
for (let i = 0; i < 30; i += 1) {
  await wait(100);
  if (open().length === 0) break;
}
const quietMs = performance.now() - stopped;
gc();
const left = open();
process.stdout.write(
  JSON.stringify({
    light: lights.at(-1),
    lights: [...new Set(lights)],
    told,
    sentence,
    summaries,
    growthMb: Math.round(peak - before),
    keptMb: Math.round(rss() - before),
    blockedMs: Math.round(delay.max / 1e6),
    cpuMs: Math.round(cpuMs),
    stoppedMs,
    quietMs: Math.round(quietMs),
    left,
    children: children(),
    surprises,
  }),
);
