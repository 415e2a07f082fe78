import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "../../main/adapters/clock/system-clock.ts";
import { execaCommandRunner } from "../../main/adapters/command-runner/execa.ts";
import { nodeFileChanges } from "../../main/adapters/file-changes/node-file-changes.ts";
import { fileJournal } from "../../main/adapters/journal/file-journal.ts";
import { fileLocks } from "../../main/adapters/locks/file-locks.ts";
import { ownMachine } from "../../main/adapters/machine/index.ts";
import { fileStateStore } from "../../main/adapters/state-store/file-state-store.ts";
import { type App, createApp } from "../../main/app.ts";
import type { Clock } from "../../main/core/ports/clock.ts";
import type { ActingPorts } from "../../main/core/ports/index.ts";
import type { ServiceReading } from "../../main/core/ports/service-manager.ts";
import { green, kind, puppet, red, tinyPorts, tinyStack } from "./tiny-stack.ts";

/** Time that runs this many times as fast, the same in every process that starts from the same moment. */
const faster = 40;
const fastClock = (baseMs: number): Clock => ({
  nowMs: () => baseMs + (Date.now() - baseMs) * faster,
  monotonicMs: () => performance.now() * faster,
  sleep: async (ms, signal) => {
    await delay(ms / faster, undefined, signal === undefined ? {} : { signal }).catch(() => {});
  },
});

export const oldText = "old\n".repeat(2_000);
export const newText = "new\n".repeat(2_000);

/** The places of an invented relay on a real disk: what it needs to work, and what was done to it. */
export const placesIn = (dir: string) => ({
  config: join(dir, "relay", "config.json"),
  cache: join(dir, "relay", "cache.json"),
  unit: join(dir, "unit.json"),
  log: join(dir, "done.log"),
});

export function makeRelay(dir: string): void {
  const { config, cache, unit } = placesIn(dir);
  mkdirSync(join(dir, "relay"), { recursive: true });
  writeFileSync(config, oldText, { mode: 0o600 });
  writeFileSync(cache, "stale", { mode: 0o640 });
  writeFileSync(unit, JSON.stringify({ isUp: false, sinceMs: 0 }));
}

type Unit = { readonly isUp: boolean; readonly sinceMs: number };

/** Calls `point` before and after every call that leaves a trace on the disk or in the unit. */
function watched<Port extends object>(port: Port, name: string, point: (where: string) => void): Port {
  return new Proxy(port, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function" || key === "read" || key === "recent" || key === "verify" || key === "commands") return value;
      return async (...given: unknown[]) => {
        point(`before ${name}.${String(key)}`);
        const answer: unknown = await value.apply(target, given);
        point(`after ${name}.${String(key)}`);
        return answer;
      };
    },
  });
}

/** An app over real files, journal, locks and state in `dir`, with a unit that is a file, and a plan of five steps for it. */
export function openRelay(dir: string, baseMs: number, point: (where: string) => void = () => {}): App {
  const { config, cache, unit, log } = placesIn(dir);
  const clock = fastClock(baseMs);
  const machine = ownMachine(execaCommandRunner(), systemClock);
  const readUnit = (): Unit => JSON.parse(readFileSync(unit, "utf8"));
  const reading = (): ServiceReading => {
    const { isUp, sinceMs } = readUnit();
    return { kind: "loaded", state: isUp ? "running" : "stopped", rawState: "", ...(isUp ? { sinceMs, pid: 7 } : {}) };
  };
  const works = (): boolean => readUnit().isUp && readFileSync(config, "utf8") === newText && !existsSync(cache);
  const health = puppet("health");
  health.act(async () => (works() ? green : { light: "red", summary: "Nobody answers" }));
  const part = puppet("part");
  part.act(async () => (works() ? green : red("relay.part.broken")));

  const locks = fileLocks({ dir: join(dir, "state", "locks"), clock: systemClock, processes: machine.processes });
  const acting: ActingPorts = {
    changes: watched(
      nodeFileChanges({ backupDir: join(dir, "state", "kept"), uid: machine.environment.uid, home: dir, clock: systemClock }),
      "changes",
      point,
    ),
    control: watched(
      {
        commands: async () => [],
        lastLines: async () => [],
        act: async (action) => {
          appendFileSync(log, `${action}\n`);
          point("in the middle of a restart");
          writeFileSync(unit, JSON.stringify({ isUp: true, sinceMs: clock.nowMs() }));
          return { kind: "done", detail: "It runs" };
        },
      },
      "control",
      point,
    ),
    ending: { end: async () => ({ kind: "not-ours", detail: "" }) },
    journal: watched(fileJournal({ dir: join(dir, "state", "journal"), clock: systemClock, locks }), "journal", point),
    locks: watched(locks, "locks", point),
    state: watched(fileStateStore({ dir: join(dir, "state", "state") }), "state", point),
    watchdogs: { find: async () => [] },
  };
  const stack = tinyStack("relay", [part.check, health.check], {
    findings: [kind("relay.part.broken", { remedies: ["mend"] })],
    installation: {
      targets: [
        {
          label: "relay.service",
          title: "Relay",
          ports: [],
          words: [],
          bootGraceMs: 20_000,
          unit: () => reading(),
          works: () => works(),
          proofs: ["health"],
        },
      ],
      remedies: [
        {
          id: "mend",
          title: "Mend the relay",
          kind: "plan",
          risk: "disruptive",
          interrupts: "",
          undo: "",
          verify: "",
          plan: () => [
            { effect: { do: "write-file", path: config, text: newText }, preview: "Write the configuration", risk: "disruptive" },
            { effect: { do: "remove-file", path: cache }, preview: "Take the cache away", risk: "disruptive" },
            { effect: { do: "service-unit", action: "restart", label: "relay.service" }, preview: "Restart", risk: "disruptive" },
            { effect: { do: "recheck", check: "health" }, preview: "Look", risk: "safe" },
          ],
        },
      ],
    },
  });
  const ports = tinyPorts(clock, {
    acting,
    environment: { ...machine.environment, home: dir },
    services: {
      kind: "systemd",
      read: async () => reading(),
      find: async () => [],
      environmentValue: async () => null,
      linger: async () => "on",
    },
  });
  return createApp({ ports, stacks: [stack], mode: "once" });
}

/** Waits for the end of a run by asking, as a front does. */
export async function endOf(app: App, id: string): Promise<Awaited<ReturnType<App["handlers"]["getRepair"]>>> {
  for (;;) {
    const run = await app.handlers.getRepair({ id, waitMs: 2_000 });
    if (run.state === "ended") return run;
  }
}
