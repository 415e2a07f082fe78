import { describe, expect, it } from "vitest";
import { runDir } from "./run-dir.ts";

describe("runDir", () => {
  it.each([
    ["linux", {}, "/home/sam/.local/state/lamplighter/run"],
    ["linux", { XDG_STATE_HOME: "/state" }, "/state/lamplighter/run"],
    ["linux", { XDG_STATE_HOME: "relative" }, "/home/sam/.local/state/lamplighter/run"],
    ["darwin", { XDG_STATE_HOME: "/state" }, "/home/sam/Library/Application Support/Lamplighter/run"],
    ["linux", { LAMPLIGHTER_HOME: "/own" }, "/own/run"],
    ["darwin", { LAMPLIGHTER_HOME: "/own" }, "/own/run"],
    ["linux", { LAMPLIGHTER_HOME: "" }, "/home/sam/.local/state/lamplighter/run"],
  ])("on %s with %j is %s", (platform, env, expected) => {
    expect(runDir({ platform, home: "/home/sam", env })).toBe(expected);
  });
});
