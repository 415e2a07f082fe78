import { describe, expect, it } from "vitest";
import { quoteArgv, quoteWord } from "./shell-words.ts";

describe("arguments for a shell", () => {
  it("leaves plain words as they are", () => {
    const argv = ["launchctl", "kickstart", "-k", "gui/501/ai.example.gateway", "--url", "http://127.0.0.1:1/x"];
    expect(quoteArgv(argv)).toBe("launchctl kickstart -k gui/501/ai.example.gateway --url http://127.0.0.1:1/x");
  });

  it("quotes everything a shell would read differently", () => {
    expect([quoteWord(""), quoteWord("two words"), quoteWord("it's")]).toEqual(["''", "'two words'", `'it'\\''s'`]);
    for (const word of ["$HOME", "a;b", "a&b", "*", "~", "a\nb", "`id`", "a>b", "#x", "!!", "ü", "A=b"])
      expect(quoteWord(word)).toMatch(/^'/);
  });
});
