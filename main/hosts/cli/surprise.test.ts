import { describe, expect, it } from "vitest";
import { surpriseWords } from "./surprise.ts";

describe("surpriseWords", () => {
  it("names the kind and the place, never the text", () => {
    const words = surpriseWords(new RangeError("password is hunter2"));
    expect(words).toMatch(/^Lamplighter failed unexpectedly \(RangeError in surprise\.test\.ts:\d+\)\.$/);
  });

  it("names the system's own code", () => {
    const error = Object.assign(new Error("open '/secret/path'"), { code: "EACCES", syscall: "open" });
    expect(surpriseWords(error)).toMatch(/^Lamplighter failed unexpectedly \(Error, EACCES, open/);
    expect(surpriseWords(error)).not.toContain("/secret");
  });

  it("repeats no text that hides in a code, and copes with what is no error", () => {
    expect(surpriseWords(Object.assign(new Error("x"), { code: "password=hunter2 or so" }))).not.toContain("hunter2");
    expect(surpriseWords("hunter2")).toBe("Lamplighter failed unexpectedly.");
    expect(surpriseWords(undefined)).toBe("Lamplighter failed unexpectedly.");
  });
});
