import type { ProcessFacts } from "../../core/ports/machine.ts";

/** What `/proc/PID/status` tells about a process. */
export type ProcStatus = {
  readonly name: string;
  readonly state: ProcessFacts["state"];
  readonly ppid: number;
  readonly uid: number;
  readonly rssBytes?: number;
};

/** `D` waits for a disk and `I` is an idle kernel thread: neither runs, neither is frozen. `t` is stopped by a debugger. */
const states: Readonly<Record<string, ProcessFacts["state"]>> = {
  R: "running",
  S: "sleeping",
  D: "sleeping",
  I: "sleeping",
  T: "stopped",
  t: "stopped",
  Z: "zombie",
};

const field = (text: string, name: string): string | undefined => new RegExp(`^${name}:\\s*(.*)$`, "m").exec(text)?.[1];

export function parseProcStatus(text: string): ProcStatus | null {
  const uid = /^\d+/.exec(field(text, "Uid") ?? "")?.[0];
  if (uid === undefined) return null;
  const rss = /^(\d+) kB/.exec(field(text, "VmRSS") ?? "")?.[1];
  return {
    name: field(text, "Name") ?? "",
    state: states[field(text, "State")?.[0] ?? ""] ?? "unknown",
    ppid: Number(field(text, "PPid") ?? 0),
    uid: Number(uid),
    ...(rss === undefined ? {} : { rssBytes: Number(rss) * 1024 }),
  };
}

/** Start of the process in clock ticks (hundredths of a second) after boot, from `/proc/PID/stat`. */
export function parseStartTicks(stat: string): number | null {
  // The name in parentheses may hold anything, so we count from the last parenthesis.
  const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  return ticks === undefined || !/^\d+$/.test(ticks) ? null : Number(ticks);
}

/** The words of `/proc/PID/cmdline` joined by spaces. Kernel threads have none and are shown by name, as `ps` does. */
export function parseCommandLine(bytes: string, name: string): string {
  const words = bytes.replace(/\0+$/, "").split("\0");
  return words.join(" ").trim() || `[${name}]`;
}

/** Boot time in epoch milliseconds from `/proc/stat`. */
export function parseBootTime(stat: string): number | null {
  const seconds = /^btime (\d+)$/m.exec(stat)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
