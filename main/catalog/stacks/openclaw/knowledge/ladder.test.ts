import { describe, expect, it } from "vitest";
import { climb, crossValidate, judgeLadder, type Rung, type RungState } from "./ladder.ts";

const names = ["service unit", "process", "port", "/healthz", "connect"];
const rungs = (...states: readonly RungState[]): readonly Rung[] =>
  states.map((state, index) => ({ name: names[index] ?? "more", state, said: `${names[index]} says ${state}` }));

describe("the ladder", () => {
  it.each([
    [rungs("yes", "yes", "yes", "yes"), undefined],
    [rungs("no", "no", "no"), undefined],
    [rungs("unknown", "unknown"), undefined],
    [rungs("yes", "yes", "no", "no"), 2],
    [rungs("no", "yes", "yes"), 1],
    [rungs("yes", "unknown", "no"), 2],
    [rungs("unknown", "yes", "yes"), undefined],
    [[], undefined],
  ])("breaks where two neighbours that know something disagree", (steps, at) => {
    expect(climb(steps).breaksAt).toBe(at);
  });

  it("shows the rungs up to the disagreement and rules out those below it", () => {
    const [raised] = judgeLadder(rungs("yes", "yes", "no", "no"));
    expect(raised).toMatchObject({
      code: "openclaw.ladder",
      params: { rung: "port" },
      ruledOut: ["service unit is fine", "process is fine"],
    });
    expect(raised?.evidence.map((one) => one.source)).toEqual(["service unit", "process", "port"]);
  });

  it("is silent when all agree", () => {
    expect(judgeLadder(rungs("yes", "yes"))).toEqual([]);
  });
});

describe("cross-validation", () => {
  it("names only real disagreements", () => {
    const list = [
      { topic: "running", theirs: "yes", ours: "yes", said: "" },
      { topic: "channels", theirs: "yes", ours: "no", said: "telegram is down" },
      { topic: "models", theirs: "unknown", ours: "no", said: "" },
    ] as const;
    expect(crossValidate(list)[0]?.evidence.map((one) => one.source)).toEqual(["channels"]);
    expect(crossValidate(list.slice(0, 1))).toEqual([]);
  });
});
