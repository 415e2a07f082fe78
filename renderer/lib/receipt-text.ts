import type { RepairRun } from "../../main/core/model/receipt.ts";
import { sayTook } from "./ages.ts";
import { stepWords } from "./step-words.ts";

/** A receipt as text to keep or to send: what came of it, before and after, each step, what proved it. Times in UTC. */
export function receiptText(run: RepairRun): string {
  const { before, after } = run;
  const at = (ms: number): string => new Date(ms).toISOString();
  return [
    `${run.title}: ${run.sentence}`,
    `repair ${run.id} of ${run.stack} (${run.code})`,
    `before ${at(before.at)} ${before.light}: ${before.sentence}`,
    ...(after === undefined ? [] : [`after ${at(after.at)} ${after.light}: ${after.sentence}`]),
    ...run.steps.map(
      ({ index, preview, state, detail }) => `${index + 1}. ${stepWords[state]}: ${preview}${detail === undefined ? "" : ` (${detail})`}`,
    ),
    ...(run.verifiedBy.length === 0 ? [] : [`proved by ${run.verifiedBy.join(", ")}`]),
    ...(run.endedMs === undefined ? [] : [`took ${sayTook(run.endedMs - run.startedMs)}`]),
    "",
  ].join("\n");
}
