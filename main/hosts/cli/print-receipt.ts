import { span } from "../../core/engine/words.ts";
import type { RepairRun, StepRecord } from "../../core/model/receipt.ts";
import type { Page } from "./page.ts";
import { clockWords } from "./time-words.ts";

/** A shape per state, so that no colour is needed to tell them apart. */
export const stepMarks: Readonly<Record<StepRecord["state"], string>> = {
  waiting: "·",
  running: "…",
  asking: "?",
  done: "✓",
  failed: "✗",
  skipped: "–",
  cancelled: "–",
  undone: "↩",
};

/** Lines of a step's output that are shown; the whole is in the JSON. */
const outputLines = 8;

/** One step with what came of it: `✓ 2. Restart the gateway: runs since 3 s (4 s)`. */
export function printStepResult(page: Page, step: StepRecord): void {
  const { paint } = page;
  const took = step.startedMs === undefined || step.endedMs === undefined ? "" : ` (${span(step.endedMs - step.startedMs)})`;
  const result = step.detail ?? step.state;
  const mark = step.state === "failed" ? paint.lit("red", stepMarks.failed) : stepMarks[step.state];
  page.line(2, `${mark} ${step.index + 1}. `, `${step.preview}: ${result}${took}`);
  if (step.state !== "failed" || step.output === undefined) return;
  const lines = step.output.trimEnd().split("\n");
  if (lines.length > outputLines) page.line(7, paint.faint("| "), `… ${lines.length - outputLines} lines before this`, paint.faint);
  for (const line of lines.slice(-outputLines)) page.command(7, paint.faint("| "), line);
}

/** What can be done about a repair from here, as a command to type; undefined when nothing can. */
const undoWords: Readonly<Record<RepairRun["undo"], (id: string) => string | undefined>> = {
  available: (id) => `lamplighter repair --undo ${id}`,
  done: () => "done: every changed file is as it was before",
  impossible: () => "not possible any more",
  "not-needed": () => undefined,
};

/** The receipt: what came of it, before and after, each step, what proved it, how to undo it. */
export function printReceipt(page: Page, run: RepairRun): void {
  const { paint } = page;
  const { before, after } = run;
  const isVerified = run.outcome === "verified" || run.outcome === "undone";
  page.line(0, isVerified ? `${stepMarks.done} ` : `${stepMarks.failed} `, run.sentence, paint.strong);
  page.line(2, paint.faint("before    "), `${paint.lamp(before.light)} ${before.light} at ${clockWords(before.at)}: ${before.sentence}`);
  if (after !== undefined)
    page.line(2, paint.faint("after     "), `${paint.lamp(after.light)} ${after.light} at ${clockWords(after.at)}: ${after.sentence}`);
  if (run.progress !== undefined) page.line(2, paint.faint("problems  "), run.progress.sentence);
  for (const step of run.steps) printStepResult(page, step);
  if (run.verifiedBy.length > 0) page.line(2, paint.faint("proved by "), run.verifiedBy.join(", "));
  if (run.endedMs !== undefined) page.line(2, paint.faint("took      "), span(run.endedMs - run.startedMs));
  const undo = undoWords[run.undo](run.id);
  if (undo !== undefined) page.command(2, paint.faint("undo      "), undo);
  page.line(2, paint.faint("receipt   "), run.id, paint.faint);
}
