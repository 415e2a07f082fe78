import { describe, expect, it } from "vitest";
import { plain } from "./plain.ts";

describe("plain", () => {
  it.each([
    ["ordinary words, grüß dich 🕯️", "ordinary words, grüß dich 🕯️"],
    ["a\u001b[2Jb", "a [2Jb"],
    ["a\u0000\u0007\u009bb", "a b"],
    ["one\r\ntwo\nthree", "one\ntwo\nthree"],
    ["safe\u202egnp.exe", "safe gnp.exe"],
    ["tab\tbed", "tab bed"],
  ])("makes %j printable", (text, shown) => {
    expect(plain(text, 100)).toBe(shown);
  });

  it("cuts at the limit and shows that something is missing", () => {
    expect(plain("abcdef", 6)).toBe("abcdef");
    expect(plain("abcdefg", 6)).toBe("abcde…");
  });

  it("is done with millions of characters at once", () => {
    const began = performance.now();
    expect(plain("\u001b".repeat(8_000_000), 100).length).toBeLessThanOrEqual(100);
    expect(performance.now() - began).toBeLessThan(200);
  });
});
