import { readFileSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import type { Processes, ProcessFacts } from "../../core/ports/machine.ts";
import { parseBootTime, parseCommandLine, parseProcStatus, parseStartTicks } from "./parse-proc.ts";
import { userNames } from "./user-names.ts";

const mostFound = 50;
const commandBytes = 16_384;

const readNow = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

/** Asynchronous, because the kernel may keep a reader of another process's memory waiting, and we must not stand still. */
async function readCommandLine(pid: number | string): Promise<string> {
  const file = await open(`/proc/${pid}/cmdline`).catch(() => null);
  if (!file) return "";
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(commandBytes), 0, commandBytes);
    return buffer.toString("utf8", 0, bytesRead);
  } catch {
    return "";
  } finally {
    await file.close();
  }
}

/** Reads `/proc`. Our own process is never found, because what we look for may stand in our own arguments. */
export function linuxProcesses(): Processes {
  const nameOf = userNames();
  let bootedMs: number | null = null;

  const describe = (pid: number, commandLine: string): ProcessFacts | null => {
    const status = parseProcStatus(readNow(`/proc/${pid}/status`));
    if (!status) return null;
    const ticks = parseStartTicks(readNow(`/proc/${pid}/stat`));
    bootedMs ??= parseBootTime(readNow("/proc/stat"));
    const { uid, name, ...rest } = status;
    return {
      pid,
      ...rest,
      name,
      user: nameOf(uid),
      command: parseCommandLine(commandLine, name),
      ...(ticks === null || bootedMs === null ? {} : { startedMs: bootedMs + ticks * 10 }),
    };
  };

  return {
    inspect: async (pid) => describe(pid, await readCommandLine(pid)),
    async find(matches) {
      const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
      const lines = await Promise.all(pids.map(readCommandLine));
      const hits = pids.flatMap((pid, at) => {
        const line = lines[at] ?? "";
        return line !== "" && parseCommandLine(line, "").search(matches) >= 0 ? [{ pid: Number(pid), line }] : [];
      });
      return hits.slice(0, mostFound).flatMap(({ pid, line }) => describe(pid, line) ?? []);
    },
  };
}
