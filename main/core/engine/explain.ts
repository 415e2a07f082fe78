import { EXPLAIN_LIMIT } from "../contract/explain-limit.ts";
import type { ExplainMatch } from "../contract/index.ts";
import type { FindingKind } from "../model/finding.ts";
import type { PatternSignature, Signature } from "../model/signature.ts";
import { isJsonDocument, isSourceLine } from "./source-line.ts";
import { rejoinLines, tidyPaste } from "./tidy-paste.ts";
import { fill, shorten } from "./words.ts";

/** The part of a stack that `explain` reads. */
export type Explainable = {
  readonly id: string;
  readonly findings: readonly FindingKind[];
  readonly signatures: readonly Signature[];
};

const MAX_MATCHES = 8;
/** Patterns see at most this much of a line, characters: together with the text limit it bounds their work. */
const MAX_LINE = 8_192;
const MAX_SHOWN = 300;
const MAX_HITS = 50;
/** A reader has understood the structure of a text, a pattern only its wording. */
const READER_ADVANTAGE = 0.1;

type Lines = ReadonlyMap<string, number>;
type Hit = { readonly line: string; readonly confidence: number; readonly specificity: number; readonly hits: number };
type Ranked = { readonly stack: string; readonly kind: FindingKind; readonly rank: number } & Hit;

/** Different lines with how often each occurs, in order of appearance: logs repeat themselves. */
function linesOf(text: string): Lines {
  const lines = new Map<string, number>();
  for (const whole of text.split("\n")) {
    const line = whole.slice(0, MAX_LINE);
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return lines;
}

/** `search` ignores a pattern's own position, so a pattern with the flag `g` cannot remember an earlier text. */
const matchesSome = (patterns: readonly RegExp[], line: string): boolean => patterns.some((pattern) => line.search(pattern) !== -1);

function isSomewhere(pattern: RegExp, lines: Lines): boolean {
  for (const line of lines.keys()) if (line.search(pattern) !== -1) return true;
  return false;
}

function tryPattern(signature: PatternSignature, lines: Lines, isMention: (line: string) => boolean): Hit | null {
  let first: string | undefined;
  let hits = 0;
  for (const [line, times] of lines) {
    if (!matchesSome(signature.any, line) || isMention(line)) continue;
    first ??= line;
    hits += times;
    if (hits >= MAX_HITS) break;
  }
  if (first === undefined) return null;
  const { all = [], not = [] } = signature;
  if (not.some((pattern) => isSomewhere(pattern, lines)) || !all.every((pattern) => isSomewhere(pattern, lines))) return null;
  return { line: first, confidence: signature.confidence, specificity: all.length + not.length, hits: Math.min(hits, MAX_HITS) };
}

function tryReader(read: (text: string) => { line: string; confidence: number } | null, text: string): Hit | null {
  try {
    const hit = read(text);
    return hit === null ? null : { ...hit, specificity: 0, hits: 1 };
  } catch {
    // A reader that stumbles over hostile text has no opinion.
    return null;
  }
}

/** Many signatures may ask about one line. */
function remember(ask: (line: string) => boolean): (line: string) => boolean {
  const known = new Map<string, boolean>();
  return (line) => {
    const answer = known.get(line) ?? ask(line);
    known.set(line, answer);
    return answer;
  };
}

const bySureness = (a: Ranked, b: Ranked): number =>
  b.rank - a.rank ||
  b.specificity - a.specificity ||
  b.hits - a.hits ||
  a.kind.layer - b.kind.layer ||
  (a.kind.code < b.kind.code ? -1 : 1);

function matchesIn(read: string, stacks: readonly Explainable[], only: string | undefined): ExplainMatch[] {
  const lines = linesOf(read);
  const isMention = isJsonDocument(read) ? (): boolean => false : remember(isSourceLine);
  const best = new Map<string, Ranked>();
  for (const stack of stacks) {
    if (only !== undefined && stack.id !== only) continue;
    const kinds = new Map(stack.findings.map((kind) => [kind.code, kind]));
    for (const signature of stack.signatures) {
      const kind = kinds.get(signature.code);
      const hit = signature.kind === "pattern" ? tryPattern(signature, lines, isMention) : tryReader(signature.read, read);
      if (kind === undefined || hit === null) continue;
      const rank = hit.confidence + (signature.kind === "reader" ? READER_ADVANTAGE : 0);
      const match = { ...hit, stack: stack.id, kind, rank };
      const known = best.get(kind.code);
      if (known === undefined || bySureness(match, known) < 0) best.set(kind.code, match);
    }
  }
  return [...best.values()]
    .sort(bySureness)
    .slice(0, MAX_MATCHES)
    .map(({ stack, kind, line, confidence }) => ({
      code: kind.code,
      symptoms: [...kind.symptoms],
      stack,
      confidence,
      title: fill(kind.title),
      line: shorten(line.trim(), MAX_SHOWN),
      runbook: fill(kind.runbook),
    }));
}

/**
 * Says what a pasted text most likely means: at most 8 matches, best first, one per code, none for unrelated text.
 * Only a text that says nothing as it stands is read again with its broken lines put together.
 * Text beyond 1 MiB is not read. `only` keeps one stack, by id. Pure; time grows linearly with the text.
 */
export function explain(text: string, stacks: readonly Explainable[], only?: string): ExplainMatch[] {
  const read = tidyPaste(text.slice(0, EXPLAIN_LIMIT));
  const found = matchesIn(read, stacks, only);
  const joined = found.length === 0 ? rejoinLines(read) : undefined;
  return joined === undefined ? found : matchesIn(joined, stacks, only);
}
