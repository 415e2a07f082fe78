import { describe, expect, it } from "vitest";
import { readJson5 } from "./read-json5.ts";

const nested = (depth: number, open = '{"a":', close = "}"): string => `${open.repeat(depth)}1${close.repeat(depth)}`;

describe("readJson5", () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ["{a: 'b', /* } */ c: [1,], // ]\n}", { a: "b", c: [1] }],
    [`{a: "${"[".repeat(300)}", b: '${"{".repeat(300)}'} // ${"[".repeat(300)}`, { a: "[".repeat(300), b: "{".repeat(300) }],
    [`/*${"[".repeat(300)}*/ {a: "\\"${"[".repeat(300)}"}`, { a: `"${"[".repeat(300)}` }],
  ])("reads %.60s", (text, value) => {
    expect(readJson5(text)).toEqual({ ok: true, value });
  });

  it("says where a text stops making sense, without quoting it", () => {
    expect(readJson5('{\n  "token": "s3cret" oops\n}')).toEqual({
      ok: false,
      problem: { line: 2, column: 21, message: "this is not valid JSON5" },
    });
    expect(readJson5('{"token": "s3cret')).toMatchObject({ problem: { message: "the text ends in the middle" } });
  });

  it("takes a hundred levels and refuses more", () => {
    expect(readJson5(nested(100)).ok).toBe(true);
    expect(readJson5(nested(101))).toMatchObject({ ok: false, problem: { line: 1, message: "it is nested far too deeply" } });
    expect(readJson5(`\n\n${nested(101, "[", "]")}`)).toMatchObject({ problem: { line: 3 } });
  });

  it.each([
    ["objects without end", '{"a":'.repeat(100_000)],
    ["lists without end", "[".repeat(500_000)],
    ["a remark without end", `/*${"*".repeat(500_000)}`],
    ["a name without end", `{${"a".repeat(500_000)}:1}`],
    ["a number without end", `[${"1".repeat(500_000)}`],
    ["blanks without end", `${" ".repeat(500_000)}{`],
    ["quotes without end", `{a:"${"\\".repeat(500_000)}`],
  ])("answers soon about %s", (_, text) => {
    const began = performance.now();
    readJson5(text);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
