import type { z } from "zod";
import { type Check, check } from "../../../core/model/check.ts";
import type { Environment } from "../../../core/ports/machine.ts";
import { type HostSeen, hostProbe } from "../../probes/host/index.ts";
import { codes } from "./codes.ts";
import type { MachineSettings } from "./settings.ts";

/** The looks at the ground: memory and clock often, disks once a minute, because they fill slowly. */
export function checksFor(settings: z.output<typeof MachineSettings>, environment: Environment): readonly Check<HostSeen>[] {
  const { thresholds } = settings;
  const paths = settings.disks ?? [...new Set([environment.home, environment.tempDir, "/"])];
  return [
    check({ id: "memory", title: "Memory", everyMs: 15_000 }, hostProbe, {
      parts: ["memory"],
      thresholds,
      codes: { memory: codes.memoryPressure },
    }),
    check({ id: "disk", title: "Disk space", everyMs: 60_000 }, hostProbe, {
      parts: ["disk"],
      paths: [...paths],
      thresholds,
      codes: { disk: codes.diskFull },
    }),
    check({ id: "clock", title: "Clock", everyMs: 15_000 }, hostProbe, {
      parts: ["clock"],
      thresholds,
      codes: { clock: codes.clockSetBack },
    }),
  ];
}
