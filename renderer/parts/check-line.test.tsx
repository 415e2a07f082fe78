import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { aCheck, anUnansweredCheck } from "../../tests/support/snapshots.ts";
import { CheckLine } from "./check-line.tsx";

describe("a check's line", () => {
  it("says what it saw, how old that is, and what the look cost", async () => {
    const { text } = await draw(
      <CheckLine check={aCheck({ id: "a", title: "Readiness", summary: "ready", durationMs: 6 })} cutOff={false} />,
    );
    expect(text()).toBe("Fine: Readinessready8 s ago, took 6 ms");
  });

  it("does not invent an age before the first answer", async () => {
    const { text } = await draw(<CheckLine check={anUnansweredCheck({ id: "a", title: "Readiness" })} cutOff={false} />);
    expect(text()).toBe("Checking: Readinessno answer yetNo answer yet");
  });

  it("says when a failure is being looked at again", async () => {
    const { text } = await draw(<CheckLine check={aCheck({ id: "a", light: "red", working: true })} cutOff={false} />);
    expect(text(".when")).toBe("8 s ago, took 12 ms, looking again");
  });

  it("is hatched when its answer is old, and only then", async () => {
    const old = await draw(<CheckLine check={aCheck({ id: "a", light: "grey", ageMs: 140_000 })} cutOff={false} />);
    expect(old.find("li").className).toContain("stale");
    const young = await draw(<CheckLine check={aCheck({ id: "a" })} cutOff={false} />);
    expect(young.find("li").className).not.toContain("stale");
  });

  it("loses its lamp while nobody answers", async () => {
    const { text } = await draw(<CheckLine check={aCheck({ id: "a" })} cutOff />);
    expect(text()).toMatch(/^Unknown:/);
  });
});
