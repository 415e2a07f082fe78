import { z } from "zod";
import { FindingCode, SymptomId } from "../model/finding.ts";
import { Plan } from "../model/plan.ts";
import { SCHEMA_VERSION, Snapshot } from "../model/snapshot.ts";
import { command, event, query } from "./define.ts";

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

/** Largest text `explain` takes, characters. */
export const EXPLAIN_LIMIT = 1_048_576;

/** Every call and event between the core and any front. IPC, HTTP routes, the client and test doubles derive from it. */
export const contract = {
  getSnapshot: query(Nothing, Snapshot),
  explain: query(z.strictObject({ text: z.string().max(EXPLAIN_LIMIT), stack: z.string().optional() }), ExplainAnswer),
  listSymptoms: query(Nothing, z.object({ schemaVersion: z.literal(SCHEMA_VERSION), symptoms: z.array(SymptomRow) })),
  /** The plan of a remedy of a present finding; nothing is run. */
  previewPlan: query(z.strictObject({ stack: z.string(), code: FindingCode, remedy: z.string() }), Plan),
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

  snapshotChanged: event(Snapshot),
  deepProgress: event(DeepRun),
} as const;
export type AppContract = typeof contract;
