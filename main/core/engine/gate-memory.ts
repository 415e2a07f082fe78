import { z } from "zod";
import { salvaged } from "./salvaged.ts";
import { isFromLostLife } from "./since-restart.ts";
import { newLife, UnitLife } from "./unit-life.ts";

const ms = z.number().nonnegative();
const count = z.number().int().nonnegative();
/** From here on the pauses between restarts no longer double. */
const highestLevel = 6;
/** More than this cannot have passed since the look a restart was decided on, milliseconds. */
const longestSinceLookMs = 600_000;

/** What the gate remembers of one target. Steady times are those of its `UnitLife`. A damaged record is read as far as it goes. */
export const GateMemory = z.object({
  restarts: salvaged(z.object({ at: z.number(), steadyMs: ms }), 20),
  /** Repairs in a row that did not help, and the finding and steady time of the last. */
  failures: count.catch(0),
  failedMs: ms.optional().catch(undefined),
  failedCode: z.string().optional().catch(undefined),
  /** Restarts since the last one that helped: each doubles the pause. */
  level: count.catch(0),
});
export type GateMemory = z.infer<typeof GateMemory>;

export const newMemory: GateMemory = { restarts: [], failures: 0, level: 0 };

/** What is kept of one target in the state store, under `target/<label>`. */
export const TargetRecord = z.object({ life: UnitLife.catch(newLife), memory: GateMemory.catch(newMemory) });
export type TargetRecord = z.infer<typeof TargetRecord>;

/**
 * Reads a kept record as far as it goes. Times of the life that are later than itself become that. Those of the memory stay: they may
 * come from another process, or from a life whose record was lost, and who compares them knows about both.
 */
export function readTargetRecord(kept: unknown): TargetRecord {
  const read = TargetRecord.safeParse(kept);
  const { life, memory } = read.success ? read.data : { life: newLife, memory: newMemory };
  const notLater = (atMs: number): number => Math.min(atMs, life.steadyMs);
  return {
    life: {
      ...life,
      readMs: life.readMs && notLater(life.readMs),
      workedMs: life.workedMs && notLater(life.workedMs),
      downMs: life.downMs && notLater(life.downMs),
      starts: life.starts.map((one) => ({ ...one, atMs: notLater(one.atMs) })),
      flaps: { ...life.flaps, notedMs: notLater(life.flaps.notedMs) },
    },
    memory,
  };
}

/** To be called, and kept, before a start or restart of ours is carried out. `at` is epoch milliseconds. */
export function afterRestart(life: UnitLife, memory: GateMemory, at: number): GateMemory {
  // Rather later than earlier: a restart that seems older than it is would open the gate too soon.
  const sinceLookMs = Math.min(longestSinceLookMs, Math.max(0, at - (life.seenAt ?? at)));
  const restarts = [...memory.restarts, { at, steadyMs: life.steadyMs + sinceLookMs }].slice(-20);
  return { ...memory, restarts, level: Math.min(highestLevel, memory.level + 1) };
}

/** Whether it was seen working since a repair did not help: then that repair no longer counts against the next. */
export const workedSinceFailure = (life: UnitLife, { failedMs }: GateMemory): boolean =>
  failedMs !== undefined && life.workedMs !== undefined && (life.workedMs > failedMs || isFromLostLife(failedMs, life.steadyMs));

/** To be called when a repair was verified, or was not. A repair that helped clears what counts against the next; its restarts stay in the budget. */
export function afterVerification(life: UnitLife, memory: GateMemory, seen: { readonly ok: boolean; readonly code?: string }): GateMemory {
  if (seen.ok) return { restarts: memory.restarts, failures: 0, level: 0 };
  const isAnother = memory.failedCode !== undefined && seen.code !== undefined && memory.failedCode !== seen.code;
  const failures = isAnother || workedSinceFailure(life, memory) ? 1 : memory.failures + 1;
  return { ...memory, failures, failedMs: life.steadyMs, failedCode: seen.code };
}
