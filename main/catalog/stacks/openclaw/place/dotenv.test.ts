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
});
