import type { ServiceEnd, ServiceReading } from "../../main/core/ports/service-manager.ts";
import type { Chance } from "./sim-chance.ts";

export type Restarter = "none" | "known-timer" | "unknown-timer" | "manager" | "on-crash";
export type SimSetup = {
  readonly bootMs: number;
  readonly restarter: Restarter;
  readonly manager: "launchd" | "systemd";
  readonly seed: number;
};

/** Who started it: us, or whom we must not fight with. */
export type Starter = "us" | "timer" | "manager" | "on-crash" | "person";

type Run = { pid: number; bootLeftMs: number; booted: boolean; doomedInMs: number | undefined; hung: boolean; sinceWall: number };

const timerEveryMs = 300_000;
const curlMs = 5_000;
const onCrashMs = 15_000;

/** A gateway and its service manager as they truly are. Moves on in steps; knows nothing of Lamplighter. */
export class SimGateway {
  readonly setup: SimSetup;
  readonly throttleMs: number;
  /** True time, milliseconds; the clock on the wall is off by `offsetMs`. */
  nowMs = 0;
  offsetMs = 1_800_000_000_000;
  run: Run | undefined;
  stopped = false;
  /** Starts crash while this lasts. */
  loops = false;
  /** Down although alive, now and then. */
  dips = false;
  readonly startsMs: { readonly atMs: number; readonly by: Starter }[] = [];
  readonly changesMs: number[] = [];
  private worked = false;
  private end: ServiceEnd | undefined;
  private disabled = false;
  private state: "running" | "waiting-to-restart" | "stopped" | "failed" = "stopped";
  private runs = 0;
  private pids = 100;
  private nextStartMs: number | undefined;
  private autoMs: number[] = [];
  private gaveUp = false;
  private endedWall: number | undefined;
  private curlStartedMs: number | undefined;
  private nextTimerMs: number;
  private readonly chance: Chance;

  constructor(setup: SimSetup, chance: Chance) {
    this.setup = setup;
    this.chance = chance;
    this.throttleMs = setup.manager === "launchd" ? 10_000 : 5_000;
    this.nextTimerMs = chance.between(0, timerEveryMs);
  }

  get works(): boolean {
    return this.run?.booted === true && !this.run.hung && !this.dips;
  }

  get wallMs(): number {
    return this.nowMs + this.offsetMs;
  }

  /** Left alone, this boot would come to its good end. */
  get isBootingWell(): boolean {
    return this.run !== undefined && !this.run.booted && !this.run.hung && this.run.doomedInMs === undefined;
  }

  private bootLength(): number {
    const { bootMs } = this.setup;
    // 240 s is the longest boot on record; shorter ones vary to both sides.
    return bootMs * (bootMs >= 240_000 ? this.chance.between(0.75, 1) : this.chance.is(0.05) ? 1.4 : this.chance.between(0.75, 1.25));
  }

  start(by: Starter): void {
    if (this.setup.manager === "systemd" && by !== "manager") this.runs = 0;
    else this.runs += 1;
    const doomedInMs = this.loops ? this.chance.between(1_000, 12_000) : undefined;
    this.pids += 1;
    this.run = { pid: this.pids, bootLeftMs: this.bootLength(), booted: false, doomedInMs, hung: false, sinceWall: this.wallMs };
    this.state = "running";
    this.end = undefined;
    this.nextStartMs = undefined;
    this.stopped = false;
    this.disabled = false;
    this.startsMs.push({ atMs: this.nowMs, by });
    if (by === "manager") this.autoMs.push(this.nowMs);
    else {
      this.gaveUp = false;
      this.autoMs = [];
    }
  }

  /** A person stops it, in one of the ways of its manager. */
  stop(): void {
    this.run = undefined;
    this.stopped = true;
    this.endedWall = this.wallMs;
    this.nextStartMs = undefined;
    this.state = "stopped";
    this.disabled = this.setup.manager === "launchd" && this.chance.is(0.5);
    this.end = this.chance.is(0.5) ? { exitCode: 0 } : { signal: "SIGTERM" };
  }

  crash(): void {
    this.run = undefined;
    this.endedWall = this.wallMs;
    this.end = { exitCode: 1, reason: "exit-code" };
    this.autoMs = this.autoMs.filter((atMs) => this.nowMs - atMs < 60_000);
    this.gaveUp = this.setup.manager === "systemd" && this.autoMs.length >= 5;
    const again = this.setup.restarter === "manager" && !this.gaveUp;
    this.state = again ? "waiting-to-restart" : this.setup.manager === "systemd" ? "failed" : "stopped";
    this.nextStartMs = again ? this.nowMs + this.throttleMs : this.setup.restarter === "on-crash" ? this.nowMs + onCrashMs : undefined;
  }

  /** One step of time in which the machine is awake. */
  step(ms: number): void {
    this.nowMs += ms;
    const { run } = this;
    if (run !== undefined) {
      if (run.doomedInMs !== undefined) {
        run.doomedInMs -= ms;
        if (run.doomedInMs <= 0) this.crash();
      } else if (!run.booted && !run.hung) {
        run.bootLeftMs -= ms;
        run.booted = run.bootLeftMs <= 0;
      }
    } else if (this.nextStartMs !== undefined && this.nowMs >= this.nextStartMs) {
      this.start(this.setup.restarter === "on-crash" ? "on-crash" : "manager");
    }
    this.stepTimer();
    this.noteWorks();
  }

  noteWorks(): void {
    if (this.works === this.worked) return;
    this.worked = this.works;
    this.changesMs.push(this.nowMs);
  }

  /** The watchdog that people write: a curl of 5 s every 5 minutes, and a restart when it fails. */
  private stepTimer(): void {
    if (this.setup.restarter !== "known-timer" && this.setup.restarter !== "unknown-timer") return;
    if (this.curlStartedMs !== undefined && this.nowMs - this.curlStartedMs >= curlMs) {
      this.curlStartedMs = undefined;
      if (!this.works) this.start("timer");
    }
    if (this.nowMs < this.nextTimerMs) return;
    this.nextTimerMs = this.nowMs + timerEveryMs;
    if (!this.works) this.curlStartedMs = this.nowMs;
  }

  reading(): ServiceReading {
    if (this.disabled) return { kind: "not-loaded", definitionPath: "/units/gateway", disabled: true };
    const { manager, restarter } = this.setup;
    const common = {
      kind: "loaded" as const,
      state: this.state,
      rawState: this.state,
      runs: this.runs,
      throttleSeconds: this.throttleMs / 1000,
      keepAlive: restarter === "manager" ? ("on-failure" as const) : ("never" as const),
    };
    const since = this.run?.sinceWall ?? this.endedWall;
    // Only systemd tells since when a unit is in its state.
    const told = manager === "systemd" && since !== undefined ? { ...common, sinceMs: since } : common;
    if (this.run !== undefined) return { ...told, pid: this.run.pid };
    return { ...told, ...(this.end === undefined ? {} : { lastEnd: this.end }), ...(this.gaveUp ? { gaveUp: true } : {}) };
  }
}
