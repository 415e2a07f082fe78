import { describe, expect, it } from "vitest";
import { askingRun, cutRun, failedRun, receiptRun, runningRun } from "../../tests/support/repair-pages.ts";
import { isCutShort, progressWords, runNews, runOf, stepNow, takeRun } from "./runs.ts";
import { initialState } from "./state.ts";

const none = initialState.repairs;

describe("the lists of repairs", () => {
  it("move a repair from running to its receipt, without a second copy", () => {
    const running = takeRun(none, runningRun);
    expect(running.running).toEqual([runningRun]);
    const ended = takeRun(running, receiptRun);
    expect([ended.running, ended.ended]).toEqual([[], [receiptRun]]);
  });

  it("take a repair that goes on, or was left, out of those that were cut off", () => {
    const cut = { ...none, interrupted: [cutRun] };
    expect(isCutShort(cut, cutRun.id)).toBe(true);
    expect(takeRun(cut, { ...cutRun, state: "verifying" })).toMatchObject({ interrupted: [], running: [{ id: cutRun.id }] });
    expect(takeRun(cut, { ...cutRun, state: "ended", outcome: "interrupted" })).toMatchObject({
      interrupted: [],
      ended: [{ id: cutRun.id }],
    });
  });

  it("put the newest first and forget very old ones", () => {
    const many = Array.from({ length: 60 }, (_, at) => ({ ...receiptRun, id: `old${at}` }));
    const { ended } = takeRun({ ...none, ended: many }, failedRun);
    expect([ended[0]?.id, ended.length]).toEqual([failedRun.id, 50]);
  });

  it("find a repair wherever it is", () => {
    const lists = { ...none, running: [runningRun], interrupted: [cutRun], ended: [failedRun] };
    expect([runningRun, cutRun, failedRun].map(({ id }) => runOf(lists, id)?.id)).toEqual([runningRun.id, cutRun.id, failedRun.id]);
    expect(runOf(lists, "nobody")).toBeUndefined();
  });
});

describe("how far a repair is", () => {
  it("is the step under way, or the next one between two", () => {
    expect(progressWords(runningRun)).toBe("Step 3 of 4");
    const between = {
      ...runningRun,
      steps: runningRun.steps.map((step) => (step.index === 2 ? { ...step, state: "done" as const } : step)),
    };
    expect([progressWords(between), stepNow(between)?.index]).toEqual(["Step 4 of 4", 3]);
  });

  it("is the check of the result at the end", () => {
    expect(progressWords({ ...runningRun, state: "verifying" })).toBe("Checking the result");
    expect(progressWords(receiptRun)).toBe("Checking the result");
  });
});

describe("what is read out while a repair goes on", () => {
  const stepTwo = {
    ...runningRun,
    steps: runningRun.steps.map((step) => (step.index === 2 ? { ...step, state: "waiting" as const } : step)),
  };

  it("is a new step, a question and the end", () => {
    expect(runNews(undefined, runningRun)).toBe("Step 3 of 4: Restart the gateway.");
    expect(runNews(stepTwo, askingRun)).toContain("It asks: Open the gateway's window");
    expect(runNews(runningRun, { ...runningRun, state: "verifying" })).toBe("Checking the result");
    expect(runNews(runningRun, receiptRun)).toBe(receiptRun.sentence);
  });

  it("is never a line of progress, the same question, or an old receipt", () => {
    const further = { ...runningRun, steps: runningRun.steps.map((step) => ({ ...step, detail: "40 s of a usual 190 s" })) };
    expect(runNews(runningRun, further)).toBeNull();
    expect(runNews(askingRun, askingRun)).toBeNull();
    expect(runNews(undefined, receiptRun)).toBeNull();
    expect(runNews(receiptRun, receiptRun)).toBeNull();
  });
});
