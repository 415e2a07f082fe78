import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { ticks } from "../../tests/support/snapshots.ts";
import { TickTable } from "./tick-table.tsx";
import { Ticks } from "./ticks.tsx";

const past = { ticks: ticks("..gggarr"), tickMs: 3_600_000 };

describe("the history bar", () => {
  it("draws one tick per slot, trouble taller than calm", async () => {
    const { all } = await draw(<Ticks past={past} />);
    const bars = all("rect");
    const height = (index: number): number => Number(bars[index]?.getAttribute("height"));
    expect(bars).toHaveLength(8);
    expect(height(7)).toBeGreaterThan(height(5));
    expect(height(5)).toBeGreaterThan(height(4));
    expect(height(4)).toBeGreaterThan(height(0));
  });

  it("is hidden as a picture and said as a sentence", async () => {
    const { find, text } = await draw(<Ticks past={past} />);
    expect(find("svg").getAttribute("aria-hidden")).toBe("true");
    expect(text()).toBe("History, last 6 h: 2 h problem, 1 h attention, 3 h fine.");
  });

  it("is there as a table too, newest first", async () => {
    const { texts } = await draw(<TickTable past={past} />);
    expect(texts("tbody tr")).toEqual(["2 hProblem", "1 hAttention", "3 hFine", "2 hNothing known"]);
  });
});
