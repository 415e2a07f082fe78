import type { Past } from "../../../core/model/check.ts";
import type { ServiceEnd, ServiceReading } from "../../../core/ports/service-manager.ts";

/**
 * What a service unit is up to, judged over several readings where one cannot tell.
 * `unknown` and `no-session` mean that the manager could not be asked: that is not "down".
 */
export type ServiceUnitState =
  | "up"
  | "starting"
  | "stopping"
  | "idle"
  | "stopped-clean"
  | "stopped-failed"
  | "never-started"
  | "not-installed"
  | "not-loaded"
  | "disabled"
  | "crash-loop"
  | "clean-respawn"
  | "spawn-failed"
  | "code-identity"
  | "memory-killed"
  | "gave-up"
  | "no-session"
  | "unknown";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

/** Ends that mean the program never came to run: EX_CONFIG, not executable, not found, and systemd's own set-up steps. */
const spawnExits = new Set([78, 126, 127, 200, 203, 209, 217, 226]);
const spawnReasons = /OS_REASON_(?:EXEC|DYLD)|spawn failed|203\/EXEC|200\/CHDIR|217\/USER|226\/NAMESPACE/i;
/** Starts within the remembered readings that make a loop, and how far back they may lie. */
const LOOP_STARTS = 3;
const LOOP_WINDOW_MS = 600_000;

/** A polite stop: runtimes that turn SIGTERM or SIGINT into 128+n included. */
export function endedPolitely(end: ServiceEnd | undefined): boolean {
  if (end === undefined) return true;
  if (end.signal !== undefined) return /TERM|INT\b|HUP|Terminated: 15|Interrupt: 2|Hangup: 1/i.test(end.signal);
  return end.exitCode === undefined || [0, 130, 143].includes(end.exitCode);
}

/** Somebody told it to end, and the pause before its next start is what follows a restart: no loop by itself. */
const wasSentAway = (end: ServiceEnd | undefined): boolean =>
  end !== undefined &&
  end.reason === undefined &&
  endedPolitely(end) &&
  (end.signal !== undefined || [130, 143].includes(end.exitCode ?? 0));

function causeOf(end: ServiceEnd | undefined): "code-identity" | "memory-killed" | "spawn-failed" | undefined {
  if (end === undefined) return undefined;
  const reason = end.reason ?? "";
  if (/CODESIGNING/i.test(reason)) return "code-identity";
  if (/oom-kill|JETSAM_REASON_(?!MEMORY_IDLE_EXIT)/i.test(reason)) return "memory-killed";
  const failedToSpawn = spawnReasons.test(reason) || (end.exitCode !== undefined && spawnExits.has(end.exitCode));
  return failedToSpawn ? "spawn-failed" : undefined;
}

/** How often the unit was started anew within the remembered readings; 0 after a reload, which resets the counter. */
export function startsSeen(reading: Loaded, past: readonly Past<ServiceReading>[]): number {
  const newest = past.at(-1)?.at ?? 0;
  let count = 0;
  let next = reading.runs;
  for (const { at, seen } of [...past].reverse()) {
    if (newest - at > LOOP_WINDOW_MS || next === undefined) break;
    if (seen.kind !== "loaded" || seen.runs === undefined) continue;
    if (seen.runs > next) break;
    count += next - seen.runs;
    next = seen.runs;
  }
  return count;
}

function loopOf(reading: Loaded): ServiceUnitState {
  const cause = causeOf(reading.lastEnd);
  // A program that changed under launchd is killed without any word of why on some releases: SIGKILL at every start.
  if (cause === undefined && reading.needsReload === true && reading.lastEnd?.signal === "SIGKILL") return "code-identity";
  return cause ?? (endedPolitely(reading.lastEnd) ? "clean-respawn" : "crash-loop");
}

function classifyRunning(reading: Loaded, past: readonly Past<ServiceReading>[]): ServiceUnitState {
  // A running job with a rising counter is a loop caught alive; polite ends alone never alarm, somebody restarted it.
  return startsSeen(reading, past) >= LOOP_STARTS && !endedPolitely(reading.lastEnd) ? loopOf(reading) : "up";
}

function classifyStopped(reading: Loaded, expected: "running" | "on-demand"): ServiceUnitState {
  const cause = causeOf(reading.lastEnd);
  if (cause !== undefined) return cause;
  if (reading.onDemand === true || expected === "on-demand") return endedPolitely(reading.lastEnd) ? "idle" : "stopped-failed";
  if (reading.runs === 0 && reading.runAtLoad === true) return "never-started";
  return endedPolitely(reading.lastEnd) ? "stopped-clean" : "stopped-failed";
}

/** Reads one service unit with the readings before it (oldest first). Pure. */
export function classifyServiceUnit(
  reading: ServiceReading,
  past: readonly Past<ServiceReading>[] = [],
  expected: "running" | "on-demand" = "running",
): ServiceUnitState {
  if (reading.kind === "not-installed") return "not-installed";
  if (reading.kind === "not-loaded") return reading.disabled ? "disabled" : "not-loaded";
  if (reading.kind === "unknown") return reading.reason === "no-session" ? "no-session" : "unknown";
  if (reading.gaveUp === true) return causeOf(reading.lastEnd) === "spawn-failed" ? "spawn-failed" : "gave-up";
  switch (reading.state) {
    case "running":
      return classifyRunning(reading, past);
    case "starting":
      return startsSeen(reading, past) >= LOOP_STARTS ? loopOf(reading) : "starting";
    case "stopping":
      return "stopping";
    case "waiting-to-restart":
      return wasSentAway(reading.lastEnd) && startsSeen(reading, past) < LOOP_STARTS ? "starting" : loopOf(reading);
    case "stopped":
    case "failed":
      return classifyStopped(reading, expected);
    case "unrecognised":
      return "unknown";
  }
}
