import { z } from "zod";
import { HostThresholds } from "../../probes/host/index.ts";

/** `stacks.machine` of config.yaml. `disks` replaces the paths whose file systems are watched. */
export const MachineSettings = z.strictObject({
  disks: z.array(z.string().startsWith("/")).min(1).optional(),
  thresholds: HostThresholds.prefault({}),
});
