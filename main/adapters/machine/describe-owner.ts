import type { Processes, TcpListener } from "../../core/ports/machine.ts";
import { localTime } from "./local-time.ts";

/** Who a listener's process is, since when it runs and whose child it is; empty for a process that may not be looked at. */
export async function describeOwner(processes: Processes, pid: number | undefined): Promise<Partial<TcpListener>> {
  const process = pid === undefined ? null : await processes.inspect(pid);
  if (process === null) return {};
  const parent = process.ppid > 0 ? await processes.inspect(process.ppid) : null;
  return {
    process,
    ...(parent === null ? {} : { parentName: parent.name }),
    ...(process.startedMs === undefined ? {} : { since: localTime(process.startedMs, Date.now()) }),
  };
}
