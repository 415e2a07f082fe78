import { describe, expect, it } from "vitest";
import { boundRaised } from "./bound-raised.ts";

const one = (i: number) => ({ source: "openclaw.json", text: `line ${i}` });

describe("boundRaised", () => {
  it("leaves an ordinary finding as it is", () => {
    const raised = {
      code: "a.b",
      evidence: [one(1), one(2)],
      params: { port: 80, name: "x" },
      ruledOut: ["A crash"],
      light: "red" as const,
    };
    expect(boundRaised(raised)).toEqual(raised);
    expect(boundRaised({ code: "a.b", evidence: [] })).toEqual({ code: "a.b", evidence: [] });
  });

  it("keeps the first of many pieces of evidence, and says how many more there are", () => {
    const { evidence } = boundRaised({ code: "a.b", evidence: Array.from({ length: 12_000 }, (_, i) => one(i)) });
    expect(evidence).toHaveLength(21);
    expect(evidence.at(0)).toEqual(one(0));
    expect(evidence.at(-1)).toEqual({ source: "openclaw.json", text: "and 11980 more" });
  });

  it("keeps less than a page of what an answer from outside says", () => {
    const flood = "x".repeat(4_000_000);
    const bounded = boundRaised({
      code: "a.b",
      evidence: [{ source: flood, text: flood }],
      params: { name: flood },
      ruledOut: Array(500).fill(flood),
    });
    expect(JSON.stringify(bounded).length).toBeLessThan(12_000);
  });

  it("takes control characters out of what is shown, and leaves parameters to those who judge them", () => {
    const bounded = boundRaised({
      code: "a.b",
      evidence: [{ source: "l\u0007og", text: "\u001b[31mred\u202e\r\nnext" }],
      params: { path: "/a\u0007b" },
    });
    expect(bounded.evidence).toEqual([{ source: "l og", text: " [31mred\nnext" }]);
    expect(bounded.params).toEqual({ path: "/a\u0007b" });
  });

  it("removes a secret before it cuts, so that no part of one is left at the edge", () => {
    const text = `${"x".repeat(390)} correct-horse-battery-staple`;
    const clean = (whole: string): string => whole.replaceAll("correct-horse-battery-staple", "‹password›");
    const bounded = boundRaised({ code: "a.b", evidence: [{ source: "log", text }], ruledOut: [text], params: { text } }, clean);
    expect(JSON.stringify(bounded)).not.toContain("correct");
  });
});
