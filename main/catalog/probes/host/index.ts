import { z } from "zod";
import { defineProbe } from "../../../core/model/check.ts";
import { worst } from "../../../core/model/light.ts";
import type { DiskFacts, HostFacts } from "../../../core/ports/machine.ts";
import { oneLine } from "../summary.ts";
import { type ClockReading, judgeClock } from "./clock.ts";
import { judgeDisk } from "./disk.ts";
import { judgeMemory } from "./memory.ts";
import { HostThresholds } from "./thresholds.ts";

export { clockJumpMs } from "./clock.ts";
export { HostThresholds } from "./thresholds.ts";

export const HostOptions = z.object({
  /** Paths whose file systems must keep space. */
  paths: z.array(z.string()).default([]),
  /** Parts looked at; each part can be a check of its own. */
  parts: z.array(z.enum(["memory", "disk", "clock"])).default(["memory", "disk", "clock"]),
  thresholds: HostThresholds.prefault({}),
  codes: z.object({ memory: z.string().optional(), disk: z.string().optional(), clock: z.string().optional() }).default({}),
});

/** A path that is not there has no disk facts and is left out. Clock times: wall in epoch milliseconds, monotonic only for differences. */
export type HostSeen = { readonly facts: HostFacts; readonly disks: readonly DiskFacts[]; readonly clock: ClockReading };

/** Looks at the ground under everything: memory, disk space and the clock. */
export const hostProbe = defineProbe<typeof HostOptions, HostSeen>({
  type: "host",
  options: HostOptions,
  observe: async ({ paths, parts }, { ports }) => {
    const wanted = parts.includes("disk") ? paths : [];
    const [facts, ...disks] = await Promise.all([ports.host.facts(), ...wanted.map((path) => ports.host.disk(path))]);
    const clock = { wallMs: ports.clock.nowMs(), monotonicMs: ports.clock.monotonicMs() };
    return { facts, disks: disks.filter((disk) => disk !== null), clock };
  },
  judge: ({ parts, thresholds, codes }, seen, past) => {
    const opinions = parts.map((part) => {
      if (part === "memory") return { part, ...judgeMemory(seen.facts, thresholds) };
      if (part === "disk") return { part, ...judgeDisk(seen.disks, thresholds) };
      // The newest of the past may be this very observation.
      const before = past.findLast((one) => one.seen !== seen)?.seen.clock;
      return { part, ...judgeClock(seen.clock, before, seen.facts.clockSynchronised, thresholds) };
    });
    const light = worst(opinions.map((one) => one.light));
    const told = opinions.filter((one) => one.light === light);
    const findings = opinions.flatMap((one) => {
      const code = codes[one.part];
      if (code === undefined || one.light === "green" || one.light === "grey") return [];
      return [{ code, light: one.light, params: one.params ?? {}, evidence: [{ source: one.part, text: one.words }] }];
    });
    return { light, summary: oneLine(told.map((one) => one.words).join("; ")), findings };
  },
});
