import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { green, settling } from "../../tests/support/snapshots.ts";
import { busy } from "../state/state.ts";
import { Footer } from "./footer.tsx";

describe("the footer", () => {
  it("checks now, and says how old the newest answer is", async () => {
    const { press, text, core } = await draw(<Footer />, { snapshot: green });
    expect(text(".when")).toBe("checked 8 s ago");
    await press("Check now");
    expect(core.asked).toEqual(["probeNow {}"]);
  });

  it("says that it checks, in the same place", async () => {
    const { text, find } = await draw(<Footer />, { actions: [{ type: "probe", asked: busy }] });
    expect(text(".when")).toBe("checking…");
    expect(find("button").getAttribute("aria-disabled")).toBe("true");
  });

  it("does not claim a check before the first answer", async () => {
    const { text } = await draw(<Footer />, { snapshot: settling });
    expect(text(".when")).toBe("not checked yet");
  });

  it("copies a report of everything and leads to the explain box", async () => {
    const { press, copied, find } = await draw(<Footer />);
    await press("Copy report");
    expect(copied).toEqual(["report of everything"]);
    expect(find("a").getAttribute("href")).toBe("#/explain");
  });
});
