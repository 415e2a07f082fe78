import type { Clock } from "../../core/ports/clock.ts";
import type { ServiceActed, ServiceActing } from "../../core/ports/service-control.ts";
import type { ServiceEnd, ServiceReading } from "../../core/ports/service-manager.ts";
import { obstacleTo, unknownRefusal } from "./launchctl-refusal.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

export type ProofOptions = ServiceActing & {
  readonly label: string;
  readonly read: () => Promise<ServiceReading>;
  readonly clock: Clock;
  /** The job before the order; a job that was loaded anew counts its starts from zero. */
  readonly before?: Loaded;
  readonly lastLine: () => Promise<string | undefined>;
  readonly pollMs: number;
  /** How long a process may take to come. */
  readonly patienceMs: number;
  /** How long it must keep running before it counts as started: a program that ends at once also looks started for a moment. */
  readonly settleMs: number;
};

/** A throttled start is waited for, but not longer than this in all. */
const longestMs = 60_000;

/** Reads until the job runs and keeps running, or shows that it does not. */
export async function proveRunning(options: ProofOptions): Promise<ServiceActed> {
  const { clock, label, before, settleMs, signal, progress } = options;
  const began = clock.monotonicMs();
  let deadline = began + options.patienceMs + settleMs;
  let first: { readonly pid: number; readonly atMs: number } | undefined;
  let announced = false;
  for (;;) {
    if (signal?.aborted) return { kind: "cancelled", detail: `launchd took the order; whether ${label} keeps running was not awaited.` };
    const reading = await options.read();
    const now = clock.monotonicMs();
    if (reading.kind === "loaded") {
      const { state, pid, nextTryMs, throttleSeconds } = reading;
      const isNew = pid !== undefined && (pid !== before?.pid || first !== undefined);
      if (state === "running" && isNew) {
        if (first && first.pid !== pid) return died(options, reading);
        first ??= { pid, atMs: now };
        if (now - first.atMs >= settleMs) return { kind: "done", detail: `${label} runs as process ${pid}.`, pid };
      } else if (hasRunAnew(reading, before, first !== undefined)) {
        return isCleanEnd(reading) ? { kind: "done", detail: `${label} ran and ended well.` } : died(options, reading);
      } else if (state === "waiting-to-restart" && !announced) {
        announced = true;
        const waitMs = nextTryMs ?? (throttleSeconds ?? 0) * 1000;
        if (waitMs > 0) progress?.(`launchd lets some time pass between starts: next try in ${Math.ceil(waitMs / 1000)} s.`);
        deadline = Math.min(Math.max(deadline, now + waitMs + options.patienceMs), began + longestMs);
      }
    }
    if (now >= deadline) return late(label, reading);
    await clock.sleep(options.pollMs, signal);
  }
}

/** The run that was ordered has been and is over. */
function hasRunAnew(reading: Loaded, before: Loaded | undefined, wasSeen: boolean): boolean {
  if (!["stopped", "failed", "waiting-to-restart"].includes(reading.state)) return false;
  return wasSeen || (reading.runs ?? 0) > (before?.runs ?? 0);
}

const isCleanEnd = ({ lastEnd, keepAlive, state }: Loaded): boolean =>
  state === "stopped" && keepAlive !== "always" && (lastEnd?.exitCode ?? 0) === 0 && lastEnd?.signal === undefined;

async function died({ label, lastLine }: ProofOptions, reading: Loaded): Promise<ServiceActed> {
  const said = await lastLine();
  const quoted = said === undefined ? "" : ` Its last line: ${said.slice(0, 200)}`;
  const faults = (reading.definitionFaults ?? []).slice(0, 2);
  const blamed = faults.length === 0 ? "" : ` ${faults.join(". ")}.`;
  const loops = reading.state === "waiting-to-restart" || reading.keepAlive === "always";
  const next = loops
    ? "launchd will go on starting it. Mend what its last lines name, or stop it until then."
    : "Mend what its last lines name, then start it again.";
  return {
    kind: "failed",
    meaning: `${label} was started and ended again at once, ${launchdEndWords(reading.lastEnd)}.${blamed}${quoted}`,
    next,
  };
}

function late(label: string, reading: ServiceReading): ServiceActed {
  const known = reading.kind === "unknown" ? unknownRefusal(reading) : obstacleTo(reading);
  if (known) return known;
  const where = reading.kind === "loaded" ? `It is loaded; launchd calls its state "${reading.rawState}".` : "It is not loaded any more.";
  const next = "Allow it in System Settings under General, Login Items, if it is switched off there; else load it anew.";
  return { kind: "failed", meaning: `launchd took the order, but no process of ${label} came. ${where}`, next };
}

const exits: Readonly<Record<number, string>> = {
  78: "its program, its folder or the folder of its logs is missing or not allowed",
  126: "its program may not be executed",
  127: "its program or a program it calls was not found",
};

/** How a run ended, as the end of a sentence: `with exit code 127 (its program or a program it calls was not found)`. */
export function launchdEndWords(end: ServiceEnd | undefined): string {
  if (/CODESIGNING/.test(end?.reason ?? "")) return "because its program was replaced after it was loaded";
  if (/DYLD/.test(end?.reason ?? "")) return "because a library it needs is missing";
  if (/JETSAM/.test(end?.reason ?? "")) return "because the system ran short of memory";
  if (end?.signal !== undefined) return `by ${end.signal}`;
  if (end?.exitCode === undefined) return "and launchd does not say how";
  const meaning = exits[end.exitCode];
  return `with exit code ${end.exitCode}${meaning === undefined ? "" : ` (${meaning})`}`;
}
