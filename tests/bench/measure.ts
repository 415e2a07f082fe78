import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Seconds of wall time, and of user plus system time on all cores. */
export type Cost = { readonly wallS: number; readonly cpuS: number };

const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** Fields of /proc/PID/stat after the command name, which may hold spaces and brackets. */
const statFields = (pid: number | "self"): readonly string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
};

/** CPU seconds a living process has used by itself. */
export const cpuOf = (pid: number): number => (Number(statFields(pid)[11]) + Number(statFields(pid)[12])) / ticksPerSecond;

/** CPU seconds of every child of this process that has ended, with their own children. */
const cpuOfEndedChildren = (): number => (Number(statFields("self")[13]) + Number(statFields("self")[14])) / ticksPerSecond;

/** Proportional set size in MB where the kernel tells it, else the resident size. */
export function memoryMb(pid: number): { readonly rss: number; readonly pss: number } {
  const read = (file: string, key: string): number =>
    Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(readFileSync(file, "utf8"))?.[1] ?? Number.NaN) / 1024;
  const rollup = `/proc/${pid}/smaps_rollup`;
  return { rss: read(`/proc/${pid}/status`, "VmRSS"), pss: existsSync(rollup) ? read(rollup, "Pss") : Number.NaN };
}

export function childrenOf(pid: number): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => {
      try {
        return Number(statFields(candidate)[1]) === pid;
      } catch {
        return false;
      }
    });
}

/** Runs a program to its end and counts all it cost, children included. Never rejects for an exit code. */
export async function costOfRun(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Cost & { readonly exitCode: number | null; readonly stdout: string }> {
  const cpuBefore = cpuOfEndedChildren();
  const started = performance.now();
  const child = spawn(file, [...args], { env: { ...env }, stdio: ["ignore", "pipe", "ignore"] });
  let stdout = "";
  child.stdout.on("data", (text) => {
    stdout += String(text);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { wallS: (performance.now() - started) / 1000, cpuS: cpuOfEndedChildren() - cpuBefore, exitCode, stdout };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length === 0
    ? Number.NaN
    : sorted.length % 2 === 1
      ? (sorted[middle] ?? Number.NaN)
      : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
