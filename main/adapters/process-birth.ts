import { readFileSync } from "node:fs";
import type { Processes } from "../core/ports/machine.ts";
import { codeOf } from "./disk-failure.ts";

/**
 * What tells a process from a later one with the same number. `mark` is opaque and stays the same for the life of the process, also when
 * the clock is set; `unknown` means that the system did not say, and then nothing may be taken for gone.
 */
export type Birth = { readonly kind: "born"; readonly mark: string } | { readonly kind: "gone" | "unknown" };

/** Reads births: from `/proc` on Linux, where start times in wall-clock terms move when the clock is set, else from the start time. */
export function processBirths(
  processes: Pick<Processes, "inspect">,
  isLinux = process.platform === "linux",
): (pid: number) => Promise<Birth> {
  return async (pid) => {
    if (!isThere(pid)) return { kind: "gone" };
    if (isLinux) return birthInProc(pid);
    const facts = await processes.inspect(pid);
    if (facts?.state === "zombie") return { kind: "gone" };
    return facts?.startedMs === undefined ? { kind: "unknown" } : { kind: "born", mark: `start-${facts.startedMs}` };
  };
}

/** Whether any process has the number. One of another account, which may not be signalled, is there. */
function isThere(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

function birthInProc(pid: number): Birth {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold anything, so we count from the last parenthesis.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended; only its parent has not noticed yet.
    if (fields[0] === "Z" || fields[0] === "X") return { kind: "gone" };
    const ticks = fields[19];
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return ticks === undefined ? { kind: "unknown" } : { kind: "born", mark: `${boot}-${ticks}` };
  } catch (error) {
    return { kind: ["ENOENT", "ESRCH"].includes(codeOf(error)) && !isThere(pid) ? "gone" : "unknown" };
  }
}
