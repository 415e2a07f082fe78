import type { RepairRun, StepRecord } from "../../main/core/model/receipt.ts";
import type { Repairs } from "./state.ts";

/** Receipts that are kept in a list of the page. */
const KEPT = 50;

const without = (runs: readonly RepairRun[], id: string): readonly RepairRun[] => runs.filter((run) => run.id !== id);

export const runOf = ({ running, interrupted, ended }: Repairs, id: string): RepairRun | undefined =>
  [...running, ...interrupted, ...ended].find((run) => run.id === id);

/** True for a repair whose process ended in the middle: a person decides how it goes on. */
export const isCutShort = ({ interrupted }: Repairs, id: string): boolean => interrupted.some((run) => run.id === id);

/** The lists with a newer state of one repair. */
export function takeRun(repairs: Repairs, run: RepairRun): Repairs {
  const { id } = run;
  const rest = {
    ...repairs,
    running: without(repairs.running, id),
    interrupted: without(repairs.interrupted, id),
    ended: without(repairs.ended, id),
  };
  if (run.state !== "ended") return { ...rest, running: [run, ...rest.running] };
  return { ...rest, ended: [run, ...rest.ended].slice(0, KEPT) };
}

/** The step under way; the next one between two steps; undefined when all are over. */
export const stepNow = ({ steps }: RepairRun): StepRecord | undefined =>
  steps.find(({ state }) => state === "running" || state === "asking") ?? steps.find(({ state }) => state === "waiting");

/** How far it is: "Step 2 of 5", or "Checking the result". */
export function progressWords(run: RepairRun): string {
  const step = stepNow(run);
  if (run.state === "verifying" || step === undefined) return "Checking the result";
  return `Step ${step.index + 1} of ${run.steps.length}`;
}

/** What is worth reading out when a repair moves on: its steps, its questions, its end; never a mere line of progress. */
export function runNews(before: RepairRun | undefined, after: RepairRun): string | null {
  if (after.state === "ended") return before === undefined || before.state === "ended" ? null : after.sentence;
  if (after.state === "asking") return before?.question?.text === after.question?.text ? null : `It asks: ${after.question?.text ?? ""}`;
  const words = progressWords(after);
  if (before !== undefined && before.state !== "asking" && progressWords(before) === words) return null;
  const step = after.state === "verifying" ? undefined : stepNow(after);
  return step === undefined ? words : `${words}: ${step.preview}`;
}
