import { z } from "zod";
import { Plan } from "../core/model/plan.ts";
import { RepairRun } from "../core/model/receipt.ts";

/** What was at a path before a step changed it; see the port for the meaning of its fields. */
const KeptFile = z.object({
  id: z.string(),
  path: z.string(),
  existed: z.boolean(),
  mode: z.number().exactOptional(),
  sha256: z.string().exactOptional(),
  sizeBytes: z.number().exactOptional(),
});

/** One file that a step changes. `expects` is what will be there afterwards: absent when the step takes the file away. */
export const ChangedFile = z.object({
  step: z.number().int(),
  backup: KeptFile,
  expects: z.object({ existed: z.boolean(), sha256: z.string().exactOptional() }),
});
export type ChangedFile = z.infer<typeof ChangedFile>;

/** Everything needed to go on with a repair, or to undo it, after its process has ended. */
export const RunRecord = z.object({
  run: RepairRun,
  plan: Plan,
  /** Labels of the service units it may restart. */
  labels: z.array(z.string()),
  /** Set when a person asked for it, and no finding did. */
  personWants: z.enum(["running", "stopped"]).exactOptional(),
  files: z.array(ChangedFile),
  /** Label and time of every start, stop or restart that was carried out, epoch milliseconds. */
  restarts: z.array(z.object({ label: z.string(), at: z.number() })),
});
export type RunRecord = z.infer<typeof RunRecord>;
