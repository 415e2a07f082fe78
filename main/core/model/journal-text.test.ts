import { describe, expect, it } from "vitest";
import { journalText } from "./journal-text.ts";

describe("a line of the journal in words", () => {
  it.each([
    ["repair-started", { repair: "r1", title: "Restart it", code: "acme.a" }, "Began “Restart it” for acme.a (r1)"],
    ["step-started", { step: "2", preview: "Restart it", commands: "acme restart" }, "Step 2: Restart it · acme restart"],
    ["step-started", { step: "3", preview: "Look again" }, "Step 3: Look again"],
    ["step-ended", { step: "2", state: "failed", detail: "Exit code 1" }, "Step 2 failed: Exit code 1"],
    ["file-kept", { path: "/a", copy: "b1 sha256:00" }, "Kept what was at /a (b1 sha256:00)"],
    ["repair-ended", { repair: "r1", outcome: "not-verified", sentence: "It still refuses" }, "Ended, not verified: It still refuses (r1)"],
    ["repair-resumed", { repair: "r1", how: "leave" }, "Left r1 as it was"],
    ["repair-resumed", { repair: "r1", how: "finish" }, "Went on with r1"],
    ["undo-started", { repair: "r1", changes: "/a; /b" }, "Began to put back /a; /b (r1)"],
    ["undo-ended", { repair: "r1", kind: "changed-since" }, "Putting back ended: changed since (r1)"],
    ["intent", { by: "ada", stack: "acme", wanted: "stopped" }, "ada wants acme stopped"],
    ["intent-over", { stack: "acme", reason: "it runs again" }, "acme counts as stopped on purpose no more: it runs again"],
  ])("says %s %j", (what, facts, words) => {
    expect(journalText({ what, facts: facts as Record<string, string> })).toBe(words);
  });

  it("tells all that it does not know the words for, and takes no inherited name for a word", () => {
    expect(journalText({ what: "state-given-up", facts: { path: "/x", days: "60" } })).toBe("state given up: path /x, days 60");
    expect(journalText({ what: "toString", facts: {} })).toBe("toString");
  });
});
