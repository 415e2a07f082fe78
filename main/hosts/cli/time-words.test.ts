import { describe, expect, it } from "vitest";
import { clockWords, sinceWords } from "./time-words.ts";

describe("sinceWords", () => {
  it.each([
    [-5, "now"],
    [499, "now"],
    [8_000, "8 s ago"],
    [119_000, "119 s ago"],
    [121_000, "2 min ago"],
    [3 * 3_600_000, "3 h ago"],
    [50 * 3_600_000, "2 d ago"],
  ])("says %i ms as %s", (ms, words) => {
    expect(sinceWords(ms)).toBe(words);
  });
});

describe("clockWords", () => {
  it("shows the machine's own time of day", () => {
    expect(clockWords(new Date(2026, 10, 20, 9, 2, 3).getTime())).toBe("09:02:03");
  });
});
