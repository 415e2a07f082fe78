import { z } from "zod";
import type { ServiceReading } from "../ports/service-manager.ts";
import { Flaps, noFlaps, noteState } from "./flapping.ts";
import { passTime } from "./pass-time.ts";
import { salvaged } from "./salvaged.ts";
import type { OurRestart } from "./since-restart.ts";
import { stopSeen } from "./stop-seen.ts";
import { followRuns } from "./unit-runs.ts";

const ms = z.number().nonnegative();
const count = z.number().int().nonnegative();

/** A start of the unit: by us, or by anybody else (its manager, a person, another restarter). `atMs` is steady time. */
export const UnitStart = z.object({ atMs: ms, by: z.enum(["us", "other"]) });
export type UnitStart = z.infer<typeof UnitStart>;

/** One run of the unit's process. It stays here after its end, until the next one. */
export const UnitRun = z.object({
  by: z.enum(["us", "other"]),
  /** For how long it has surely been running while this machine was awake, milliseconds. */
  ageMs: ms,
  /** By how much it can be older than that, because nobody looked when it began, milliseconds. */
  slackMs: ms,
  /** Whether the length of its boot may be learned: it was watched without a gap. */
  watched: z.boolean(),
  /** It worked at least once. */
  booted: z.boolean(),
  ended: z.boolean(),
});
export type UnitRun = z.infer<typeof UnitRun>;

/** The unit was stopped on purpose, as far as its readings tell. `at` is epoch milliseconds. */
export const SeenStop = z.object({ at: z.number(), how: z.string() });
export type SeenStop = z.infer<typeof SeenStop>;

const none = { steadyMs: 0, rhythmMs: 60_000, failedBoots: 0, state: "unseen" } as const;

/**
 * What is known of one service unit from looking at it, kept across restarts of ours. Lengths and order are counted in steady time:
 * milliseconds that truly passed between looks since the first one. It never goes back and does not jump when the clock is set, so
 * only it decides; epoch times are for words. A record that is damaged or older is read as far as it goes.
 */
export const UnitLife = z.object({
  steadyMs: ms.catch(none.steadyMs),
  seenAt: z.number().optional().catch(undefined),
  /** Usual pause between two looks, milliseconds; a much longer one is a gap. */
  rhythmMs: ms.catch(none.rhythmMs),
  state: z
    .enum([
      "unseen",
      "not-installed",
      "not-loaded",
      "running",
      "starting",
      "stopping",
      "waiting-to-restart",
      "stopped",
      "failed",
      "unrecognised",
    ])
    .catch("unseen"),
  /** Steady time of the last reading that told anything. */
  readMs: ms.optional().catch(undefined),
  pid: count.optional().catch(undefined),
  runs: count.optional().catch(undefined),
  /** Since when it is in its state, in the manager's own epoch milliseconds: only whether it differs means anything. */
  sinceMs: z.number().optional().catch(undefined),
  /** Until the manager's next try, milliseconds, while it waits to restart the unit. */
  nextTryMs: ms.optional().catch(undefined),
  run: UnitRun.optional().catch(undefined),
  /** Runs in a row that ended by themselves before they worked. */
  failedBoots: count.catch(none.failedBoots),
  starts: salvaged(UnitStart, 40),
  /** Lengths of past boots, newest last, milliseconds; rather too long than too short. */
  bootsMs: salvaged(ms, 20),
  /** As seen last; undefined when nobody could tell since the last gap. */
  works: z.boolean().optional().catch(undefined),
  /** Steady time when it was last seen working, and since when it is seen not working. */
  workedMs: ms.optional().catch(undefined),
  downMs: ms.optional().catch(undefined),
  flaps: Flaps.catch(noFlaps),
  stop: SeenStop.optional().catch(undefined),
  /** Epoch times of our restarts that were recognised as starts. */
  claimed: salvaged(z.number(), 20),
});
export type UnitLife = z.infer<typeof UnitLife>;

export const newLife: UnitLife = { ...none, starts: [], bootsMs: [], claimed: [], flaps: noFlaps };

/** One look at a unit. */
export type UnitSeen = {
  /** Epoch milliseconds. */
  readonly at: number;
  /**
   * Milliseconds of the monotonic clock since the last look that this process passed to `observeUnit` for this unit; undefined for
   * its first one. It tells a clock that was set from time that passed.
   */
  readonly sinceLastMs: number | undefined;
  readonly reading?: ServiceReading | undefined;
  readonly works?: boolean | undefined;
  /** Epoch milliseconds of the look that `works` comes from, when older than `at`: what was seen of a former run tells nothing of this one. */
  readonly worksAt?: number | undefined;
};

/**
 * Takes one look into account. Pure. A pause in looking, sleep, or a clock that was set is neither the length of a boot nor a change.
 * `ours` are our restarts, those from before the start they cause is seen included.
 */
export function observeUnit(life: UnitLife, seen: UnitSeen, ours: readonly OurRestart[]): UnitLife {
  const { life: passed, gap, clockMoved } = passTime(life, seen);
  const followed = followRuns(passed, seen, ours, { gap, clockMoved });
  const stopped = stopSeen(followed, seen, life.state);
  return followWorks(stopped, seen, gap);
}

function followWorks(life: UnitLife, seen: UnitSeen, gap: boolean): UnitLife {
  const staleMs = Math.max(0, seen.at - (seen.worksAt ?? seen.at));
  const { run, steadyMs } = life;
  const isOfFormerRun = run !== undefined && !run.ended && staleMs > run.ageMs;
  const works = isOfFormerRun ? undefined : seen.works;
  if (works === undefined) return gap ? { ...life, works: undefined } : life;
  const changed = !gap && life.works !== undefined && life.works !== works;
  const flaps = noteState(life.flaps, changed, steadyMs);
  if (!works) return { ...life, works, flaps, downMs: life.works === false && life.downMs !== undefined ? life.downMs : steadyMs };
  const next: UnitLife = { ...life, works, flaps, workedMs: steadyMs, downMs: undefined, stop: undefined, failedBoots: 0 };
  if (run === undefined || run.ended || run.booted) return next;
  const bootsMs = run.watched && !gap ? [...life.bootsMs, run.ageMs + run.slackMs].slice(-20) : life.bootsMs;
  return { ...next, bootsMs, run: { ...run, booted: true } };
}
