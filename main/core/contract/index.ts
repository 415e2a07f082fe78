import { z } from "zod";
import { FindingCode, SymptomId } from "../model/finding.ts";
import { Plan } from "../model/plan.ts";
import { Intent, RepairRun } from "../model/receipt.ts";
import { SCHEMA_VERSION, Snapshot } from "../model/snapshot.ts";
import { command, event, query } from "./define.ts";
import { EXPLAIN_LIMIT } from "./explain-limit.ts";

export { EXPLAIN_LIMIT };

export const ExplainMatch = z.object({
  code: FindingCode,
  symptoms: z.array(SymptomId),
  stack: z.string(),
  confidence: z.number(),
  title: z.string(),
  /** The deciding line of the text, redacted. */
  line: z.string(),
  runbook: z.string(),
});
export type ExplainMatch = z.infer<typeof ExplainMatch>;

export const ExplainAnswer = z.object({ schemaVersion: z.literal(SCHEMA_VERSION), matches: z.array(ExplainMatch) });
export type ExplainAnswer = z.infer<typeof ExplainAnswer>;

export const SymptomRow = z.object({
  id: SymptomId,
  codes: z.array(FindingCode),
  stacks: z.array(z.string()),
  title: z.string(),
});
export type SymptomRow = z.infer<typeof SymptomRow>;

export const DeepRun = z.object({
  stack: z.string(),
  check: z.string(),
  state: z.enum(["running", "done", "cancelled", "failed"]),
  text: z.string(),
  elapsedMs: z.number(),
});
export type DeepRun = z.infer<typeof DeepRun>;

const Nothing = z.strictObject({});
const RepairId = z.strictObject({ id: z.string() });

/** One line of the journal. `what` is a fixed word such as `step-ended`; `facts` are short texts by name, redacted. */
export const JournalRow = z.object({ seq: z.number(), at: z.number(), what: z.string(), facts: z.record(z.string(), z.string()) });
export type JournalRow = z.infer<typeof JournalRow>;

/** Longest wait of one `getRepair`, milliseconds: shorter than what any transport gives an answer. */
export const REPAIR_WAIT_LIMIT = 8_000;
const Operation = z.strictObject({ stack: z.string(), action: z.enum(["start", "stop", "restart"]) });

/** Every call and event between the core and any front. IPC, HTTP routes, the client and test doubles derive from it. */
export const contract = {
  getSnapshot: query(Nothing, Snapshot),
  explain: query(z.strictObject({ text: z.string().max(EXPLAIN_LIMIT), stack: z.string().optional() }), ExplainAnswer),
  listSymptoms: query(Nothing, z.object({ schemaVersion: z.literal(SCHEMA_VERSION), symptoms: z.array(SymptomRow) })),
  /**
   * The plan of a remedy of a present finding; nothing is run. `brief` leaves out what takes seconds: asking the repair gate and looking
   * for other restarters. Fails with `refused` when a value in the plan is not what it should be.
   */
  previewPlan: query(z.strictObject({ stack: z.string(), code: FindingCode, remedy: z.string(), brief: z.boolean().optional() }), Plan),
  /** What `operateStack` would do; nothing is run. */
  previewOperation: query(Operation, Plan),
  /** A repair as it is now; with `waitMs`, as soon as it asks something or has ended, at the latest after that time. */
  getRepair: query(z.strictObject({ id: z.string(), waitMs: z.number().int().min(0).max(REPAIR_WAIT_LIMIT).default(0) }), RepairRun),
  /** Repairs under way, those that were cut off in the middle, and the newest receipts, newest first. */
  listRepairs: query(
    Nothing,
    z.object({ running: z.array(RepairRun), interrupted: z.array(RepairRun), ended: z.array(RepairRun), intents: z.array(Intent) }),
  ),
  /** What Lamplighter did, newest last, and whether the record is whole. */
  readJournal: query(
    z.strictObject({ limit: z.number().int().min(1).max(1_000).default(100) }),
    z.object({ lines: z.array(JournalRow), whole: z.boolean(), damage: z.string().optional() }),
  ),
  /** The whole state as redacted text, for a clipboard or a bug report. */
  describeForCopy: query(z.strictObject({ stack: z.string().optional(), code: FindingCode.optional() }), z.object({ text: z.string() })),
  /** Scenarios of invented systems, for looking around. */
  listDemos: query(Nothing, z.array(z.object({ id: z.string(), title: z.string() }))),

  probeNow: command("safe", z.strictObject({ stack: z.string().optional() }), Snapshot),
  /** Whether somebody is looking: sets the cadence. */
  setAttention: command("safe", z.strictObject({ visible: z.boolean() }), Nothing),
  runDeep: command("safe", z.strictObject({ stack: z.string(), check: z.string() }), DeepRun),
  cancelDeep: command("safe", z.strictObject({ stack: z.string(), check: z.string() }), Nothing),
  /** Starts a demo beside the real thing and gives its address; hosts without one answer with the code `not-here`. */
  openDemo: command("safe", z.strictObject({ scenario: z.string() }), z.object({ url: z.string() })),

  /**
   * Begins the plan of a remedy of a present finding and answers at once; `repairProgress` and `getRepair` tell the rest. `confirmed`
   * must be at least `once` for a disruptive plan and `twice` for a destructive one; otherwise, and when the repair gate is closed,
   * the call fails with the code `refused` and a sentence for people. `busy`: somebody else repairs this now; the text says who.
   */
  startRepair: command(
    "disruptive",
    z.strictObject({
      stack: z.string(),
      code: FindingCode,
      remedy: z.string(),
      confirmed: z.enum(["no", "once", "twice"]).default("no"),
      /** Seal of the plan that was shown. When the plan has changed since, the call fails with `refused`. */
      seal: z.string().max(64).optional(),
    }),
    RepairRun,
  ),
  /** Answers what a running repair asks: it is done (or: yes, do it), leave that step out, or stop here. */
  answerRepair: command("disruptive", z.strictObject({ id: z.string(), answer: z.enum(["done", "skip", "stop"]) }), RepairRun),
  /** Stops a running repair; the step under way is ended where it can be. */
  cancelRepair: command("safe", RepairId, RepairRun),
  /** Puts every file that an ended or interrupted repair changed back as it was. `force`: also those that somebody changed since. */
  undoRepair: command("disruptive", z.strictObject({ id: z.string(), force: z.boolean().default(false) }), RepairRun),
  /** Goes on with an interrupted repair from the first step that is not done, or closes it as it is. */
  resumeRepair: command("disruptive", z.strictObject({ id: z.string(), how: z.enum(["finish", "leave"]) }), RepairRun),
  /** Starts, stops or restarts a stack because a person wants it; a stop is remembered, shown, and not repaired. Begins like `startRepair`. */
  operateStack: command("disruptive", Operation, RepairRun),

  snapshotChanged: event(Snapshot),
  deepProgress: event(DeepRun),
  repairProgress: event(RepairRun),
} as const;
export type AppContract = typeof contract;
