import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { aStack, green, grey } from "../../tests/support/snapshots.ts";
import { StackRow } from "./stack-row.tsx";

const first = green.stacks[0] ?? aStack({ id: "none" });

describe("a system's row", () => {
  it("is one link that says mark, name, one fact and its past", async () => {
    const { find, text } = await draw(<StackRow stack={first} cutOff={false} />);
    expect(find("a").getAttribute("href")).toBe("#/stack/openclaw");
    expect(text(".mark")).toBe("OC");
    expect(text(".row-title")).toBe("Fine: OpenClaw");
    expect(text(".fact")).toBe("Works: 8 checks agree");
    expect(text(".ticks")).toBe("History, last 24 h: 1 h attention, 23 h fine.");
  });

  it("shows no lamp it cannot prove while nobody answers", async () => {
    const { find, text } = await draw(<StackRow stack={first} cutOff />);
    expect(find("a").className).toContain("stale");
    expect(text(".row-title")).toBe("Unknown: OpenClaw");
  });

  it("is hatched when nothing behind its lamp is recent", async () => {
    const old = grey.stacks[1] ?? first;
    const { find } = await draw(<StackRow stack={old} cutOff={false} />);
    expect(find("a").className).toContain("stale");
  });
});
