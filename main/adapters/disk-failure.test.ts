import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codeOf, diskFailure } from "./disk-failure.ts";

const failing = (code: string): Error => Object.assign(new Error(`${code}: no such thing, open '/home/sam/secret-name'`), { code });

describe("diskFailure", () => {
  it.each([
    ["ENOSPC", "The disk is full."],
    ["EROFS", "The disk is mounted read-only."],
    ["EACCES", "This account may not do that there (permission denied)."],
    ["ESTRANGE", "The disk could not do it (ESTRANGE)."],
  ])("says %s as a sentence, and quotes no path", (code, sentence) => {
    expect(diskFailure(failing(code))).toBe(sentence);
  });

  it("has a sentence for what is no failure of the system, and does not repeat it", () => {
    for (const odd of [new Error("hunter2"), "hunter2", null, undefined]) expect(diskFailure(odd)).toBe("The disk could not do it.");
  });

  it("reads the code of a real failure", () => {
    let caught: unknown;
    try {
      readFileSync("/nothing/here");
    } catch (error) {
      caught = error;
    }
    expect([codeOf(caught), codeOf(new Error("x")), codeOf("ENOENT")]).toEqual(["ENOENT", "", ""]);
  });
});
