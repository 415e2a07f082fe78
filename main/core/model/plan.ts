import { z } from "zod";
import { Risk } from "./finding.ts";

/**
 * What can be asked of a service manager about one unit. `load` makes a definition known and running, `reload` takes it up anew after
 * its definition or program changed, `restart` keeps the definition, `read-definitions` lets the manager read changed files
 * (systemd), `reset-failed` clears a count that made it give up, `enable-linger` lets the account's units outlive its last logout.
 */
export const ServiceAction = z.enum([
  "load",
  "reload",
  "start",
  "stop",
  "restart",
  "enable",
  "disable",
  "reset-failed",
  "read-definitions",
  "enable-linger",
]);
export type ServiceAction = z.infer<typeof ServiceAction>;

/**
 * One thing a repair will do, as plain data, so that it can be shown, dry-run, journaled and asserted.
 * `run-command` names environment variables only; values never appear. No effect holds a secret.
 */
export const Effect = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("run-command"),
    argv: z.array(z.string()).min(1),
    cwd: z.string().optional(),
    envNames: z.array(z.string()).default([]),
    /** Label of the service unit that this starts, stops or restarts; such a step must pass the repair gate of that unit. */
    restarts: z.string().optional(),
    /** True when it also changes what that unit runs, before it starts it: then the start is no mere repetition of one that failed. */
    rewrites: z.boolean().optional(),
    /** Exit codes that count as done (default 0 only). */
    accepts: z.array(z.number().int()).optional(),
    /** Upper bound, milliseconds (default 60000). */
    timeoutMs: z.number().positive().optional(),
  }),
  z.object({ do: z.literal("service-unit"), action: ServiceAction, label: z.string() }),
  /** Replaces `to` by a byte-exact copy of `from`; what was at `to` is kept for undoing. */
  z.object({ do: z.literal("copy-file"), from: z.string(), to: z.string() }),
  /** Writes the whole text at once; what was there is kept for undoing. `mode` is octal permission bits. */
  z.object({ do: z.literal("write-file"), path: z.string(), text: z.string(), mode: z.number().int().optional() }),
  /** Takes a file away; it is kept for undoing. */
  z.object({ do: z.literal("remove-file"), path: z.string() }),
  z.object({ do: z.literal("set-mode"), path: z.string(), mode: z.number().int() }),
  /** Ends one proven process politely. `startedMs` (epoch milliseconds) tells it from a later one with the same number. */
  z.object({ do: z.literal("end-process"), pid: z.number().int(), startedMs: z.number(), name: z.string() }),
  z.object({ do: z.literal("open-url"), url: z.string() }),
  z.object({ do: z.literal("ask-person"), instruction: z.string() }),
  /** With `until`, the id of a check, waiting ends as soon as that check is green. */
  z.object({ do: z.literal("wait"), reason: z.string(), forMs: z.number(), until: z.string().optional() }),
  z.object({ do: z.literal("recheck"), check: z.string() }),
]);
export type Effect = z.infer<typeof Effect>;

export const PlannedEffect = z.object({
  effect: Effect,
  preview: z.string(),
  risk: Risk,
  /** Exact argument lists of what will be run for an effect that is not itself one command, in order. */
  commands: z.array(z.array(z.string())).optional(),
  /** Absolute paths that will be changed. */
  touches: z.array(z.string()).optional(),
});
export type PlannedEffect = z.infer<typeof PlannedEffect>;

/** Why a target may not be restarted now. `sentence` is for people: "Not yet: the gateway is booting, 84 s of a usual 190 s". */
export const GateReason = z.enum([
  "not-confirmed",
  "healthy",
  "flapping",
  "booting",
  "foreign-restarter",
  "deliberately-stopped",
  "cooldown",
  "budget-spent",
  "needs-person",
  "provider-incident",
  "busy",
  "cannot-tell",
]);
export type GateReason = z.infer<typeof GateReason>;

export const GateAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("open") }),
  z.object({
    kind: z.literal("closed"),
    reason: GateReason,
    sentence: z.string(),
    /** Epoch milliseconds after which asking again makes sense; absent when only a person or an event can change it. */
    retryAtMs: z.number().optional(),
  }),
]);
export type GateAnswer = z.infer<typeof GateAnswer>;

/** Something else on this machine that restarts a target: two healers make one storm. */
export const ForeignWatchdog = z.object({
  kind: z.enum(["launchd-job", "systemd-timer", "systemd-unit", "cron-line", "pm2", "script"]),
  /** Label, unit, or `crontab line 4`. */
  name: z.string(),
  /** Where it is defined, when it is a file. */
  path: z.string().optional(),
  /** What in it touches the target, redacted, one line. */
  evidence: z.string(),
});
export type ForeignWatchdog = z.infer<typeof ForeignWatchdog>;

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
  /** Absent when nothing in the plan restarts anything. */
  gate: GateAnswer.optional(),
  watchdogs: z.array(ForeignWatchdog).optional(),
  /** False when every step is for a person or only looks: then there is nothing for us to run. */
  runnable: z.boolean().optional(),
  /** Stands for all that we would do; given back to `startRepair`, it keeps anything else than what was shown from being run. */
  seal: z.string().optional(),
});
export type Plan = z.infer<typeof Plan>;
