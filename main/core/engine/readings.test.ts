import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Check, check, defineProbe } from "../model/check.ts";
import type { Verdict } from "../model/observation.ts";
import { afterRun, believed, type CheckRecord, checkState, counts, factsFrom, isStale, newRecord } from "./readings.ts";

const judged = (
  judge: (seen: string, past: number) => Verdict,
  extra: { lane?: "poll" | "deep"; drivesLight?: boolean } = {},
): Check<string> =>
  check(
    { id: "one", title: "One", everyMs: 10_000, timeoutMs: 1_000, ...extra },
    defineProbe({ type: "x", options: z.object({}), observe: async () => "", judge: (_o, seen: string, past) => judge(seen, past.length) }),
    {},
  );
const green = judged(() => ({ light: "green", summary: "Fine" }));
const answered = (record: CheckRecord, seen: string, at: number) => afterRun(record, { kind: "answered", seen, durationMs: 5 }, at);

describe("after a run", () => {
  it("keeps the observation and the verdict on it", () => {
    expect(answered(newRecord(green), "hello", 100)).toMatchObject({
      past: [{ at: 100, seen: "hello" }],
      last: { at: 100, verdict: { light: "green" } },
      failures: 0,
    });
  });

  it("gives the judge the earlier observations, never the newest twice, and at most twenty", () => {
    const counting = judged((_seen, past) => ({ light: "green", summary: String(past) }));
    let record = newRecord(counting);
    for (let i = 0; i < 30; i++) record = answered(record, String(i), i);
    expect(record.past).toHaveLength(20);
    expect(record.last?.verdict.summary).toBe("20");
    expect(answered(newRecord(counting), "first", 0).last?.verdict.summary).toBe("0");
  });

  it("shows one short printable line, however much a judge repeats of what it was told", () => {
    const record = answered(newRecord(judged((seen) => ({ light: "amber", summary: seen }))), `\u001b[2J\n${"x".repeat(4_000_000)}`, 0);
    expect(checkState(record, 0, undefined).summary).toMatch(/^ \[2J x{190,}…$/);
  });

  it("counts failures until something good arrives", () => {
    let record = newRecord(judged((seen) => ({ light: seen === "ok" ? "green" : "red", summary: seen })));
    const failures = ["bad", "bad", "ok", "bad"].map((seen) => {
      record = answered(record, seen, 0);
      return record.failures;
    });
    expect(failures).toEqual([1, 2, 0, 1]);
  });

  it("makes trouble of a judge that throws, and forgets it with the next answer", () => {
    const moody = judged((seen) => {
      if (seen === "odd") throw new Error("never saw this");
      return { light: "green", summary: "Fine" };
    });
    const troubled = answered(newRecord(moody), "odd", 50);
    expect(troubled.trouble?.reason).toContain("never saw this");
    expect(answered(troubled, "usual", 60).trouble).toBeUndefined();
  });

  it("leaves everything as it was when the answer is not about now", () => {
    const before = answered(newRecord(green), "hello", 100);
    expect(afterRun({ ...before, running: true }, { kind: "discarded", reason: "slept", durationMs: 9 }, 200)).toEqual(before);
  });
});

describe("belief", () => {
  const record = answered(newRecord(green), "hello", 1_000);
  it("lasts three intervals and one time-out", () => {
    expect([isStale(record, 32_000), isStale(record, 32_001)]).toEqual([false, true]);
    expect(believed(record, 32_001)).toBeUndefined();
    expect(checkState(record, 40_000, undefined)).toMatchObject({ light: "grey", ageMs: 39_000 });
  });

  it("is not believed when it comes from before the clock was set back", () => {
    expect([isStale(record, 1_000), isStale(record, -4_000), isStale(record, -4_001)]).toEqual([false, false, true]);
    expect(believed(record, -3_600_000)).toBeUndefined();
    expect(checkState(record, -3_600_000, undefined)).toMatchObject({
      light: "grey",
      ageMs: 0,
      summary: "The clock was set back since the last answer: Fine",
    });
  });

  it("is lost at once when the newest run failed", () => {
    const troubled = afterRun(record, { kind: "trouble", reason: "Did not answer within 1 s", durationMs: 1_000 }, 2_000);
    expect(believed(troubled, 2_000)).toBeUndefined();
    expect(factsFrom(new Map([["one", troubled]]), 2_000).of(green)).toBeUndefined();
    expect(checkState(troubled, 2_500, undefined)).toMatchObject({ light: "grey", summary: "Did not answer within 1 s", ageMs: 500 });
  });

  it("keeps the answer of a slow check until it is asked again", () => {
    const doctor = judged(() => ({ light: "amber", summary: "2 findings" }), { lane: "deep" });
    expect(checkState(answered(newRecord(doctor), "x", 0), 86_400_000, undefined)).toMatchObject({ light: "amber", drivesLight: false });
    expect(checkState(newRecord(doctor), 0, undefined)).toMatchObject({ light: "grey", summary: "Runs only when asked" });
  });

  it("does not count what does not exist here, or what is only a note", () => {
    const absent = answered(newRecord(judged(() => ({ light: "grey", summary: "No such part", applies: false }))), "x", 0);
    const note = answered(newRecord(judged(() => ({ light: "red", summary: "x" }), { drivesLight: false })), "x", 0);
    expect([counts(absent, 0), counts(note, 0), counts(record, 1_000), counts(newRecord(green), 0)]).toEqual([false, false, true, true]);
  });
});
