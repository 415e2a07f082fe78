import { z } from "zod";
import { Risk } from "./finding.ts";

/**
 * One thing a repair will do, as plain data, so that it can be shown, dry-run, journaled and asserted.
 * `run-command` names environment variables only; values never appear.
 */
export const Effect = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("run-command"),
    argv: z.array(z.string()).min(1),
    cwd: z.string().optional(),
    envNames: z.array(z.string()).default([]),
  }),
  z.object({ do: z.literal("edit-file"), path: z.string(), change: z.string() }),
  z.object({ do: z.literal("open-url"), url: z.string() }),
  z.object({ do: z.literal("ask-person"), instruction: z.string() }),
  z.object({ do: z.literal("wait"), reason: z.string(), forMs: z.number() }),
  z.object({ do: z.literal("recheck"), check: z.string() }),
]);
export type Effect = z.infer<typeof Effect>;

export const PlannedEffect = z.object({ effect: Effect, preview: z.string(), risk: Risk });
export type PlannedEffect = z.infer<typeof PlannedEffect>;

/** A previewable repair: what it does in order, what it interrupts, how to undo it, how it will be proved. */
export const Plan = z.object({
  code: z.string(),
  remedy: z.string(),
  title: z.string(),
  risk: Risk,
  interrupts: z.string(),
  undo: z.string(),
  verify: z.string(),
  effects: z.array(PlannedEffect),
});
export type Plan = z.infer<typeof Plan>;
