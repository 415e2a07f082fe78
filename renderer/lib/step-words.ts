import type { RepairOutcome, StepRecord } from "../../main/core/model/receipt.ts";
import type { LampShape } from "./words.ts";

type StepState = StepRecord["state"];

/** A step's state in one word, for everybody. */
export const stepWords: Readonly<Record<StepState, string>> = {
  waiting: "Waiting",
  running: "Running",
  asking: "Needs you",
  done: "Done",
  failed: "Failed",
  skipped: "Left out",
  cancelled: "Not run",
  undone: "Undone",
};

/** A silhouette per state, as different as those of the lamps: they must survive without colour. */
export const stepPaths: Readonly<Record<StepState, { readonly line?: string; readonly fill?: string; readonly dash?: string }>> = {
  waiting: { line: "M10 4a6 6 0 1 1 0 12a6 6 0 1 1 0-12z", dash: "1.6 2.2" },
  running: { line: "M10 4a6 6 0 1 1-6 6" },
  asking: { fill: "M10 1.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 1 1 0-17zM8.9 5.2h2.2v6.2H8.9zM8.9 13h2.2v2.2H8.9z" },
  done: { line: "M4.5 10.5l4 4l7-8.5" },
  failed: { line: "M5 5l10 10M15 5L5 15" },
  skipped: { line: "M5 10h10" },
  cancelled: { line: "M5 10h10" },
  undone: { line: "M8 5L4.5 8.5L8 12M4.5 8.5H12a4 4 0 0 1 0 8H9" },
};

/** How a repair ended, as a heading and a lamp. */
export const outcomeWords: Readonly<Record<RepairOutcome, { readonly title: string; readonly shape: LampShape }>> = {
  verified: { title: "Repaired and proved", shape: "green" },
  "not-verified": { title: "Done, but not proved", shape: "amber" },
  failed: { title: "It did not work", shape: "red" },
  cancelled: { title: "Cancelled", shape: "grey" },
  refused: { title: "Not begun", shape: "grey" },
  undone: { title: "Undone", shape: "grey" },
  interrupted: { title: "Cut off and left", shape: "grey" },
};
