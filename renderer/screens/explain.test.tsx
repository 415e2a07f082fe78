import { describe, expect, it } from "vitest";
import { draw, settle } from "../../tests/support/draw.tsx";
import { Demos } from "./demos.tsx";
import { Explain } from "./explain.tsx";
import { Unreachable } from "./unreachable.tsx";

describe("the explain box", () => {
  it("explains what was pasted", async () => {
    const { find, press, texts, core } = await draw(<Explain />);
    find<HTMLTextAreaElement>("textarea").value = "gateway token mismatch";
    await press("Explain");
    expect(core.asked).toEqual(['explain {"text":"gateway token mismatch"}']);
    expect(texts("h3")).toHaveLength(2);
  });

  it("can be sent from the keyboard without leaving the field", async () => {
    const { find, core } = await draw(<Explain />);
    const field = find<HTMLTextAreaElement>("textarea");
    field.value = "x";
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    await settle();
    expect(core.asked).toEqual([]);
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
    await settle();
    expect(core.asked).toEqual(['explain {"text":"x"}']);
  });

  it("still has the text after a look at something else", async () => {
    const { find } = await draw(<Explain />, { actions: [{ type: "explain", text: "my error", asked: { step: "idle" } }] });
    expect(find<HTMLTextAreaElement>("textarea").value).toBe("my error");
  });

  it("says so when it cannot read the text", async () => {
    const page = await draw(<Explain />);
    page.core.refuse("explain");
    page.find<HTMLTextAreaElement>("textarea").value = "x";
    await page.press("Explain");
    expect(page.text('[role="alert"]')).toContain("This front of Lamplighter cannot do that.");
  });
});

describe("the demo chooser", () => {
  it("lists the demos and opens one beside the real thing", async () => {
    const { texts, press, find, core } = await draw(<Demos />);
    expect(texts(".row-title")).toContain("Nothing answers in time");
    await press("Everything works");
    expect(core.asked).toContain('openDemo {"scenario":"all-green"}');
    const link = find(".opened a");
    expect(link.getAttribute("href")).toBe("http://127.0.0.1:4747/open?key=one");
    expect(link.getAttribute("target")).toBe("_blank");
    expect(document.activeElement).toBe(link);
  });

  it("makes no link of an address that is not on this machine", async () => {
    const page = await draw(<Demos />);
    await page.send({ type: "demo-opened", id: "all-green", asked: { step: "here", value: "https://demo.example/" } });
    expect(page.all(".opened a")).toEqual([]);
    expect(page.text(".opened")).toBe("The demo runs at https://demo.example/");
  });

  it("says how else to see one where this front has none", async () => {
    const page = await draw(<Demos />);
    page.core.refuse("openDemo");
    await page.press("Everything works");
    expect(page.text('[role="alert"]')).toContain("cannot do that");
    expect(page.text("main > .hint")).toBe("In a terminal: lamplighter demo");
  });
});

describe("a page that never heard anything", () => {
  it("claims nothing and can be told to try again", async () => {
    const { text, press, core, copied } = await draw(<Unreachable />);
    expect(text()).toContain("Nothing is known about your systems right now");
    await press("Try now");
    expect(core.asked).toEqual(["getSnapshot {}"]);
    await press("Copy command");
    expect(copied).toEqual(["lamplighter serve"]);
  });
});
