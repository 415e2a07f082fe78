import { describe, expect, it } from "vitest";
import { cut, oneLine, printable, widthOf, wrap } from "./printable.ts";

describe("printable", () => {
  it("leaves no way to move the cursor, set a title or ring a bell", () => {
    const hostile = "a\u001b[2Jb\u001b]0;owned\u0007c\u009b31md\u0000e\bf";
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
    expect(printable(hostile)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(printable(hostile)).toContain("owned");
  });

  it("leaves no mark that turns the reading direction around", () => {
    expect(printable("abc\u202etxt.exe\u2066")).toBe("abc�txt.exe�");
  });

  it("keeps line breaks, turns tabs into spaces, drops carriage returns", () => {
    expect(printable("a\tb\r\nc")).toBe("a b\nc");
  });

  it("puts several lines on one and shows where they broke", () => {
    expect(oneLine(" first\nsecond\r\nthird ")).toBe("first ⏎ second ⏎ third");
  });
});

describe("widths", () => {
  it.each([
    ["plain", 5],
    ["日本", 4],
    ["e\u0301", 1],
    ["🙂", 2],
    ["⊖ red", 5],
  ])("of %s is %i columns", (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it("cuts at the given column and says that something is missing", () => {
    expect(cut("abcdefgh", 5)).toBe("abcd…");
    expect(cut("日本語です", 5)).toBe("日本…");
    expect(cut("abcde", 5)).toBe("abcde");
    expect(cut("abcde", Number.POSITIVE_INFINITY)).toBe("abcde");
  });

  it("breaks at spaces, and never inside a word", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("/a/very/long/path/that/must/stay b", 10)).toEqual(["/a/very/long/path/that/must/stay", "b"]);
    expect(wrap("one two three", Number.POSITIVE_INFINITY)).toEqual(["one two three"]);
    expect(wrap("", 10)).toEqual([""]);
  });
});
