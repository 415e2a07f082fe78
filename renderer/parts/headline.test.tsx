import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { amber, crowded, green, grey, NIGHT, red, settling } from "../../tests/support/snapshots.ts";
import { Headline } from "./headline.tsx";

describe("the headline", () => {
  it("says the cause, how long, and the one thing to do", async () => {
    const { text, find } = await draw(<Headline />, { snapshot: red });
    expect(text("h1")).toBe("Lamplighter: OpenClaw rejects the shared token; 4 more follow");
    expect(text(".under")).toBe("For 14 min");
    expect(find(".primary").getAttribute("href")).toBe("#/plan/openclaw/openclaw.auth.token-mismatch/compare");
  });

  it("is quiet when all is well: how many agree, how old the oldest answer is, no button", async () => {
    const { text, all } = await draw(<Headline />, { snapshot: green });
    expect(text(".under")).toBe("17 answers, none older than 8 s");
    expect(all(".button")).toEqual([]);
  });

  it("tells the first seconds from ignorance", async () => {
    const first = await draw(<Headline />, { snapshot: settling });
    expect(first.text(".under")).toBe("Learning: a lamp stays grey until its check has answered.");
    const unknown = await draw(<Headline />, { snapshot: grey });
    expect(unknown.text(".under")).toBe("None of 17 checks can tell right now");
  });

  it("says that a finding is not confirmed yet", async () => {
    const soft = { ...crowded, stacks: crowded.stacks.filter((stack) => stack.id === "machine") };
    const { text } = await draw(<Headline />, { snapshot: soft });
    expect(text(".under")).toBe("For 2 min, being confirmed");
  });

  it("turns grey and names the age of its memory without contact", async () => {
    const { text, find } = await draw(<Headline />, { snapshot: green, actions: [{ type: "connected", connection: "lost" }] });
    expect(text()).toContain("Lost contact with Lamplighter");
    expect(text(".under")).toBe("Trying again. What follows was true just now.");
    expect(find("header").className).toContain("tone-grey");
  });

  it("announces what it may not show under the pointer yet, and shows it when asked", async () => {
    const page = await draw(<Headline />, { snapshot: green, actions: [{ type: "held", held: true }] });
    await page.send({ type: "snapshot", snapshot: { ...amber, at: NIGHT + 1 }, receivedAt: 0 });
    expect(page.text(".waiting")).toBe("1 new: show");
    expect(page.all(".primary")).toEqual([]);
    await page.press("1 new: show");
    expect(page.text(".primary")).toBe("See the details");
  });
});
