import { describe, expect, it } from "vitest";
import { readDotenv } from "./dotenv.ts";

describe("a .env file", () => {
  it("is read line by line, quotes and export allowed", () => {
    const found = readDotenv(`# comment\nA=1\n export B = "two words" \nC='x # y'\r\nD=plain # remark\nE=\nnot a line\n=nameless\n`);
    expect(Object.fromEntries(found)).toEqual({ A: "1", B: "two words", C: "x # y", D: "plain", E: "" });
  });

  it("takes the last of several, and keeps signs that belong to a secret", () => {
    expect(readDotenv("T=old\nT=a=b#c$d").get("T")).toBe("a=b#c$d");
  });

  it.each([
    ["blanks before a value", `A=x${" ".repeat(250_000)}y`],
    ["blanks and line separators", `A=${" \u2028".repeat(100_000)}`],
    ["blanks without a name", " ".repeat(250_000)],
    ["one name without end", "A".repeat(250_000)],
    ["quotes that never close", `A="${"'".repeat(250_000)}`],
  ])("does not keep the reader busy with %s", (_, text) => {
    const began = performance.now();
    readDotenv(text);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
