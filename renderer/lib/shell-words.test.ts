import { describe, expect, it } from "vitest";
import { quoteArgv, quoteWord } from "./shell-words.ts";

describe("arguments for a shell", () => {
  it("leaves plain words as they are", () => {
    expect(quoteArgv(["launchctl", "kickstart", "-k", "gui/501/ai.example.gateway"])).toBe(
      "launchctl kickstart -k gui/501/ai.example.gateway",
    );
  });

  it("quotes everything a shell would read differently", () => {
    expect(quoteWord("")).toBe("''");
    expect(quoteWord("two words")).toBe("'two words'");
    expect(quoteWord("it's")).toBe(`'it'\\''s'`);
    for (const word of ["$HOME", "a;b", "a&b", "*", "~", "a\nb", "`id`", "a>b", "#x", "!!", "ü"]) expect(quoteWord(word)).toMatch(/^'/);
  });
});
