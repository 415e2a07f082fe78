import { describe, expect, it } from "vitest";
import { firstSentences } from "./first-sentences.ts";

describe("the first sentences", () => {
  it("are whole, as many as fit", () => {
    expect(firstSentences("One is here. Two is here. Three is here.", 30)).toBe("One is here. Two is here.");
    expect(firstSentences("One is here. Two is here.", 500)).toBe("One is here. Two is here.");
  });

  it("are at least one, however long that is", () => {
    const long = `${"very ".repeat(60)}long.`;
    expect(firstSentences(`${long} And more.`)).toBe(long);
  });

  it("do not end at a dot that ends no sentence", () => {
    expect(firstSentences("It reads an .env file, e.g. that of version 2026.9.6, and openclaw.json too. Then more.", 40)).toBe(
      "It reads an .env file, e.g. that of version 2026.9.6, and openclaw.json too.",
    );
  });

  it("keep a text without sentences as it is", () => {
    expect(firstSentences("")).toBe("");
    expect(firstSentences("no end")).toBe("no end");
  });
});
