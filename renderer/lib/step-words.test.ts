import { describe, expect, it } from "vitest";
import { RepairOutcome, StepRecord } from "../../main/core/model/receipt.ts";
import { outcomeWords, stepPaths, stepWords } from "./step-words.ts";

describe("the states of a step", () => {
  it("each have a word of their own and something to see", () => {
    const states = StepRecord.shape.state.options;
    expect(new Set(states.map((state) => stepWords[state])).size).toBe(states.length);
    for (const state of states) expect(stepPaths[state].line ?? stepPaths[state].fill).toMatch(/^M/);
  });

  it("that must be told apart have different shapes", () => {
    const told = (["waiting", "running", "asking", "done", "failed", "cancelled", "undone"] as const).map((state) =>
      JSON.stringify(stepPaths[state]),
    );
    expect(new Set(told).size).toBe(told.length);
  });
});

describe("the ends of a repair", () => {
  it("are green only when it was proved", () => {
    const green = RepairOutcome.options.filter((outcome) => outcomeWords[outcome].shape === "green");
    expect(green).toEqual(["verified"]);
  });
});
