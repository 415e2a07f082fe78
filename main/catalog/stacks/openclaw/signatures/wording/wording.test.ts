import { describe, expect, it } from "vitest";
import { findings } from "../../findings/index.ts";
import { wording } from "./index.ts";

const known = new Set(findings.map((kind) => kind.code));

/** Lines made of a pattern's own words over and over: what makes a careless pattern try again and again. */
function hostileLines({ source }: RegExp): readonly string[] {
  const words = [...source.matchAll(/[A-Za-z_][A-Za-z_=. -]{2,}/g)].map((found) => found[0]);
  const sets = [words, words.slice(0, -1), ...words.map((word) => [word])].filter((set) => set.length > 0);
  return sets.flatMap((set) => [" ", ""].map((between) => `${set.join(between)}${between}`.repeat(4_000).slice(0, 4_000)));
}

describe("rules about wording", () => {
  it("name only findings that have words, and none so surely that structure could not outweigh it", () => {
    expect(wording.filter((rule) => !known.has(rule.code) || rule.confidence < 0.3 || rule.confidence > 0.86)).toEqual([]);
  });

  it("remember nothing between lines", () => {
    const stateful = wording.flatMap((rule) => [...rule.any, ...(rule.not ?? [])]).filter((pattern) => pattern.global || pattern.sticky);
    expect(stateful).toEqual([]);
  });

  it("stay quick on lines made to slow them down", () => {
    const slow = wording
      .flatMap((rule) => [...rule.any, ...(rule.not ?? [])])
      .filter((pattern) =>
        [...hostileLines(pattern), '"a":'.repeat(1_000), "a:b ".repeat(1_000), " ".repeat(4_000)].some((line) => {
          const started = performance.now();
          pattern.test(line);
          return performance.now() - started > 60;
        }),
      );
    expect(slow.map((pattern) => pattern.source)).toEqual([]);
  });
});
