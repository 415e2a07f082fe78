import type { Check, Past } from "../model/check.ts";
import type { Light } from "../model/light.ts";
import type { Verdict } from "../model/observation.ts";
import type { CheckState } from "../model/snapshot.ts";
import type { Facts } from "../model/stack.ts";
import { type Clean, plain } from "./plain.ts";
import { span } from "./words.ts";

/** Everything kept of one check. `failures` counts results in a row that were not green. Times are epoch milliseconds. */
export type CheckRecord = {
  readonly check: Check;
  readonly past: readonly Past<unknown>[];
  readonly last?: { readonly at: number; readonly durationMs: number; readonly verdict: Verdict };
  /** Why the newest run brought no observation: it threw, or it did not answer in time. */
  readonly trouble?: { readonly at: number; readonly durationMs: number; readonly reason: string };
  readonly failures: number;
  readonly running: boolean;
  /** Pause until the next look as scheduled now; sets how old an answer may become. */
  readonly pauseMs: number;
};

export const newRecord = (check: Check): CheckRecord => ({ check, past: [], failures: 0, running: false, pauseMs: check.everyMs });

/** Characters of one line about a check; a judge keeps it shorter, and an answer from outside must not make it longer. */
const longestLine = 200;

/** Intervals after which an answer is no longer believed. */
const staleAfter = 3;

/** Clock corrections up to this size are no reason to doubt an answer, milliseconds. */
const futureMs = 5_000;

/** Observations kept per check, for judges that need to compare. */
const keptPast = 20;

/** What one run of a check brought: an observation, or the reason why there is none. */
export type RunOutcome =
  | { readonly kind: "answered"; readonly seen: unknown; readonly durationMs: number }
  | { readonly kind: "trouble"; readonly reason: string; readonly durationMs: number }
  /** Not about now: the machine slept, the loop was late, or nobody wants it any more. */
  | { readonly kind: "discarded"; readonly reason: string; readonly durationMs: number };

/** The record after a run. A judge that throws is trouble too, never a verdict. */
export function afterRun(before: CheckRecord, outcome: RunOutcome, at: number): CheckRecord {
  const { trouble: _gone, ...rest } = before;
  if (outcome.kind === "discarded") return { ...before, running: false };
  const troubled = (reason: string): CheckRecord => ({
    ...rest,
    running: false,
    failures: before.failures + 1,
    trouble: { at, durationMs: outcome.durationMs, reason },
  });
  if (outcome.kind === "trouble") return troubled(outcome.reason);
  try {
    const verdict = before.check.judge(outcome.seen, before.past);
    return {
      ...rest,
      running: false,
      past: [...before.past, { at, seen: outcome.seen }].slice(-keptPast),
      failures: verdict.light === "green" || verdict.applies === false ? 0 : before.failures + 1,
      last: { at, durationMs: outcome.durationMs, verdict },
    };
  } catch (error) {
    return troubled(`Could not judge what was seen: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** An answer is believed for three intervals and one time-out; deep answers are kept until asked again, with their age. */
export function isStale(record: CheckRecord, nowMs: number): boolean {
  if (record.last === undefined || record.check.lane === "deep") return false;
  const ageMs = nowMs - record.last.at;
  // From before the clock was set back: how old it is, nobody knows.
  if (ageMs < -futureMs) return true;
  return ageMs > staleAfter * Math.max(record.pauseMs, record.check.everyMs) + record.check.timeoutMs;
}

/** A good answer that says nothing worth telling: nothing else about the stack changes when the next one is the same. */
export const isQuiet = ({ trouble, last }: CheckRecord): boolean =>
  trouble === undefined && last?.verdict.light === "green" && (last.verdict.findings ?? []).length === 0;

/** Newest verdict that may still be believed; undefined when there is none, it is stale, or the newest run failed. */
export function believed(record: CheckRecord, nowMs: number): Verdict | undefined {
  return record.trouble !== undefined || isStale(record, nowMs) ? undefined : record.last?.verdict;
}

/** A red lamp that no finding speaks for and that waits for its repeats. */
export function isSuspected(record: CheckRecord, nowMs: number): boolean {
  const verdict = believed(record, nowMs);
  if (verdict?.light !== "red" || (verdict.findings ?? []).length > 0) return false;
  return counts(record, nowMs) && record.failures < (verdict.confirmAfter ?? 3);
}

/** The facts a stack may reason about: only observations that may still be believed. */
export function factsFrom(records: ReadonlyMap<string, CheckRecord>, nowMs: number): Facts {
  const usable = (check: Check<unknown>): readonly Past<unknown>[] => {
    const record = records.get(check.id);
    return record === undefined || believed(record, nowMs) === undefined ? [] : record.past;
  };
  return {
    nowMs,
    of: <Seen>(check: Check<Seen>) => usable(check).at(-1)?.seen as Seen | undefined,
    past: <Seen>(check: Check<Seen>) => usable(check) as readonly Past<Seen>[],
  };
}

function lamp(record: CheckRecord, nowMs: number): { light: Light; summary: string } {
  if (record.trouble !== undefined) return { light: "grey", summary: record.trouble.reason };
  if (record.last === undefined) {
    return { light: "grey", summary: record.check.lane === "deep" ? "Runs only when asked" : "Not looked at yet" };
  }
  if (isStale(record, nowMs) && nowMs < record.last.at)
    return { light: "grey", summary: `The clock was set back since the last answer: ${record.last.verdict.summary}` };
  if (isStale(record, nowMs))
    return { light: "grey", summary: `Last answer is ${span(nowMs - record.last.at)} old: ${record.last.verdict.summary}` };
  return { light: record.last.verdict.light, summary: record.last.verdict.summary };
}

/** Whether this check is part of its stack's light: it should be, and what it looks at exists here. */
export const counts = (record: CheckRecord, nowMs: number): boolean =>
  record.check.lane === "poll" && record.check.drivesLight && believed(record, nowMs)?.applies !== false;

/** A check as fronts show it. */
export function checkState(record: CheckRecord, nowMs: number, code: string | undefined, clean?: Clean): CheckState {
  const newest = record.trouble ?? record.last;
  const quiet = believed(record, nowMs)?.applies === false;
  const seen = lamp(record, nowMs);
  return {
    id: record.check.id,
    title: record.check.title,
    light: quiet ? "grey" : seen.light,
    summary: plain(seen.summary, longestLine, clean).replaceAll("\n", " "),
    ...(newest === undefined ? {} : { at: newest.at, ageMs: Math.max(0, nowMs - newest.at), durationMs: newest.durationMs }),
    ...(code === undefined ? {} : { code }),
    lane: record.check.lane,
    drivesLight: counts(record, nowMs),
    working: record.running && newest === undefined,
  };
}
