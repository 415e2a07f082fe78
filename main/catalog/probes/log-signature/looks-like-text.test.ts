import { describe, expect, it } from "vitest";
import { looksLikeText } from "./looks-like-text.ts";

describe("looksLikeText", () => {
  it.each([
    [[]],
    [["", ""]],
    [["2026-11-20T18:00:00Z [gateway] ready"]],
    [["\u001b[31merror\u001b[0m\tgrüß 日本語 🕯️"]],
    [["one bad \uFFFD byte among many good ones"]],
  ])("takes %j for text", (lines) => {
    expect(looksLikeText(lines)).toBe(true);
  });

  it.each([
    ["zeros", ["\0".repeat(65_536)]],
    ["undecodable bytes", ["\uFFFD\uFFFDPK\u0003\u0004\uFFFD"]],
    ["two bytes for each character", ["h\0e\0l\0l\0o\0"]],
  ])("does not take %s for text", (_, lines) => {
    expect(looksLikeText(lines)).toBe(false);
  });

  it("looks at the beginning only", () => {
    const began = performance.now();
    expect(looksLikeText(Array(100_000).fill("x".repeat(1_000)))).toBe(true);
    expect(performance.now() - began).toBeLessThan(50);
  });
});
