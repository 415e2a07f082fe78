import { describe, expect, it } from "vitest";
import type { Finding } from "../model/finding.ts";
import type { Light } from "../model/light.ts";
import type { CheckState, StackState } from "../model/snapshot.ts";
import { overall, stackSentence } from "./sentence.ts";

const finding = (title: string, light: Light, extra: Partial<Finding> = {}): Finding => ({
  code: `s.${title.toLowerCase().replace(/[^a-z]/g, "-")}`,
  symptoms: [],
  light,
  state: "hard",
  title,
  detail: "",
  evidence: [],
  root: true,
  followers: [],
  ruledOut: [],
  remedies: [],
  since: 0,
  ...extra,
});
const lamp = (title: string, light: Light, summary = "s", at: number | null = 0): CheckState => ({
  id: title,
  title,
  light,
  summary,
  lane: "poll",
  drivesLight: true,
  working: false,
  ...(at === null ? {} : { at, ageMs: 0, durationMs: 1 }),
});
const stack = (over: Partial<StackState>): StackState => ({
  id: "a",
  title: "A",
  mark: "A",
  ground: false,
  installed: true,
  light: "green",
  sentence: "A works",
  checks: [],
  findings: [],
  ticks: [],
  looksFor: [],
  ...over,
});
const say = (light: Light, findings: readonly Finding[], checks: readonly CheckState[] = [lamp("Gateway", light)]) =>
  stackSentence({ title: "Alpha", installed: true, light, findings, checks });

describe("a stack's sentence", () => {
  it("names the cause and counts what follows", () => {
    expect(say("red", [finding("Alpha rejects the shared token", "red", { followers: ["s.a", "s.b"] })])).toBe(
      "Alpha rejects the shared token; 2 more follow",
    );
    expect(say("red", [finding("First cause", "red"), finding("Second cause", "amber")])).toBe("First cause; and 1 other finding");
  });

  it("does not call a stack absent that was not looked for to the end", () => {
    const absent = { title: "Alpha", installed: false, light: "grey", findings: [], checks: [] } as const;
    expect(stackSentence({ ...absent, looking: true })).toBe("Looking for Alpha…");
    expect(stackSentence(absent)).toBe("Alpha is not on this machine");
    expect(stackSentence({ ...absent, looking: true, trouble: "no time" })).toBe("Could not look for Alpha: no time");
  });

  it("says that it is still checking", () => {
    expect(say("amber", [finding("Alpha is gone", "red", { state: "soft" })])).toBe("Alpha is gone (checking again)");
  });

  it("drops what follows rather than the cause, and never runs over 70 characters", () => {
    const long = "The gateway of Alpha rejects the token that this machine has for it";
    expect(say("red", [finding(long, "red", { followers: ["s.a"] })])).toBe(long);
    expect(say("red", [finding(long.repeat(2), "red")]).length).toBeLessThanOrEqual(70);
  });

  it("does not claim an amber cause for a red lamp", () => {
    expect(say("red", [finding("A small note", "amber")], [lamp("Health answer", "red", "Refused")])).toBe("Alpha, health answer: refused");
  });

  it("says how many checks agree, and mentions notes", () => {
    expect(say("green", [finding("Only a note", "green")], [lamp("a", "green"), lamp("b", "green")])).toBe(
      "Alpha works: 2 checks agree, 1 note",
    );
  });

  it("says that it is still looking, and what it could not see", () => {
    expect(say("grey", [], [lamp("Gateway", "grey", "Not looked at yet", null)])).toBe("Looking at Alpha…");
    expect(say("grey", [], [lamp("a", "green"), lamp("Gateway", "grey", "Did not answer within 5 s")])).toBe(
      "Alpha, gateway: did not answer within 5 s",
    );
  });

  it("keeps proper names and acronyms as they are", () => {
    expect(say("red", [], [lamp("HTTP answer", "red", "EADDRINUSE")])).toBe("Alpha, HTTP answer: EADDRINUSE");
  });
});

describe("the sentence over all", () => {
  it("speaks for the worst, and counts the others", () => {
    const red = stack({ id: "b", light: "red", sentence: "B is down" });
    const amber = stack({ id: "c", light: "amber", sentence: "C is slow" });
    expect(overall([stack({}), amber, red])).toEqual({ light: "red", sentence: "B is down (and 1 other stack)" });
  });

  it("lets the machine speak after the stacks when both are equally bad", () => {
    expect(
      overall([stack({ id: "m", ground: true, light: "red", sentence: "Disk full" }), stack({ light: "red", sentence: "A is down" })])
        .sentence,
    ).toMatch(/^A is down/);
  });

  it("tells of a sick machine even when no stack is installed", () => {
    expect(overall([stack({ ground: true, light: "red", sentence: "Disk full" }), stack({ installed: false, light: "grey" })])).toEqual({
      light: "red",
      sentence: "Disk full",
    });
  });

  it("says that all is well for one and for several", () => {
    expect(overall([stack({})])).toEqual({ light: "green", sentence: "A works" });
    expect(overall([stack({}), stack({ id: "b" })])).toEqual({ light: "green", sentence: "All 2 stacks work" });
  });
});
