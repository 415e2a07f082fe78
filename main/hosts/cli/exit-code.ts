import type { Light } from "../../core/model/light.ts";
import type { RepairRun } from "../../core/model/receipt.ts";

/** The codes of Nagios plugins: 0 fine, 1 warning, 2 critical, 3 unknown. */
export const exitCodeOf: Readonly<Record<Light, number>> = { green: 0, amber: 1, red: 2, grey: 3 };

/** A verb that could not do its work knows nothing about any light. */
export const COULD_NOT_RUN = 3;

/** The light after a repair, whatever came of it; one that was refused, or stands still before a question, could not run. */
export function exitOfRun(run: RepairRun): number {
  if (run.outcome === "refused" || run.outcome === undefined || run.after === undefined)
    return run.outcome === "undone" ? 0 : COULD_NOT_RUN;
  return exitCodeOf[run.after.light];
}
