import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Check, Lane } from "../model/check.ts";
import type { FindingKind, Raised } from "../model/finding.ts";
import type { Stack } from "../model/stack.ts";
import { evaluate, noMemory } from "./evaluate.ts";
import { afterRun, newRecord } from "./readings.ts";

const kind = (code: string, change: Partial<FindingKind> = {}): FindingKind => ({
  code,
  symptoms: [],
  light: "red",
  layer: 5,
  title: code,
  detail: code,
  runbook: "",
  ...change,
});

const stack: Stack = {
  id: "s",
  title: "S",
  mark: "Ss",
  looksFor: [],
  findings: [kind("s.cause", { layer: 1, explains: ["s.follower"] }), kind("s.follower")],
  signatures: [],
  settings: z.unknown(),
  locate: async () => null,
};

/** A check that brought these findings ten milliseconds ago. */
function answered(id: string, lane: Lane, findings: readonly Raised[]) {
  const check: Check = {
    id,
    title: id,
    lane,
    everyMs: 5_000,
    timeoutMs: 1_000,
    drivesLight: lane === "poll",
    probe: "x",
    observe: async () => null,
    judge: () => ({ light: findings.length === 0 ? "green" : "red", summary: id, findings }),
  };
  return [id, afterRun(newRecord(check), { kind: "answered", seen: null, durationMs: 1 }, 990)] as const;
}

const light = (...records: readonly ReturnType<typeof answered>[]) => lightWith([], ...records);

const lightWith = (stoppedUnits: readonly string[], ...records: readonly ReturnType<typeof answered>[]) =>
  evaluate({
    stoppedUnits,
    stack,
    installation: { checks: [], remedies: [], diagnose: () => [] },
    records: new Map(records),
    memory: noMemory,
    nowMs: 1_000,
    atOnce: true,
    ticks: [],
    tickMs: 1,
    clean: (text) => text,
  }).state;

const raise = (code: string, change: Partial<Raised> = {}): Raised => ({ code, evidence: [{ source: "x", text: code }], ...change });

describe("the light of a stack", () => {
  it("is that of the cause, and its follower is folded", () => {
    const state = light(answered("a", "poll", [raise("s.cause", { light: "amber" })]), answered("b", "poll", [raise("s.follower")]));
    expect([state.light, state.findings.map((one) => [one.code, one.root])]).toEqual([
      "amber",
      [
        ["s.cause", true],
        ["s.follower", false],
      ],
    ]);
  });

  it("is not driven by the slow lane, and nothing is hidden by it", () => {
    expect(light(answered("a", "deep", [raise("s.cause")]), answered("b", "poll", [])).light).toBe("green");
    const both = light(answered("a", "deep", [raise("s.cause")]), answered("b", "poll", [raise("s.follower")]));
    expect([both.light, both.findings.map((one) => one.root)]).toEqual(["red", [true, false]]);
  });

  it("is not hidden by a note", () => {
    const state = light(answered("a", "poll", [raise("s.cause", { light: "green" })]), answered("b", "poll", [raise("s.follower")]));
    expect([state.light, state.findings[0]?.code]).toEqual(["red", "s.follower"]);
  });
});

describe("a service unit of another stack that a person stopped", () => {
  const down = answered("a", "poll", [raise("s.cause", { params: { label: "pigeon.service" } })]);
  const other = answered("b", "poll", [raise("s.follower", { params: { label: "crow.service" } })]);

  it("is no finding here, whatever it is called, and lights no lamp", () => {
    expect(lightWith(["pigeon"], down)).toMatchObject({ light: "green", findings: [] });
    expect(lightWith([], down).light).toBe("red");
  });

  it("hides nothing about other units", () => {
    expect(lightWith(["pigeon"], down, other).findings.map(({ code, root }) => [code, root])).toEqual([["s.follower", true]]);
  });
});

describe("the remedies of a finding", () => {
  it("come in the order of the finding, whatever the order they are built in, and without those that are not here", () => {
    const remedy = (id: string) => ({ id, title: id, kind: "plan" as const, risk: "safe" as const, interrupts: "", undo: "", verify: "" });
    const { state } = evaluate({
      stoppedUnits: [],
      stack: { ...stack, findings: [kind("s.cause", { remedies: ["b", "elsewhere", "a"] })] },
      installation: { checks: [], remedies: ["a", "c", "b"].map((id) => ({ ...remedy(id), plan: () => [] })), diagnose: () => [] },
      records: new Map([answered("a", "poll", [raise("s.cause")])]),
      memory: noMemory,
      nowMs: 1_000,
      atOnce: true,
      ticks: [],
      tickMs: 1,
      clean: (text) => text,
    });
    expect(state.findings[0]?.remedies.map(({ id }) => id)).toEqual(["b", "a"]);
  });
});
