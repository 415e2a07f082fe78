import { describe, expect, it } from "vitest";
import { copyText } from "./clipboard.ts";

describe("copying", () => {
  it("writes the exact text", async () => {
    const written: string[] = [];
    expect(await copyText("a\n b", { writeText: async (text) => void written.push(text) })).toBe(true);
    expect(written).toEqual(["a\n b"]);
  });

  it("says so when there is no clipboard or it refuses", async () => {
    expect(await copyText("a", undefined)).toBe(false);
    expect(await copyText("a", { writeText: () => Promise.reject(new Error("denied")) })).toBe(false);
  });
});
