import type { RepairOutcome, RepairRun } from "../core/model/receipt.ts";
import type { RunRecord } from "./run-record.ts";

const undoHint = (undo: RepairRun["undo"]): string => (undo === "available" ? " The changed files can be put back." : "");

/** Whether there is anything to put back. */
export const undoOf = ({ files }: Pick<RunRecord, "files">): RepairRun["undo"] => (files.length === 0 ? "not-needed" : "available");

/** One line for people about how a repair ended; `reason` says what stood in its way. */
export function outcomeSentence(outcome: RepairOutcome, run: Pick<RepairRun, "undo" | "title" | "steps">, reason: string): string {
  const stopped = run.steps.find(({ state }) => state === "failed" || state === "cancelled");
  const where = stopped === undefined ? "" : ` at step ${stopped.index + 1} of ${run.steps.length}`;
  switch (outcome) {
    case "verified":
      return reason;
    case "not-verified":
      return `Every step was done, but it does not work yet: ${reason}${undoHint(run.undo)}`;
    case "failed":
      return `Stopped${where}: ${reason}${undoHint(run.undo)}`;
    case "cancelled":
      return `Cancelled${where}; what came before it was done.${undoHint(run.undo)}`;
    case "refused":
      return reason;
    case "undone":
      return "Undone: every changed file is as it was before.";
    case "interrupted":
      return `Cut off and left as it was.${undoHint(run.undo)}`;
  }
}
