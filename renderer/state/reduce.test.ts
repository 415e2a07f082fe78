import { describe, expect, it } from "vitest";
import { deepRun, green, matches, NIGHT, red } from "../../tests/support/snapshots.ts";
import { keyOf } from "./cards.ts";
import { reduce } from "./reduce.ts";
import { type Action, busy, idle, initialState, type State } from "./state.ts";
import { overview, type View } from "./view.ts";

const KEY = keyOf("openclaw", "openclaw.auth.token-mismatch");
const finding: View = { screen: "finding", stack: "openclaw", code: "openclaw.auth.token-mismatch" };

const fold = (actions: readonly Action[], from: State = initialState): State => actions.reduce(reduce, from);
const snapshot = (value: typeof green, at = value.at): Action => ({ type: "snapshot", snapshot: { ...value, at }, receivedAt: 1_000 });

describe("snapshots", () => {
  it("replace each other and bring their cards", () => {
    const state = fold([snapshot(red), snapshot(green, NIGHT + 1)]);
    expect(state.snapshot?.light).toBe("green");
    expect(state.cards).toEqual([]);
  });

  it("that were overtaken on the wire are ignored", () => {
    const state = fold([snapshot(red, NIGHT + 500), snapshot(green, NIGHT)]);
    expect(state.snapshot?.light).toBe("red");
  });

  it("of a clock that was set back are taken", () => {
    const state = fold([snapshot(red, NIGHT + 3_600_000), snapshot(green, NIGHT)]);
    expect(state.snapshot?.light).toBe("green");
  });
});

describe("what is read out", () => {
  it("is nothing for the first snapshot and for one that says the same", () => {
    expect(fold([snapshot(red), snapshot(red, NIGHT + 1)]).said.n).toBe(0);
  });

  it("is the new light and sentence when they change", () => {
    const { said } = fold([snapshot(green), snapshot(red, NIGHT + 1)]);
    expect(said).toMatchObject({ text: "Problem: OpenClaw rejects the shared token; 4 more follow", seen: false });
  });

  it("is the result of a look that was asked for, even without news", () => {
    const { said } = fold([snapshot(green), { type: "probe", asked: busy }, snapshot(green, NIGHT + 1), { type: "probe", asked: idle }]);
    expect(said.text).toBe("Checked. All 2 stacks work");
  });

  it("counts up, so that the same words can be said twice", () => {
    const { said } = fold([
      { type: "said", text: "Report copied" },
      { type: "said", text: "Report copied" },
    ]);
    expect(said).toEqual({ n: 2, text: "Report copied", seen: true });
  });

  it("says how many matches an explanation has", () => {
    expect(fold([{ type: "explain", text: "x", asked: { step: "here", value: matches } }]).said.text).toBe("2 matches");
    expect(fold([{ type: "explain", text: "x", asked: { step: "here", value: [] } }]).said.text).toBe("No match");
  });
});

describe("holding still", () => {
  const held: Action = { type: "held", held: true };

  it("keeps cards where they are while the pointer rests on them", () => {
    const state = fold([snapshot(green), held, snapshot(red, NIGHT + 1)]);
    expect(state.cards).toEqual([]);
    expect(state.snapshot?.light).toBe("red");
    expect(reduce(state, { type: "held", held: false }).cards).toEqual([KEY]);
  });

  it("keeps a card whose finding is gone, marked as gone", () => {
    const state = fold([snapshot(red), held, snapshot(green, NIGHT + 1)]);
    expect(state.cards).toEqual([KEY]);
    expect(state.placed[KEY]?.gone).toBe(true);
    const released = reduce(state, { type: "held", held: false });
    expect(released.cards).toEqual([]);
    expect(released.placed[KEY]).toBeUndefined();
  });

  it("ends when another screen is opened, because no pointer will say that it left", () => {
    const state = fold([snapshot(green), held, snapshot(red, NIGHT + 1), { type: "went", view: finding }]);
    expect(state.held).toBe(false);
    expect(state.cards).toEqual([KEY]);
  });
});

describe("an open finding", () => {
  it("stays readable after it vanished, and comes back when it comes back", () => {
    const gone = fold([snapshot(red), { type: "went", view: finding }, snapshot(green, NIGHT + 1), snapshot(green, NIGHT + 2)]);
    expect(gone.placed[KEY]).toMatchObject({ gone: true, finding: { title: "OpenClaw rejects the shared token" } });
    expect(reduce(gone, snapshot(red, NIGHT + 3)).placed[KEY]?.gone).toBe(false);
  });

  it("is forgotten once nobody looks at it any more", () => {
    const state = fold([
      snapshot(red),
      { type: "went", view: finding },
      snapshot(green, NIGHT + 1),
      { type: "went", view: overview },
      snapshot(green, NIGHT + 2),
    ]);
    expect(state.placed[KEY]).toBeUndefined();
  });
});

describe("everything else that can happen", () => {
  it("lands in its own part of the state", () => {
    expect(fold([{ type: "connected", connection: "lost" }]).connection).toBe("lost");
    expect(fold([{ type: "row", hash: "#/", row: "a" }]).rows).toEqual({ "#/": "a" });
    expect(fold([{ type: "plan", of: "#/x", asked: busy }]).plan).toEqual({ of: "#/x", asked: busy, gated: false });
    expect(fold([{ type: "deep", run: deepRun }]).deep).toEqual({ "openclaw doctor": deepRun });
    expect(fold([{ type: "demos", asked: busy }]).demos).toEqual(busy);
    expect(fold([{ type: "demo-opened", id: "a", asked: busy }]).openedDemo).toEqual({ id: "a", asked: busy });
    expect(fold([{ type: "copy-by-hand", text: "x" }]).copyByHand).toBe("x");
  });

  it("keeps the pasted text when the answer arrives", () => {
    const state = fold([
      { type: "explain", text: "my error", asked: busy },
      { type: "explain", asked: { step: "here", value: matches } },
    ]);
    expect(state.explain).toEqual({ text: "my error", asked: { step: "here", value: matches } });
  });
});
