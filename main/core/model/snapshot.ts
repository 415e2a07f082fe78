import { z } from "zod";
import { Finding } from "./finding.ts";
import { Light } from "./light.ts";

export const SCHEMA_VERSION = 1;

/** One check as fronts show it. `at` and `ageMs` are absent until the first answer. */
export const CheckState = z.object({
  id: z.string(),
  title: z.string(),
  light: Light,
  summary: z.string(),
  at: z.number().optional(),
  ageMs: z.number().optional(),
  durationMs: z.number().optional(),
  /** Code of the worst finding this check raised. */
  code: z.string().optional(),
  lane: z.enum(["poll", "deep"]),
  /** False for notes: shown, but not part of the stack's light. */
  drivesLight: z.boolean(),
  /** True while a probe is under way for the first time or confirming a failure. */
  working: z.boolean(),
});
export type CheckState = z.infer<typeof CheckState>;

export const StackState = z.object({
  id: z.string(),
  title: z.string(),
  mark: z.string(),
  ground: z.boolean(),
  installed: z.boolean(),
  light: Light,
  sentence: z.string(),
  /** Set when a person stopped it and it is down: who and when, epoch milliseconds. Then the light is grey and counts for nothing. */
  stopped: z.object({ by: z.string(), at: z.number() }).optional(),
  checks: z.array(CheckState),
  findings: z.array(Finding),
  /** Worst light per slot, oldest first, 24 of them; null where nothing is known. */
  ticks: z.array(Light.nullable()),
  /** Width of one tick in milliseconds; without it fronts speak of slots instead of times. */
  tickMs: z.number().optional(),
  looksFor: z.array(z.string()),
});
export type StackState = z.infer<typeof StackState>;

/** Everything a front needs to draw, at one moment. The JSON of `lamplighter status --json`. Times are epoch milliseconds. */
export const Snapshot = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  light: Light,
  /** At most about 70 characters, cause first. */
  sentence: z.string(),
  at: z.number(),
  /** True until every check that drives a light has answered once. */
  settling: z.boolean(),
  /** Name of the demo scenario; absent on real systems. */
  demo: z.string().optional(),
  stacks: z.array(StackState),
  /** Problems of our own, such as a config.yaml line that does not fit. */
  notes: z.array(z.string()),
});
export type Snapshot = z.infer<typeof Snapshot>;
