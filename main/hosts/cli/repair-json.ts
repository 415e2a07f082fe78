import type { Plan } from "../../core/model/plan.ts";
import type { RepairRun } from "../../core/model/receipt.ts";
import { SCHEMA_VERSION } from "../../core/model/snapshot.ts";

const receiptOf = (run: RepairRun): object => ({
  before: run.before,
  ...(run.after === undefined ? {} : { after: run.after }),
  verified: run.outcome === "verified",
  ...(run.progress === undefined ? {} : { progress: run.progress }),
  outcome: run.outcome,
  sentence: run.sentence,
  steps: run.steps,
  verifiedBy: run.verifiedBy,
  undo: run.undo,
  startedMs: run.startedMs,
  ...(run.endedMs === undefined ? {} : { endedMs: run.endedMs }),
});

/** What became of a plan: `run` when it was carried out, `reason` when it was not or stands still. */
export type Told = { readonly stack?: string; readonly run?: RepairRun | undefined; readonly reason?: string | undefined };

/** The public JSON of a repair: the whole plan, whether it ran, and its receipt. Fields are only ever added. */
export function repairJson(plan: Plan, { stack, run, reason }: Told): string {
  const { effects, ...words } = plan;
  return `${JSON.stringify({
    schemaVersion: SCHEMA_VERSION,
    ...(stack === undefined ? {} : { stack }),
    ...words,
    plan: effects,
    ran: run !== undefined && run.outcome !== "refused",
    ...(reason === undefined ? {} : { reason }),
    ...(run === undefined ? {} : { id: run.id, receipt: receiptOf(run) }),
  })}\n`;
}

/** The same for a repair that is known by its receipt only. */
export const runJson = (run: RepairRun): string =>
  `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, id: run.id, stack: run.stack, code: run.code, ran: true, receipt: receiptOf(run) })}\n`;
