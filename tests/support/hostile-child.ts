import { readdirSync, readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { createApp } from "../../main/app.ts";
import { stacks } from "../../main/catalog/stacks/index.ts";
import { realPorts } from "../../main/hosts/ports.ts";
import type { FromChild, HostileSeen, ToChild } from "./hostile-run.ts";

// A program of its own, started by `hostile-run.ts` with the flags of the real one: watches the home its environment names, with the
// real adapters, and does and answers what it is told to over its channel.
const surprises: string[] = [];
process.on("unhandledRejection", (reason) => surprises.push(String(reason)));
process.on("uncaughtException", (error) => surprises.push(String(error)));

const collect = (globalThis as { gc?: () => void }).gc;
if (collect === undefined) throw new Error("start with --expose-gc");
const mb = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;

/** What is still reachable, without what only waits for the collector, which a busy machine lets wait for long. Megabytes. */
async function held(): Promise<number> {
  for (let i = 0; i < 3; i += 1) {
    collect?.();
    // What finalizers and ended promises let go is free in the next turn.
    await wait(20);
  }
  const { external, heapUsed } = process.memoryUsage();
  return mb(heapUsed + external);
}

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

/** What is being closed has a moment to close; what is still open after that was forgotten. Our own pipes and timers do not count. */
async function leftOpen(): Promise<readonly string[]> {
  const open = (): readonly string[] => process.getActiveResourcesInfo().filter((one) => !/TTY|Pipe/.test(one));
  for (let i = 0; i < 50 && open().length > 0; i += 1) await wait(100);
  return open();
}

const app = (mode: "once" | "watch") => createApp({ ports: realPorts(), stacks, only: "openclaw", mode });
const lights = new Set<string>();
let told = 0;

async function see(one: ReturnType<typeof app>): Promise<HostileSeen> {
  const { light, sentence, stacks: seen } = await one.handlers.getSnapshot({});
  lights.add(light);
  return {
    light,
    sentence,
    summaries: seen.flatMap((stack) => stack.checks.map((check) => `${check.light} ${check.id}: ${check.summary}`)),
  };
}

const before = process.memoryUsage.rss();
let peak = before;
const sample = (): void => {
  peak = Math.max(peak, process.memoryUsage.rss());
};
let sampler: NodeJS.Timeout | undefined;
const delay = monitorEventLoopDelay({ resolution: 10 });

let watching: ReturnType<typeof app> | undefined;
const deeds: Readonly<Record<ToChild, () => Promise<FromChild>>> = {
  watch: async () => {
    delay.enable();
    sampler = setInterval(sample, 20);
    watching = app("watch");
    watching.on("snapshotChanged", ({ light }) => {
      told += 1;
      lights.add(light);
    });
    await watching.start({ settleMs: 2_000 });
    return { kind: "seen", seen: await see(watching) };
  },
  look: async () => {
    const one = app("once");
    await one.start({ settleMs: 10_000 });
    sample();
    const seen = await see(one);
    await one.stop();
    return { kind: "seen", seen };
  },
  see: async () => {
    if (watching === undefined) throw new Error("nothing is watched");
    return { kind: "seen", seen: await see(watching) };
  },
  again: async () => {
    await watching?.handlers.probeNow({});
    return deeds.see();
  },
  // The collector's own work is not what a person would wait for.
  hold: async () => {
    delay.disable();
    const heldMb = await held();
    delay.enable();
    return { kind: "held", heldMb };
  },
  end: async () => {
    const stopping = performance.now();
    await watching?.stop();
    const stoppedMs = Math.round(performance.now() - stopping);
    watching = undefined;
    clearInterval(sampler);
    sample();
    delay.disable();
    const left = await leftOpen();
    const blockedMs = Math.round(delay.max / 1e6);
    return {
      kind: "ended",
      cost: {
        lights: [...lights],
        told,
        peakMb: mb(peak - before),
        heldMb: await held(),
        blockedMs,
        stoppedMs,
        left,
        children: children(),
        surprises,
      },
    };
  },
};

process.on("message", (what: ToChild) => {
  void deeds[what]().then(
    (answer) => process.send?.(answer, () => answer.kind === "ended" && process.disconnect()),
    (error: unknown) => process.send?.({ kind: "failed", why: String(error) } satisfies FromChild),
  );
});
