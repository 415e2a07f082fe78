import type { HostFacts } from "../../core/ports/machine.ts";

type Memory = HostFacts["memory"];

/** `/proc/meminfo`; null when it lacks the two figures that matter. `pressure` is `/proc/pressure/memory`, empty where the kernel has none. */
export function parseMeminfo(meminfo: string, pressure: string): Memory | null {
  const bytes = (name: string): number | null => {
    const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(meminfo)?.[1];
    return kib === undefined ? null : Number(kib) * 1024;
  };
  const [total, available] = [bytes("MemTotal"), bytes("MemAvailable")];
  if (total === null || available === null) return null;
  const swap = bytes("SwapTotal") ?? 0;
  const stall = /^some avg10=([\d.]+)/m.exec(pressure)?.[1];
  return {
    totalBytes: total,
    availableBytes: available,
    swapTotalBytes: swap,
    swapUsedBytes: swap - (bytes("SwapFree") ?? swap),
    ...(stall === undefined ? {} : { stallPercent: Number(stall) }),
  };
}

/** The names to ask macOS `sysctl` for. */
export const sysctlNames = ["hw.memsize", "vm.swapusage", "kern.memorystatus_vm_pressure_level", "kern.boottime"] as const;

/**
 * `sysctl` and `vm_stat` of macOS. Free, speculative and inactive pages count as available: the system gives them away
 * without swapping.
 */
export function parseMacosMemory(sysctl: string, vmStat: string): Memory | null {
  const total = /^hw\.memsize: (\d+)$/m.exec(sysctl)?.[1];
  const pageBytes = /page size of (\d+) bytes/.exec(vmStat)?.[1];
  if (total === undefined || pageBytes === undefined) return null;
  const pages = (kind: string) => Number(new RegExp(`^Pages ${kind}:\\s+(\\d+)\\.`, "m").exec(vmStat)?.[1] ?? 0);
  const swap = (part: string) => Math.round(Number(new RegExp(`${part} = ([\\d.]+)M`).exec(sysctl)?.[1] ?? 0) * 1_048_576);
  const level = /^kern\.memorystatus_vm_pressure_level: (\d+)$/m.exec(sysctl)?.[1];
  return {
    totalBytes: Number(total),
    availableBytes: (pages("free") + pages("speculative") + pages("inactive")) * Number(pageBytes),
    swapTotalBytes: swap("total"),
    swapUsedBytes: swap("used"),
    ...(level === undefined ? {} : { pressureLevel: Number(level) }),
  };
}

/** Boot time of macOS in epoch milliseconds, from `kern.boottime`. */
export function parseMacosBootTime(sysctl: string): number | null {
  const seconds = /^kern\.boottime: \{ sec = (\d+)/m.exec(sysctl)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
