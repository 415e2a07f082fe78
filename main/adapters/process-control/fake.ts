import type { Clock } from "../../core/ports/clock.ts";
import type { ProcessFacts } from "../../core/ports/machine.ts";
import type { ProcessControl } from "../../core/ports/process-control.ts";
import { processControl } from "./end-process.ts";

export type FakeProcessControlOptions = {
  /** What runs now. */
  readonly list: () => readonly ProcessFacts[];
  /** Takes a process away. */
  readonly remove: (pid: number) => void;
  readonly user: string;
  readonly clock: Clock;
  readonly ownPid?: number;
  /** How a process takes SIGTERM (default `ends`); one that is `stuck` survives SIGKILL too. */
  readonly temper?: (pid: number) => "ends" | "ignores" | "stuck";
};

/** Ends processes of an invented machine, with the rules of the real one. */
export function fakeProcessControl(options: FakeProcessControlOptions): ProcessControl {
  const { list, remove, user, clock, ownPid = 1_000_000, temper = () => "ends" } = options;
  const find = (pid: number): ProcessFacts | undefined => list().find((each) => each.pid === pid);
  return processControl({
    processes: { inspect: async (pid) => find(pid) ?? null },
    environment: { user },
    clock,
    ownPid,
    send: (pid, signal) => {
      if (find(pid) === undefined) return false;
      if (temper(pid) === "ends" || (temper(pid) === "ignores" && signal === "SIGKILL")) remove(pid);
      return true;
    },
  });
}
