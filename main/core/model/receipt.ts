import { z } from "zod";
import { Risk } from "./finding.ts";
import { Light } from "./light.ts";

/** How one step of a repair stands. `kept` on an undone or undoable step says that the former bytes are still there. */
export const StepRecord = z.object({
  /** Position in the plan, from 0. */
  index: z.number().int(),
  /** The `do` of the effect. */
  kind: z.string(),
  preview: z.string(),
  state: z.enum(["waiting", "running", "asking", "done", "failed", "skipped", "cancelled", "undone"]),
  startedMs: z.number().optional(),
  endedMs: z.number().optional(),
  /** One line: what came of it. */
  detail: z.string().optional(),
  /** What a command or check said, redacted, at most 4000 characters. */
  output: z.string().optional(),
});
export type StepRecord = z.infer<typeof StepRecord>;

export const RepairOutcome = z.enum(["verified", "not-verified", "failed", "cancelled", "refused", "undone", "interrupted"]);
export type RepairOutcome = z.infer<typeof RepairOutcome>;

const Seen = z.object({
  light: Light,
  sentence: z.string(),
  at: z.number(),
  /** What was wrong then; absent in receipts that were written before it was kept. */
  findings: z.array(z.object({ code: z.string(), light: Light })).optional(),
});

/**
 * One repair from its first step to its receipt. Plain data without secrets; times are epoch milliseconds.
 * `interrupted` is a repair whose process ended in the middle; it can be finished or undone.
 */
export const RepairRun = z.object({
  id: z.string(),
  stack: z.string(),
  code: z.string(),
  remedy: z.string(),
  title: z.string(),
  risk: Risk,
  state: z.enum(["running", "asking", "verifying", "ended"]),
  /** What a person is to do or to confirm now; answered by `answerRepair`. */
  question: z.object({ kind: z.enum(["do", "confirm"]), step: z.number().int(), text: z.string() }).optional(),
  steps: z.array(StepRecord),
  startedMs: z.number(),
  endedMs: z.number().optional(),
  before: Seen,
  after: Seen.optional(),
  outcome: RepairOutcome.optional(),
  /** Whether less is wrong than before the repair: a repair that traded one problem for another is no progress. */
  progress: z.object({ trend: z.enum(["better", "same", "worse"]), sentence: z.string() }).optional(),
  /** One line for people: what came of it, and what to do when it did not work. */
  sentence: z.string(),
  /** Titles of the checks that proved it, none of them the one that failed when another exists. */
  verifiedBy: z.array(z.string()),
  undo: z.enum(["not-needed", "available", "done", "impossible"]),
});
export type RepairRun = z.infer<typeof RepairRun>;

/** What a person wants of a target; outlives a restart of ours. */
export const Intent = z.object({ stack: z.string(), wanted: z.enum(["stopped", "running"]), by: z.string(), at: z.number() });
export type Intent = z.infer<typeof Intent>;
