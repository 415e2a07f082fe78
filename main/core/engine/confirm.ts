/** What is remembered of one finding between rounds. Times are epoch milliseconds. */
export type Confirmation = {
  readonly state: "soft" | "hard";
  readonly since: number;
  /** Rounds in a row in which it was seen. */
  readonly seen: number;
  /** Rounds in a row in which it was not seen any more; a hard finding is held until there are enough. */
  readonly absent: number;
  readonly countedAt: number;
};

export type ConfirmRules = {
  /** Rounds until hard, per code. */
  needed(code: string): number;
  /** Rounds of absence until a hard finding is gone. */
  readonly clearAfter: number;
  /** Results that arrive closer together than this belong to the same round, milliseconds. */
  readonly roundMs: number;
};

/** Pauses before the next look while a failure waits for its repeats, milliseconds. After the last one: normal cadence. */
export const fastRetriesMs: readonly number[] = [1_000, 3_000, 9_000];

/**
 * Soft and hard: one bad answer is a suspicion, repeats make it a fact. `present` are the codes raised now.
 * Pure; called after each result. A code that was soft and is absent is forgotten at once.
 */
export function confirm(
  memory: ReadonlyMap<string, Confirmation>,
  present: ReadonlySet<string>,
  nowMs: number,
  rules: ConfirmRules,
): ReadonlyMap<string, Confirmation> {
  const next = new Map<string, Confirmation>();
  // A clock that was set back must not hold up counting until it has caught up.
  const isNewRound = (countedAt: number): boolean => Math.abs(nowMs - countedAt) >= rules.roundMs;
  for (const code of present) {
    const before = memory.get(code);
    const newRound = before === undefined || isNewRound(before.countedAt);
    const seen = (before?.seen ?? 0) + (newRound ? 1 : 0);
    const hard = before?.state === "hard" || seen >= rules.needed(code);
    next.set(code, {
      state: hard ? "hard" : "soft",
      since: before?.since ?? nowMs,
      seen,
      absent: 0,
      countedAt: newRound ? nowMs : (before?.countedAt ?? nowMs),
    });
  }
  for (const [code, before] of memory) {
    if (present.has(code) || before.state === "soft") continue;
    const newRound = isNewRound(before.countedAt);
    const absent = before.absent + (newRound ? 1 : 0);
    if (absent < rules.clearAfter) next.set(code, { ...before, absent, countedAt: newRound ? nowMs : before.countedAt });
  }
  return next;
}

/** Whether something waits for a repeat, either to become hard or to be believed gone. */
export const isUnsettled = (confirmation: Confirmation): boolean => confirmation.state === "soft" || confirmation.absent > 0;
