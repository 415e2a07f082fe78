import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { type LampShape, lampWords } from "../lib/words.ts";
import { Lamp } from "./lamp.tsx";

describe("a lamp", () => {
  it.each(Object.keys(lampWords) as LampShape[])("that is %s says so to those who do not see it", async (shape) => {
    const { text, find } = await draw(<Lamp shape={shape} />);
    expect(text()).toBe(`${lampWords[shape]}:`);
    expect(find("svg").getAttribute("aria-hidden")).toBe("true");
  });

  it("is silent where the words beside it already say it", async () => {
    const { text } = await draw(<Lamp shape="red" silent />);
    expect(text()).toBe("");
  });

  it("has the size it is asked for", async () => {
    const { find } = await draw(<Lamp shape="green" size={36} />);
    expect(find("svg").getAttribute("width")).toBe("36");
  });

  it("breaks its ring only when nothing is known", async () => {
    const grey = await draw(<Lamp shape="grey" />);
    expect(grey.find(".lamp-line").getAttribute("stroke-dasharray")).not.toBeNull();
    const fine = await draw(<Lamp shape="green" />);
    expect(fine.find(".lamp-line").getAttribute("stroke-dasharray")).toBeNull();
  });
});
