import type { PatternSignature, ReaderSignature } from "../../../core/model/signature.ts";

/** A signature for single log lines. A later line that matches `clearedBy` takes all earlier hits of this rule back. */
export type LogRule = (PatternSignature | ReaderSignature) & { readonly clearedBy?: readonly RegExp[] };

/** One line as its program meant it. `at` in epoch milliseconds; absent when the line does not tell. */
export type LogLine = { readonly at?: number; readonly text: string };
export type ReadLine = (line: string) => LogLine;

/**
 * Lines of one code within the window, counted. `line` is the newest of them, cut to 400 characters. `times` are those of the newest
 * hundred, oldest first, in epoch milliseconds; `count` counts no more than these.
 */
export type LogHit = {
  readonly code: string;
  readonly path: string;
  readonly line: string;
  readonly count: number;
  readonly lastAt: number;
  readonly times: readonly number[];
};

const MAX_MATCHED = 8_192;
const MAX_SHOWN = 400;
const MAX_TIMES = 100;

function matches(rule: LogRule, text: string): boolean {
  if (rule.kind === "reader") return rule.read(text) !== null;
  return (
    rule.any.some((one) => one.test(text)) &&
    (rule.all ?? []).every((one) => one.test(text)) &&
    !(rule.not ?? []).some((one) => one.test(text))
  );
}

/** What one new line adds: a hit, or taking hits back. */
function apply(hits: Map<string, LogHit>, rule: LogRule, path: string, text: string, at: number): void {
  const key = `${rule.code} ${path}`;
  if (rule.clearedBy?.some((one) => one.test(text))) {
    hits.delete(key);
    return;
  }
  if (!matches(rule, text)) return;
  const known = hits.get(key);
  const times = [...(known?.times ?? []), at].slice(-MAX_TIMES);
  const line = text.slice(0, MAX_SHOWN);
  hits.set(key, { code: rule.code, path, line, count: times.length, lastAt: Math.max(known?.lastAt ?? at, at), times });
}

/** Forgets lines that left the window: a few in a quarter of an hour say something, the same number in a day does not. */
function forget(hits: Map<string, LogHit>, oldest: number): void {
  for (const [key, hit] of hits) {
    const times = hit.times.filter((at) => at >= oldest);
    if (times.length === 0) hits.delete(key);
    else if (times.length < hit.times.length) hits.set(key, { ...hit, count: times.length, times });
  }
}

export type Batch = {
  readonly path: string;
  readonly lines: readonly string[];
  /** False for the backlog found at the first look: its lines without a time are of unknown age and are passed over. */
  readonly fresh: boolean;
  readonly nowMs: number;
  readonly windowMs: number;
};

/** Reads lines into `hits`. A line without a time takes the time of the line before it (continuation lines). */
export function collect(hits: Map<string, LogHit>, rules: readonly LogRule[], readLine: ReadLine, batch: Batch): void {
  const oldest = batch.nowMs - batch.windowMs;
  let at = batch.fresh ? batch.nowMs : undefined;
  for (const line of batch.lines) {
    const read = readLine(line.slice(0, MAX_MATCHED));
    at = read.at ?? at;
    if (at === undefined || at < oldest) continue;
    for (const rule of rules) apply(hits, rule, batch.path, read.text, Math.min(at, batch.nowMs));
  }
  forget(hits, oldest);
}
