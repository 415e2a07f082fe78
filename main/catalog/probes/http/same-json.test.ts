import { describe, expect, it } from "vitest";
import { sameJson } from "./same-json.ts";

describe("equality of JSON values", () => {
  it.each<[unknown, unknown]>([
    [null, null],
    [1, 1],
    ["a", "a"],
    [[], []],
    [{}, {}],
    [
      { a: 1, b: [true, { c: null }] },
      { b: [true, { c: null }], a: 1 },
    ],
  ])("holds for %j and %j", (a, b) => {
    expect(sameJson(a, b)).toBe(true);
    expect(sameJson(b, a)).toBe(true);
  });

  it.each<[unknown, unknown]>([
    [null, {}],
    [0, false],
    ["1", 1],
    [[], {}],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 2]],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ a: undefined }, { b: undefined }],
    [{ a: { b: 1 } }, { a: { b: 2 } }],
    [{}, { toString: 1 }],
  ])("does not hold for %j and %j", (a, b) => {
    expect(sameJson(a, b)).toBe(false);
    expect(sameJson(b, a)).toBe(false);
  });
});
