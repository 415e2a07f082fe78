import type { FindingKind } from "../model/finding.ts";
import type { Light } from "../model/light.ts";
import { covers } from "./root-cause.ts";
import { count } from "./words.ts";

/** One thing that was wrong: its code and how bad it was. */
export type Wrong = { readonly code: string; readonly light: Light };

/** Codes, in the order in which they were given. `uncovered` was hidden before by something that is gone, so it is no new damage. */
export type Progress = {
  readonly trend: "better" | "same" | "worse";
  readonly gone: readonly string[];
  readonly eased: readonly string[];
  readonly appeared: readonly string[];
  readonly worsened: readonly string[];
  readonly uncovered: readonly string[];
  /** For people: "2 problems less, none new". */
  readonly sentence: string;
};

const badness: Record<Light, number> = { green: 0, grey: 0, amber: 1, red: 2 };

/**
 * Whether what is wrong became less: a repair is kept only while nothing new and nothing worse comes in its place. Notes do not count,
 * and neither does what could not be seen while something stood before it (`kinds` tell what hides what).
 */
export function compareFindings(
  before: readonly Wrong[],
  after: readonly Wrong[],
  kinds: readonly Pick<FindingKind, "code" | "explains">[] = [],
): Progress {
  const was = new Map(before.filter(({ light }) => badness[light] > 0).map(({ code, light }) => [code, badness[light]]));
  const is = new Map(after.filter(({ light }) => badness[light] > 0).map(({ code, light }) => [code, badness[light]]));
  const gone = [...was.keys()].filter((code) => !is.has(code));
  const fresh = [...is.keys()].filter((code) => !was.has(code));
  const changed = (sign: number): readonly string[] =>
    [...is].flatMap(([code, now]) => (Math.sign(now - (was.get(code) ?? now)) === sign ? [code] : []));
  const hiders = kinds.filter(({ code }) => gone.includes(code)).flatMap(({ explains = [] }) => explains);
  const uncovered = fresh.filter((code) => hiders.some((pattern) => covers(pattern, code)));
  const appeared = fresh.filter((code) => !uncovered.includes(code));
  const [eased, worsened] = [changed(-1), changed(1)];
  const bad = appeared.length + worsened.length;
  const good = gone.length + eased.length;
  const trend = bad > 0 ? "worse" : good > 0 ? "better" : "same";
  const part = (codes: readonly string[], words: string): readonly string[] =>
    codes.length === 0 ? [] : [`${count(codes.length, "problem")} ${words}`];
  const parts = [
    ...part(gone, "less"),
    ...part(eased, "milder"),
    ...part(appeared, "new"),
    ...part(worsened, "worse than before"),
    ...part(uncovered, "seen only now, because something stood before it"),
  ];
  return { trend, gone, eased, appeared, worsened, uncovered, sentence: parts.length === 0 ? "As before" : parts.join(", ") };
}
