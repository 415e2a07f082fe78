import { describe, expect, it } from "vitest";
import { fromHash, overview, toHash, type View, viewOf, walk } from "./view.ts";

const views: readonly View[] = [
  overview,
  { screen: "finding", stack: "one", code: "one.auth.token-mismatch" },
  { screen: "stack", stack: "a/b c#?%" },
  { screen: "plan", stack: "one", code: "one.x", remedy: "restart/now" },
  { screen: "operate", stack: "one", action: "restart" },
  { screen: "repair", id: "m3k1-00aa" },
  { screen: "repairs" },
  { screen: "explain" },
  { screen: "demos" },
];

describe("addresses of views", () => {
  it.each(views)("come back as they went: %j", (view) => {
    expect(fromHash(toHash(view))).toEqual(view);
  });

  it.each([
    "",
    "#",
    "#/",
    "#/nowhere",
    "#/stack",
    "#/stack/",
    "#/finding/one",
    "#/plan/one/x",
    "#/repair",
    "#/operate/one",
    "#/operate/one/burn",
    "#/%E0%A4%A",
    "nonsense",
  ])("show the overview for %s", (hash) => {
    expect(fromHash(hash)).toEqual(overview);
  });

  it("survive a broken escape inside a name", () => {
    expect(fromHash("#/stack/%zz")).toEqual({ screen: "stack", stack: "%zz" });
  });
});

describe("the way walked", () => {
  const stack: View = { screen: "stack", stack: "one" };
  const finding: View = { screen: "finding", stack: "one", code: "one.x" };

  it("grows by going on and shrinks by going back", () => {
    const there = walk(walk([overview], stack), finding);
    expect(there).toEqual([overview, stack, finding]);
    expect(walk(there, stack)).toEqual([overview, stack]);
    expect(walk(walk(there, stack), overview)).toEqual([overview]);
  });

  it("does not change when going to where one is", () => {
    const path = [overview, stack];
    expect(walk(path, { ...stack })).toBe(path);
  });

  it("remembers the screen that a finding was opened from", () => {
    expect(walk(walk([overview], finding), overview)).toEqual([overview]);
    expect(walk([overview, stack, finding], overview)).toEqual([overview, stack, finding, overview]);
  });

  it("shows the overview when nothing was walked", () => {
    expect(viewOf([])).toEqual(overview);
    expect(viewOf([overview, stack])).toEqual(stack);
  });
});
