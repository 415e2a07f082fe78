import type { FindingKind } from "../model/finding.ts";
import { byWorst, type Light } from "../model/light.ts";

/** A present problem before it is told: its kind, and how bad this instance is. */
export type Present = { readonly kind: FindingKind; readonly light: Light };

export type Folded = { readonly code: string; readonly root: boolean; readonly followers: readonly string[] };

/** Whether `pattern` (a code, or a prefix followed by `*`) covers `code`. */
export const covers = (pattern: string, code: string): boolean =>
  pattern.endsWith("*") ? code.startsWith(pattern.slice(0, -1)) : pattern === code;

const isConsequence = (a: FindingKind, b: FindingKind): boolean =>
  a.code !== b.code && (a.explains ?? []).some((pattern) => covers(pattern, b.code));

/**
 * Folds consequences under their cause. A finding is a follower when a present finding explains it; two findings that
 * explain each other are settled by layer (the lower one is the cause), so that a cycle never hides every root.
 * Roots come first, worst light first, then nearest to the ground; every follower is listed under each of its roots.
 */
export function foldFollowers(present: readonly Present[]): readonly Folded[] {
  // A note is no trouble, so nothing follows from it: it must not hide what is.
  const explains = (a: Present, b: Present): boolean => a.light !== "green" && isConsequence(a.kind, b.kind);
  const causeOf = (child: Present): readonly Present[] =>
    present.filter((p) => explains(p, child) && !(explains(child, p) && beats(child.kind, p.kind)));
  const parents = new Map(present.map((p) => [p.kind.code, causeOf(p)]));

  const rootsAbove = (start: Present): ReadonlySet<string> => {
    const roots = new Set<string>();
    const seen = new Set<string>([start.kind.code]);
    const queue = [...(parents.get(start.kind.code) ?? [])];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (seen.has(next.kind.code)) continue;
      seen.add(next.kind.code);
      const above = parents.get(next.kind.code) ?? [];
      if (above.length === 0) roots.add(next.kind.code);
      queue.push(...above);
    }
    return roots;
  };

  const above = new Map(present.map((p) => [p.kind.code, rootsAbove(p)]));
  const isRoot = (p: Present): boolean => (above.get(p.kind.code)?.size ?? 0) === 0;
  const inOrder = [...present].sort(
    (a, b) =>
      Number(isRoot(b)) - Number(isRoot(a)) ||
      byWorst(a.light, b.light) ||
      a.kind.layer - b.kind.layer ||
      compare(a.kind.code, b.kind.code),
  );
  return inOrder.map((p) => ({
    code: p.kind.code,
    root: isRoot(p),
    followers: isRoot(p) ? inOrder.filter((f) => above.get(f.kind.code)?.has(p.kind.code)).map((f) => f.kind.code) : [],
  }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const beats = (a: FindingKind, b: FindingKind): boolean => a.layer < b.layer || (a.layer === b.layer && compare(a.code, b.code) < 0);
