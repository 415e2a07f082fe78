import { describe, expect, it } from "vitest";
import {
  aCheck,
  aFinding,
  amber,
  anUnansweredCheck,
  aSnapshot,
  aStack,
  crowded,
  green,
  grey,
  NIGHT,
  nothing,
  red,
  settling,
} from "../../tests/support/snapshots.ts";
import { reduce } from "./reduce.ts";
import {
  agreement,
  answerTimes,
  coreNow,
  groupChecks,
  headline,
  installed,
  isStackStale,
  isStale,
  lampOfCheck,
  lampOfStack,
  missing,
  nothingInstalled,
  primary,
  waitingCards,
} from "./select.ts";
import { initialState, type State } from "./state.ts";

const showing = (snapshot: typeof green): State => reduce(initialState, { type: "snapshot", snapshot, receivedAt: 50_000 });

describe("the headline", () => {
  it("says what the core says", () => {
    expect(headline(showing(red))).toEqual({ shape: "red", sentence: red.sentence });
    expect(headline(showing(green)).shape).toBe("green");
  });

  it("never stays green without contact", () => {
    const state: State = { ...showing(green), connection: "lost" };
    expect(headline(state)).toEqual({ shape: "grey", sentence: "Lost contact with Lamplighter" });
  });

  it("is at work, not ignorant, before the first answers", () => {
    expect(headline(initialState).shape).toBe("working");
    expect(headline(showing(settling)).shape).toBe("working");
    expect(headline(showing({ ...settling, light: "red" })).shape).toBe("red");
  });
});

describe("the primary button", () => {
  it("offers the first safe remedy, never one that interrupts", () => {
    expect(primary(showing(red))).toEqual({
      label: "Compare the two tokens…",
      view: { screen: "plan", stack: "openclaw", code: "openclaw.auth.token-mismatch", remedy: "compare" },
    });
  });

  it("leads to the details when every remedy interrupts something, or there is none", () => {
    const with_ = (remedies: ReturnType<typeof aFinding>["remedies"]) =>
      primary(showing(aSnapshot([aStack({ id: "one", findings: [aFinding({ code: "one.a", remedies })] })])));
    expect(with_([{ id: "r", title: "Restart", kind: "plan", risk: "disruptive" }])?.label).toBe("See what can be done");
    expect(with_([])).toEqual({ label: "See the details", view: { screen: "finding", stack: "one", code: "one.a" } });
  });

  it("is absent when nothing is wrong", () => {
    expect(primary(showing(green))).toBeNull();
  });

  it("does not offer to repair what is gone", () => {
    const held = reduce(showing(red), { type: "held", held: true });
    const solved = reduce(held, { type: "snapshot", snapshot: { ...green, at: NIGHT + 1 }, receivedAt: 51_000 });
    expect(solved.cards).toHaveLength(1);
    expect(primary(solved)).toBeNull();
  });
});

describe("ages and staleness", () => {
  it("lets time go on from when the snapshot came, whatever the two clocks say", () => {
    expect(coreNow(showing(green), 57_000)).toBe(NIGHT + 7_000);
    expect(coreNow(showing(green), 40_000)).toBe(NIGHT);
    expect(coreNow(initialState, 123)).toBe(123);
  });

  it("tells an old answer from a look that could not tell just now", () => {
    expect(isStale(aCheck({ id: "a", light: "grey", ageMs: 140_000 }))).toBe(true);
    expect(isStale(aCheck({ id: "a", light: "grey", ageMs: 6_000 }))).toBe(false);
    expect(isStale(aCheck({ id: "a", light: "green", ageMs: 140_000 }))).toBe(false);
    expect(isStale(anUnansweredCheck({ id: "a" }))).toBe(false);
  });

  it("calls a stack stale only when nothing behind its lamp is recent", () => {
    expect(grey.stacks.map(isStackStale)).toEqual([false, true, true]);
    expect(isStackStale(aStack({ id: "empty", checks: [] }))).toBe(false);
  });

  it("finds the oldest and newest answer behind the light", () => {
    const times = answerTimes(
      aSnapshot([
        aStack({
          id: "one",
          checks: [aCheck({ id: "a", at: 5 }), aCheck({ id: "b", at: 9 }), aCheck({ id: "c", at: 1, drivesLight: false })],
        }),
      ]),
    );
    expect(times).toEqual({ oldest: 5, newest: 9 });
    expect(answerTimes(settling)).toEqual({ oldest: undefined, newest: undefined });
  });
});

describe("lamps", () => {
  it("of a check show work only before its first answer", () => {
    expect(lampOfCheck(anUnansweredCheck({ id: "a" }))).toBe("working");
    expect(lampOfCheck(aCheck({ id: "a", light: "red", working: true }))).toBe("red");
  });

  it("of a stack show known trouble even while others still work", () => {
    const checks = [anUnansweredCheck({ id: "a" }), aCheck({ id: "b", light: "red" })];
    expect(lampOfStack(aStack({ id: "one", light: "red", checks }))).toBe("red");
    expect(lampOfStack(aStack({ id: "one", light: "grey", checks }))).toBe("working");
    expect(lampOfStack(aStack({ id: "one", light: "grey" }))).toBe("grey");
  });
});

describe("what the checks say together", () => {
  it("is honest about those that cannot tell", () => {
    expect(agreement(green)).toBe("17 answers");
    expect(agreement(grey)).toBe("None of 17 checks can tell right now");
    expect(agreement(red)).toBe("1 of 17 checks cannot tell right now");
    expect(agreement(nothing)).toBe("Only the machine itself is watched");
    expect(agreement(aSnapshot([aStack({ id: "one", checks: [] })]))).toBe("Nothing is checked yet");
    expect(agreement(aSnapshot([aStack({ id: "one" })]))).toBe("1 answer");
  });
});

describe("which systems there are", () => {
  it("tells the machine from the stacks on it", () => {
    expect(nothingInstalled(nothing)).toBe(true);
    expect(nothingInstalled(amber)).toBe(false);
    expect(installed(nothing).map((stack) => stack.id)).toEqual(["machine"]);
    expect(installed({ ...green, stacks: green.stacks.toReversed() }).map((stack) => stack.id)).toEqual([
      "nanoclaw",
      "openclaw",
      "machine",
    ]);
    expect(missing(nothing).map((stack) => stack.id)).toEqual(["openclaw", "nanoclaw", "kruxos", "sanctum"]);
  });

  it("counts the incidents that wait for the pointer to leave", () => {
    const held = reduce(showing(green), { type: "held", held: true });
    expect(waitingCards(held)).toBe(0);
    expect(waitingCards(reduce(held, { type: "snapshot", snapshot: { ...crowded, at: NIGHT + 1 }, receivedAt: 1 }))).toBe(3);
  });
});

describe("groups of checks", () => {
  it("part what makes the light from notes and from slow looks", () => {
    const groups = groupChecks([
      aCheck({ id: "a" }),
      aCheck({ id: "b", drivesLight: false }),
      aCheck({ id: "c", lane: "deep", drivesLight: false }),
    ]);
    expect(groups.driving.map((check) => check.id)).toEqual(["a"]);
    expect(groups.notes.map((check) => check.id)).toEqual(["b"]);
    expect(groups.deep.map((check) => check.id)).toEqual(["c"]);
  });
});
