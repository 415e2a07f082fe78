import { describe, expect, it } from "vitest";
import type { OwnView } from "../knowledge/cross-check.ts";
import type { Rung, RungState } from "../knowledge/ladder.ts";
import { judgeCross } from "./cross-validation.ts";
import { judgeClimb } from "./ladder.ts";

const rungs = (...states: readonly RungState[]): readonly Rung[] =>
  states.map((state, index) => ({ name: `layer ${index}`, state, said: `said ${state}` }));

describe("a climb up the ladder", () => {
  it.each([
    [rungs("yes", "yes", "unknown"), "green", "2 of 11 layers could be asked, and all say yes"],
    [rungs("no", "no"), "amber", "2 of 11 layers could be asked, and all say no"],
    [rungs("unknown"), "grey", "No layer could be asked"],
    [rungs("yes", "no"), "amber", "First disagreement at layer 1: said no"],
  ])("ends with a line, and keeps one line for each layer", (seen, light, summary) => {
    const verdict = judgeClimb({ rungs: seen, of: 11 });
    expect(verdict).toMatchObject({ light, summary });
    expect(verdict.report?.split("\n")).toHaveLength(seen.length);
    expect(verdict.findings?.map((one) => one.code) ?? []).toEqual(
      light === "amber" && summary.startsWith("First") ? ["openclaw.ladder"] : [],
    );
  });
});

it("keeps the answers as they came, under the layers that gave them", () => {
  const seen = [
    ...rungs("yes"),
    { name: "openclaw status", state: "no" as const, said: "refused", answer: '{"gateway":{"reachable":false}}' },
  ];
  expect(judgeClimb({ rungs: seen, of: 11 }).report?.split("\n")).toEqual([
    "layer 0: yes (said yes)",
    "openclaw status: no (refused)",
    '  {"gateway":{"reachable":false}}',
  ]);
});

describe("a comparison of OpenClaw's answers with ours", () => {
  const ours: OwnView = { answers: "yes", letsIn: "yes", channelsWork: "unknown", configValid: "yes" };
  const refused = { status: { rpc: { ok: false, gatewayReached: true, error: "unauthorized" } } };

  it("is grey without any answer, green in agreement, and else a note that names what differs", () => {
    expect(judgeCross({ theirs: {}, ours }, []).light).toBe("grey");
    expect(judgeCross({ theirs: { status: { rpc: { ok: true } } }, ours }, [])).toMatchObject({ light: "green", findings: [] });
    const differs = judgeCross({ theirs: refused, ours }, []);
    expect(differs.summary).toBe("They disagree about: gateway lets us in");
    expect(differs.findings).toMatchObject([{ code: "openclaw.cross-validation", light: "green" }]);
  });

  it("says whether the list got shorter since the last time", () => {
    const worse = {
      theirs: { ...refused, doctor: { findings: [{ checkId: "a/gateway-config", severity: "error", message: "x" }] } },
      ours,
    };
    expect(judgeCross({ theirs: refused, ours }, [{ at: 1, seen: worse }]).report).toContain(
      "1 left of 2; resolved: configuration is valid",
    );
    expect(judgeCross(worse, [{ at: 1, seen: { theirs: refused, ours } }]).report).toContain("New since last time: configuration is valid");
  });
});
