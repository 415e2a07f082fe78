import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { aSnapshot, aStack, green, nothing, ticks } from "../../tests/support/snapshots.ts";
import { Calm } from "./calm.tsx";
import { LookedFor, Teach } from "./teach.tsx";

describe("an empty page that teaches", () => {
  it("says where it looked, two ways to add, and offers a demo", async () => {
    const { text, texts, find } = await draw(<Teach snapshot={nothing} />, { snapshot: nothing });
    expect(texts("dt")).toEqual(["OpenClaw", "NanoClaw", "KruxOS", "Sanctum"]);
    expect(texts("dd")).toContain("~/.openclaw/openclaw.json");
    expect(texts("ol > li")).toHaveLength(2);
    expect(text()).toContain("config.yaml");
    expect(find("a").getAttribute("href")).toBe("#/demos");
  });

  it("folds the absent away on a page that has something to show", async () => {
    const { find, text } = await draw(<LookedFor snapshot={green} />);
    expect(find<HTMLDetailsElement>("details").open).toBe(false);
    expect(text("summary")).toBe("Not on this machine: KruxOS, Sanctum");
  });

  it("says nothing about absence when everything is here", async () => {
    const { text } = await draw(<LookedFor snapshot={aSnapshot([aStack({ id: "one" })])} />);
    expect(text()).toBe("");
  });
});

describe("a calm page", () => {
  it("names the last trouble instead of being blank", async () => {
    const { text } = await draw(<Calm snapshot={green} />);
    expect(text()).toBe("Nothing needs you.Last trouble: OpenClaw, 7 h ago.");
  });

  it("says so when there was none", async () => {
    const { text } = await draw(<Calm snapshot={aSnapshot([aStack({ id: "one", ticks: ticks("gggg") })])} />);
    expect(text()).toBe("Nothing needs you.No trouble in the recorded past.");
  });
});
