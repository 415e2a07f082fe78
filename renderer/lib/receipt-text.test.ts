import { describe, expect, it } from "vitest";
import { failedRun, receiptRun, runningRun } from "../../tests/support/repair-pages.ts";
import { receiptText } from "./receipt-text.ts";

describe("a receipt to keep", () => {
  it("says what came of it, before and after, each step and its proof", () => {
    const lines = receiptText(receiptRun).split("\n");
    expect(lines.slice(0, 5)).toEqual([
      "Give both sides the same token: OpenClaw works, and took the shared token twice.",
      "repair m3k1-00aa of openclaw (openclaw.auth.token-mismatch)",
      "before 2026-11-20T03:12:05.000Z red: OpenClaw rejects the shared token; 4 more follow",
      "after 2026-11-20T03:12:40.000Z green: OpenClaw works",
      "1. Done: See which kind of sign-in the gateway uses. (Exit code 0)",
    ]);
    expect(lines.slice(-3)).toEqual(["proved by Connection with the shared token, Channels", "took 34.0 s", ""]);
  });

  it("claims no proof and no end that was not there", () => {
    expect(receiptText(failedRun)).not.toContain("proved by");
    expect(receiptText(failedRun)).toContain("4. Not run: Connect with the shared token.");
    expect(receiptText(runningRun)).not.toMatch(/^(after|took) /m);
  });
});
