import type { ServiceEnd, ServiceReading } from "../../core/ports/service-manager.ts";
import type { PrintedJob } from "./parse-print.ts";
import { present } from "./present.ts";
import { macosSignal } from "./signal-names.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

/** launchd's own words. A job that does not run is told further below, by how its last run ended. */
const states: Readonly<Record<string, Loaded["state"]>> = {
  running: "running",
  xpcproxy: "starting",
  spawning: "starting",
  "spawn scheduled": "waiting-to-restart",
  SIGTERMed: "stopping",
  SIGKILLed: "stopping",
};

const notRunning: readonly string[] = ["not running", "exited"];

/** The system takes idle jobs out of memory; that is no failure. */
const idleExit = "JETSAM_REASON_MEMORY_IDLE_EXIT";

/** Turns a printed job into a reading. `enabled` comes from the list of disabled labels, undefined when that could not be read. */
export function launchdReading(job: PrintedJob, enabled?: boolean): Loaded {
  const raw = job.fields.get("state") ?? "";
  const lastEnd = endOf(job);
  const keepAlive = keepAliveOf(job);
  const path = job.fields.get("path");
  const program = job.fields.get("program");
  return present({
    kind: "loaded",
    state: (Object.hasOwn(states, raw) ? states[raw] : undefined) ?? (notRunning.includes(raw) ? restingState(lastEnd) : "unrecognised"),
    rawState: raw,
    pid: numberIn(job, "pid"),
    runs: numberIn(job, "runs"),
    lastEnd,
    keepAlive,
    runAtLoad: job.properties?.has("runatload"),
    onDemand: job.fields.has("run interval") || job.hasEventTriggers,
    enabled,
    needsReload: job.properties?.has("needs LWCR update"),
    // An item that an application registered has no file of its own: "(submitted by …)".
    definitionPath: path?.startsWith("/") ? path : undefined,
    argv: job.argv.length > 0 ? job.argv : program === undefined ? undefined : [program],
    workingDirectory: job.fields.get("working directory"),
    environmentNames: job.environmentNames,
    stdoutPath: job.fields.get("stdout path"),
    stderrPath: job.fields.get("stderr path"),
    throttleSeconds: numberIn(job, "minimum runtime"),
  });
}

function numberIn(job: PrintedJob, key: string): number | undefined {
  const text = job.fields.get(key) ?? "";
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** The exit code may come with its name (`78: EX_CONFIG`); it is absent when a signal or the system itself ended the run. */
function endOf(job: PrintedJob): ServiceEnd | undefined {
  const code = /^(-?\d+)(?:: (.+))?$/.exec(job.fields.get("last exit code") ?? "");
  const signal = /: (\d+)$/.exec(job.fields.get("last terminating signal") ?? "")?.[1];
  const failedToSpawn = job.fields.get("job state") === "spawn failed" ? "spawn failed" : undefined;
  const end = present<ServiceEnd>({
    exitCode: code ? Number(code[1]) : undefined,
    signal: signal === undefined ? undefined : macosSignal(Number(signal)),
    reason: job.fields.get("last exit reason") ?? failedToSpawn ?? code?.[2],
  });
  return Object.keys(end).length === 0 ? undefined : end;
}

/** A polite end leaves a stopped job behind; anything else a failed one. */
function restingState(end: ServiceEnd | undefined): "stopped" | "failed" {
  if (end === undefined || end.reason === idleExit) return "stopped";
  const polite = end.signal === undefined ? (end.exitCode ?? 0) === 0 : end.signal === "SIGTERM";
  return polite && end.reason === undefined ? "stopped" : "failed";
}

/** KeepAlive as a dictionary restarts when any one of its conditions holds. */
function keepAliveOf(job: PrintedJob): Loaded["keepAlive"] | undefined {
  if (job.properties?.has("keepalive")) return "always";
  const [afterSuccess, afterCrash] = [job.semaphores.get("successful exit"), job.semaphores.get("after crash")];
  const onFailure = afterSuccess === "0" || afterCrash === "1";
  const onSuccess = afterSuccess === "1" || afterCrash === "0";
  if (onFailure && onSuccess) return "always";
  if (onFailure) return "on-failure";
  return job.properties === null || onSuccess || job.semaphores.size > 0 ? undefined : "never";
}
