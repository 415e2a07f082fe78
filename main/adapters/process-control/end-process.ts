import type { Clock } from "../../core/ports/clock.ts";
import type { Environment, Processes, ProcessFacts } from "../../core/ports/machine.ts";
import type { Ended, ProcessControl } from "../../core/ports/process-control.ts";

export type ProcessControlOptions = {
  readonly processes: Pick<Processes, "inspect">;
  readonly environment: Pick<Environment, "user">;
  readonly clock: Clock;
  /** Who we are, never to be ended (default: this process). */
  readonly ownPid?: number;
  /** Sends a signal; false when there is no such process any more. Throws when it is not allowed to. */
  readonly send?: (pid: number, signal: "SIGTERM" | "SIGKILL") => boolean;
};

const defaultPatienceMs = 10_000;
/** How long the system may take to clear away a killed process. */
const clearingMs = 3_000;
const pauseMs = 50;
/** Start times come in whole seconds on macOS, and move a little with the clock on Linux. */
const toleranceMs = 2_000;
const longestAncestry = 64;

/** Ends processes of this account. The process is looked at again right before each signal; numbers are used again by the system. */
export function processControl(options: ProcessControlOptions): ProcessControl {
  const { processes, environment, clock, ownPid = process.pid, send = sendSignal } = options;

  /** We, and everything that we run below: our shell, terminal and session. */
  const isAbove = async (pid: number): Promise<boolean> => {
    let at = ownPid;
    for (let depth = 0; depth < longestAncestry && at > 1; depth += 1) {
      if (at === pid) return true;
      at = (await processes.inspect(at))?.ppid ?? 0;
    }
    return false;
  };

  const objection = async (pid: number, startedMs: number): Promise<{ readonly ended: Ended } | { readonly seen: ProcessFacts }> => {
    const no = (kind: "gone" | "another-process" | "not-ours", detail: string) => ({ ended: { kind, detail } });
    if (!Number.isSafeInteger(pid) || pid <= 1) return no("not-ours", `${pid} is no process that may be ended.`);
    if (await isAbove(pid)) return no("not-ours", `Process ${pid} is Lamplighter, or what it runs in.`);
    const seen = await processes.inspect(pid);
    if (seen === null || seen.state === "zombie") return no("gone", `There is no process ${pid} any more.`);
    if (seen.startedMs === undefined) return no("another-process", `The system does not tell when process ${pid} began.`);
    if (!(Math.abs(seen.startedMs - startedMs) <= toleranceMs))
      return no("another-process", `Process ${pid} is another one now: ${seen.name}.`);
    if (seen.user !== environment.user) return no("not-ours", `Process ${pid} belongs to ${seen.user}.`);
    return { seen };
  };

  /** From the first look on, the start time must stay exactly the same. */
  const lives = async (pid: number, seen: ProcessFacts): Promise<boolean> => {
    const now = await processes.inspect(pid);
    return now !== null && now.state !== "zombie" && now.startedMs === seen.startedMs && now.user === seen.user;
  };

  const goneWithin = async (pid: number, seen: ProcessFacts, ms: number, signal?: AbortSignal): Promise<boolean> => {
    for (const began = clock.monotonicMs(); ; await clock.sleep(pauseMs, signal)) {
      if (!(await lives(pid, seen))) return true;
      if (signal?.aborted || clock.monotonicMs() - began >= ms) return false;
    }
  };

  return {
    end: async (pid, startedMs, { patienceMs = defaultPatienceMs, signal } = {}) => {
      const checked = await objection(pid, startedMs);
      if ("ended" in checked) return checked.ended;
      const { seen } = checked;
      if (signal?.aborted) return { kind: "survived", detail: `Cancelled before process ${pid} was asked to end.` };
      const began = clock.monotonicMs();
      const ended = (): Ended => ({ kind: "ended", afterMs: Math.round(clock.monotonicMs() - began) });
      try {
        if (!send(pid, "SIGTERM")) return { kind: "gone", detail: `There is no process ${pid} any more.` };
        if (await goneWithin(pid, seen, patienceMs, signal)) return ended();
        if (signal?.aborted) return { kind: "survived", detail: `Cancelled: process ${pid} was asked to end and may still do so.` };
        if (!(await lives(pid, seen)) || !send(pid, "SIGKILL")) return ended();
        if (await goneWithin(pid, seen, clearingMs)) return ended();
        return { kind: "survived", detail: `Process ${pid} is still there after being killed; it waits for the system.` };
      } catch {
        return { kind: "not-ours", detail: `The system does not let us end process ${pid}.` };
      }
    },
  };
}

function sendSignal(pid: number, signal: "SIGTERM" | "SIGKILL"): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}
