import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { green, matches, red } from "../../tests/support/snapshots.ts";
import { ExplainMatches } from "./explain-matches.tsx";

describe("what a pasted text means", () => {
  it("is told best match first, with the deciding line, the way out and the ids", async () => {
    const { texts, text } = await draw(<ExplainMatches matches={matches} />, { snapshot: green });
    expect(texts("h3")).toEqual(["OpenClaw rejects the shared token", "Too many refused connections: OpenClaw makes this client wait"]);
    expect(texts(".when")).toEqual(["Almost certain, OpenClaw", "Possible, OpenClaw"]);
    expect(text("pre")).toContain("gateway token mismatch");
    expect(text(".runbook")).toContain("Keep one source");
    expect(text(".codes")).toBe("openclaw.auth.token-mismatch O10");
  });

  it("leads to the finding when it is happening now, and only then", async () => {
    const now = await draw(<ExplainMatches matches={matches} />, { snapshot: red });
    expect(now.texts("a")).toEqual(["This is happening now: show it"]);
    const calm = await draw(<ExplainMatches matches={matches} />, { snapshot: green });
    expect(calm.all("a")).toEqual([]);
  });

  it("does not take an unknown text for good news", async () => {
    const { text } = await draw(<ExplainMatches matches={[]} />);
    expect(text()).toContain("That does not mean all is well");
  });

  it("names a stack by its id when this machine does not have it", async () => {
    const [first] = matches;
    if (first === undefined) throw new Error("no sample");
    const { text } = await draw(<ExplainMatches matches={[{ ...first, stack: "elsewhere", confidence: 0.7, runbook: "" }]} />);
    expect(text(".when")).toBe("Likely, elsewhere");
  });
});
