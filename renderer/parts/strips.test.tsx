import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { amber, green } from "../../tests/support/snapshots.ts";
import { Strips } from "./strips.tsx";

describe("what must not be missed", () => {
  it("is nothing on a real system that answers", async () => {
    const { text } = await draw(<Strips />, { snapshot: green });
    expect(text()).toBe("");
  });

  it("is that a system is invented, on every screen", async () => {
    const { text, send } = await draw(<Strips />, { snapshot: amber });
    expect(text()).toBe("Demo “boot-in-progress”: an invented system");
    await send({ type: "went", view: { screen: "explain" } });
    expect(text()).toContain("an invented system");
  });

  it("is that nobody answers, where the headline does not say it already", async () => {
    const { text, send } = await draw(<Strips />, { snapshot: green, actions: [{ type: "connected", connection: "lost" }] });
    expect(text()).toBe("");
    await send({ type: "went", view: { screen: "stack", stack: "openclaw" } });
    expect(text()).toBe("Lost contact. What you see was true just now.");
  });
});
