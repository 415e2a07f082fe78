import { describe, expect, it } from "vitest";
import { draw, settle } from "../../tests/support/draw.tsx";
import { closedPlan } from "../../tests/support/repair-pages.ts";
import { NIGHT } from "../../tests/support/snapshots.ts";
import { GateNote } from "./gate-note.tsx";

const gate = { ...closedPlan.gate, kind: "closed" } as Parameters<typeof GateNote>[0]["gate"];
const { retryAtMs: _, ...untimed } = gate;

async function note(what: typeof gate) {
  let asks = 0;
  const page = await draw(<GateNote gate={what} onAsk={() => (asks += 1)} />);
  return { ...page, asks: () => asks };
}

describe("a gate that is shut", () => {
  it("says why, and counts down to the second", async () => {
    const { text, asks } = await note(gate);
    expect(text(".gate-words")).toBe("Not yet: the gateway is booting, 84 s of a usual 190 s");
    expect(text(".when")).toContain("Asking again in 1:46");
    expect(asks()).toBe(0);
  });

  it("is asked again when the time has come, and from then on every five seconds", async () => {
    const page = await note({ ...gate, retryAtMs: NIGHT + 7_000 });
    await page.pass(5_500);
    expect(page.asks()).toBe(0);
    await page.pass(2_000);
    expect(page.asks()).toBe(1);
    await page.pass(4_000);
    expect(page.asks()).toBe(1);
    await page.pass(1_500);
    expect(page.asks()).toBe(2);
  });

  it("is asked again by itself when nobody knows how long it takes, and at once when told", async () => {
    const page = await note(untimed);
    expect(page.text(".when")).toContain("Asking again by itself");
    await page.pass(5_000);
    expect(page.asks()).toBe(1);
    await page.press("Ask now");
    await settle();
    expect(page.asks()).toBe(2);
  });
});
