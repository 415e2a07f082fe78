import type { Plan } from "../../core/model/plan.ts";
import type { Intent, RepairRun } from "../../core/model/receipt.ts";
import type { FoundFinding } from "./choose-plan.ts";
import type { Page } from "./page.ts";
import { gateWords } from "./print-repair-plan.ts";
import { momentWords } from "./time-words.ts";

export type Repairable = FoundFinding & { readonly plan: Plan | undefined };
export type RepairLists = {
  readonly running: readonly RepairRun[];
  readonly interrupted: readonly RepairRun[];
  readonly ended: readonly RepairRun[];
  readonly intents: readonly Intent[];
};

/** Receipts in the list; the whole story is in the journal. */
const newest = 5;

const reached = ({ steps }: RepairRun): string => `${steps.filter(({ state }) => state === "done").length} of ${steps.length} steps done`;

function section(page: Page, title: string, count: number): boolean {
  if (count === 0) return false;
  page.blank();
  page.line(0, "", title, page.paint.strong);
  return true;
}

/** What can be repaired now, what was cut off, what was done. */
export function printRepairs(page: Page, repairable: readonly Repairable[], lists: RepairLists): void {
  const { paint } = page;
  page.line(0, "", repairable.length === 0 ? "Nothing here needs a repair that Lamplighter knows." : "Can be repaired now", paint.strong);
  for (const { finding, plan } of repairable) {
    page.line(2, `${paint.lamp(finding.light)} `, finding.title);
    if (plan !== undefined) page.line(4, "", `${plan.title} (${plan.risk})`);
    const closed = plan === undefined ? undefined : gateWords(plan);
    if (closed !== undefined) page.line(4, "", closed, (text) => paint.lit("amber", text));
    page.command(4, "$ ", `lamplighter repair ${finding.code}`);
  }
  if (section(page, "Cut off in the middle", lists.interrupted.length))
    for (const run of lists.interrupted) {
      page.line(2, "", `${run.title}: ${reached(run)}, since ${momentWords(run.startedMs)}`);
      page.command(4, "$ ", `lamplighter repair --resume ${run.id}`);
      if (run.undo !== "impossible") page.command(4, "$ ", `lamplighter repair --undo ${run.id}`);
      page.command(4, "$ ", `lamplighter repair --leave ${run.id}`);
    }
  if (section(page, "Under way", lists.running.length)) for (const run of lists.running) page.line(2, "", `${run.title}: ${reached(run)}`);
  if (section(page, "Stopped by you", lists.intents.filter(({ wanted }) => wanted === "stopped").length))
    for (const { stack, at } of lists.intents.filter(({ wanted }) => wanted === "stopped"))
      page.line(2, "", `${stack}, ${momentWords(at)}`);
  if (section(page, "Newest repairs", lists.ended.length))
    for (const run of lists.ended.slice(0, newest)) {
      page.line(2, paint.faint(`${momentWords(run.startedMs)} `), `${run.title}: ${run.sentence}`);
      if (run.undo === "available") page.command(4, "$ ", `lamplighter repair --undo ${run.id}`);
    }
}
