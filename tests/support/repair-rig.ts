import { expect } from "vitest";
import { type ManualClock, manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { type App, createApp } from "../../main/app.ts";
import type { Verdict } from "../../main/core/model/observation.ts";
import type { Effect, PlannedEffect, ServiceAction } from "../../main/core/model/plan.ts";
import type { RepairRun } from "../../main/core/model/receipt.ts";
import type { Remedy } from "../../main/core/model/stack.ts";
import type { RepairTarget } from "../../main/core/model/target.ts";
import type { CommandOutcome, CommandRequest } from "../../main/core/ports/command-runner.ts";
import type { ActingPorts } from "../../main/core/ports/index.ts";
import type { ProcessFacts } from "../../main/core/ports/machine.ts";
import type { ServiceActed } from "../../main/core/ports/service-control.ts";
import type { ServiceReading } from "../../main/core/ports/service-manager.ts";
import { actingOn, type Disk, newDisk } from "./acting-double.ts";
import { green, kind, puppet, red, tinyPorts, tinyStack } from "./tiny-stack.ts";
// Loaded before the tests begin: no hand-moved clock waits for a first load from the disk.
import "../../main/repair/repairs.ts";
import "../../main/repair/target-books.ts";
import "../../main/core/model/receipt.ts";

export const LABEL = "pigeon.service";
export const CODE = "pigeon.part.broken";
export const CONFIG = "/home/sam/.pigeon/config.json";

/** An invented relay: its unit, when it was started, how long it boots, and what its configuration says. */
export type Relay = {
  disk: Disk;
  isUp: boolean;
  sinceMs: number;
  bootMs: number;
  /** Works only with this configuration, when set. */
  needs?: string;
  /** Every action and command, in order. */
  readonly done: string[];
  /** What the next actions on the unit answer instead of doing them. */
  acts?: (action: ServiceAction) => ServiceActed | undefined;
  run: (request: CommandRequest) => Promise<Partial<Extract<CommandOutcome, { kind: "exited" }>>>;
  processes: ProcessFacts[];
  /** Whether the manager says since when the unit runs; launchd does not. */
  tellsSince: boolean;
};

export const relayOn = (disk: Disk): Relay => ({
  disk,
  isUp: false,
  sinceMs: 0,
  bootMs: 0,
  done: [],
  run: async () => ({}),
  processes: [],
  tellsSince: true,
});

export const planned = (effect: Effect, risk: PlannedEffect["risk"] = "safe"): PlannedEffect => ({
  effect,
  preview: `do ${effect.do}`,
  risk,
});
export const restart = planned({ do: "service-unit", action: "restart", label: LABEL }, "disruptive");
export const start = planned({ do: "service-unit", action: "start", label: LABEL }, "disruptive");
export const write = (text: string, path = CONFIG): PlannedEffect => planned({ do: "write-file", path, text }, "disruptive");
export const command = (argv: string[], more: Partial<Extract<Effect, { do: "run-command" }>> = {}): PlannedEffect =>
  planned({ do: "run-command", argv, envNames: [], ...more });
export const look = planned({ do: "recheck", check: "health" });

const remedy = (effects: readonly PlannedEffect[], risk: Remedy["risk"]): Remedy => ({
  id: "mend",
  title: "Mend the relay",
  kind: "plan",
  risk,
  interrupts: "Pigeons on their way.",
  undo: "Put the file back.",
  verify: "It answers.",
  plan: () => effects,
});

export type RigOptions = {
  readonly effects?: readonly PlannedEffect[];
  readonly risk?: Remedy["risk"];
  readonly mode?: "once" | "watch";
  readonly relay?: Relay;
  readonly clock?: ManualClock;
  readonly pid?: number;
  readonly acting?: Partial<ActingPorts>;
  readonly target?: Partial<RepairTarget>;
  /** A value that a look of the stack reads and tells the redactor. */
  readonly secret?: string;
};

export type Rig = {
  readonly app: App;
  readonly clock: ManualClock;
  readonly relay: Relay;
  readonly told: RepairRun[];
  /** Lets time go by until the call has answered. */
  wait<T>(call: Promise<T>, maxMs?: number): Promise<T>;
  /** Begins the repair with every confirmation. */
  begin(): Promise<RepairRun>;
  /** Lets time go by until the run asks or has ended. */
  settled(id: string, maxMs?: number): Promise<RepairRun>;
  journal(): readonly string[];
};

/** An app that watches the invented relay with the plan `effects` for it. The app is settled, and red unless the relay works. */
export async function repairRig(options: RigOptions = {}): Promise<Rig> {
  const { clock = manualClock(), relay = relayOn(newDisk({ [CONFIG]: "old" })) } = options;
  const works = (): boolean =>
    relay.isUp &&
    clock.nowMs() - relay.sinceMs >= relay.bootMs &&
    (relay.needs === undefined || relay.disk.files.get(CONFIG)?.text === relay.needs);
  const reading = (): ServiceReading => ({
    kind: "loaded",
    state: relay.isUp ? "running" : "stopped",
    rawState: relay.isUp ? "active" : "inactive",
    ...(relay.isUp ? { pid: 77, ...(relay.tellsSince ? { sinceMs: relay.sinceMs } : {}) } : {}),
    definitionPath: "/home/sam/.config/systemd/user/pigeon.service",
    throttleSeconds: 1,
  });
  const unit = puppet("unit", { everyMs: 5_000 });
  unit.act(async (): Promise<Verdict> => (works() ? green : red(CODE)));
  const health = puppet("health", { everyMs: 5_000 });
  health.act(async ({ learnSecret }): Promise<Verdict> => {
    if (options.secret !== undefined) learnSecret(options.secret, "relay token");
    return works() ? green : { light: "red", summary: "Nobody answers" };
  });
  const target: RepairTarget = {
    label: LABEL,
    title: "Pigeon",
    ports: [],
    words: ["pigeon"],
    bootGraceMs: 60_000,
    unit: () => reading(),
    works: () => works(),
    proofs: ["health"],
    ...options.target,
  };
  const stack = tinyStack("pigeon", [unit.check, health.check], {
    findings: [kind(CODE, { remedies: ["mend"], layer: 2 })],
    installation: { targets: [target], remedies: [remedy(options.effects ?? [restart], options.risk ?? "disruptive")] },
  });
  const acting = actingOn(
    relay.disk,
    clock,
    {
      control: {
        commands: async (action, label) => [["systemctl", "--user", action, label]],
        lastLines: async () => [],
        act: async (action, label) => {
          relay.done.push(`${action} ${label}`);
          const instead = relay.acts?.(action);
          if (instead !== undefined) return instead;
          relay.isUp = action !== "stop";
          relay.sinceMs = clock.nowMs();
          return { kind: "done", detail: `${action} of ${label}` };
        },
      },
      ...options.acting,
    },
    options.pid,
  );
  const ports = tinyPorts(clock, {
    acting,
    commands: {
      run: async (request) => {
        relay.done.push([request.file, ...request.args].join(" "));
        const exited = { kind: "exited", exitCode: 0, stdout: "", stderr: "", truncated: false, durationMs: 1 } as const;
        return { ...exited, ...(await relay.run(request)) };
      },
      locate: async () => null,
      locateAll: async () => [],
    },
    environment: {
      platform: "linux",
      home: "/home/sam",
      user: "sam",
      uid: 1_000,
      tempDir: "/tmp",
      pathDirs: ["/usr/bin"],
      hostName: "loft",
      variable: (name) => (name === "PIGEON_HOME" ? "/home/sam/.pigeon" : undefined),
    },
    processes: { inspect: async (pid) => relay.processes.find((one) => one.pid === pid) ?? null, find: async () => relay.processes },
    services: {
      kind: "systemd",
      read: async () => reading(),
      find: async () => [],
      environmentValue: async () => null,
      linger: async () => "on",
    },
  });
  const app = createApp({ ports, stacks: [stack], mode: options.mode ?? "watch" });
  const told: RepairRun[] = [];
  app.on("repairProgress", (run) => told.push(run));

  const wait = async <T>(call: Promise<T>, maxMs = 120_000): Promise<T> => {
    let isOver = false;
    const over = call.finally(() => {
      isOver = true;
    });
    over.catch(() => {});
    for (let spent = 0; !isOver && spent < maxMs; spent += 250) await clock.advance(250);
    expect(isOver, "the call has answered in time").toBe(true);
    return over;
  };
  const started = app.start();
  await wait(started);
  // Long enough for every finding to be believed.
  await clock.advance(options.mode === "once" ? 0 : 20_000);
  return {
    app,
    clock,
    relay,
    told,
    wait,
    begin: () => wait(app.handlers.startRepair({ stack: "pigeon", code: CODE, remedy: "mend", confirmed: "twice" })),
    settled: async (id, maxMs = 900_000) => {
      for (let spent = 0; spent < maxMs; spent += 1_000) {
        const run = await wait(app.handlers.getRepair({ id, waitMs: 0 }));
        if (run.state === "asking" || run.state === "ended") return run;
        await clock.advance(1_000);
      }
      throw new Error("the repair neither asked nor ended");
    },
    journal: () => relay.disk.lines.map(({ what, facts }) => [what, facts["step"] ?? facts["outcome"] ?? ""].join(" ").trim()),
  };
}
