import { describe, expect, it } from "vitest";
import { draw, settle } from "../../tests/support/draw.tsx";
import { amber, crowded, green, NIGHT, nothing, red } from "../../tests/support/snapshots.ts";
import { overview } from "../state/view.ts";
import { Shell } from "./shell.tsx";

const focusedRow = (): string | undefined => (document.activeElement as HTMLElement | null)?.dataset["row"];
const FINDING = "#/finding/openclaw/openclaw.auth.token-mismatch";

describe("which screen is shown", () => {
  it("is the one of the address", async () => {
    const page = await draw(<Shell />, { snapshot: red });
    const titles: string[] = [];
    for (const view of [
      { screen: "stack", stack: "openclaw" },
      { screen: "finding", stack: "openclaw", code: "openclaw.auth.token-mismatch" },
      { screen: "plan", stack: "openclaw", code: "openclaw.auth.token-mismatch", remedy: "compare" },
      { screen: "explain" },
      { screen: "demos" },
    ] as const) {
      await page.send({ type: "went", view });
      titles.push(page.text("h1"));
    }
    expect(titles).toEqual(["OpenClaw", "OpenClaw", "Plan", "Paste an error", "Demos"]);
  });

  it("shows nothing of the past once the session has ended", async () => {
    const { text, send } = await draw(<Shell />, { snapshot: green });
    await send({ type: "connected", connection: "ended" });
    expect(text("h1")).toBe("This page’s session has ended");
    expect(text()).not.toContain("OpenClaw");
    expect(text("pre")).toBe("lamplighter serve");
  });

  it("keeps the memory, marked as such, when contact is lost later", async () => {
    const { text, send, all } = await draw(<Shell />, { snapshot: green });
    await send({ type: "connected", connection: "lost" });
    expect(text("h1")).toContain("Lost contact");
    expect(all(".row.stale")).toHaveLength(3);
    expect(text(".ways-back pre")).toBe("lamplighter serve");
  });
});

describe("the focus", () => {
  it("starts on the incident", async () => {
    await draw(<Shell />, { snapshot: red });
    expect(focusedRow()).toBe(FINDING);
  });

  it("starts on the sentence when nothing is wrong", async () => {
    await draw(<Shell />, { snapshot: green });
    expect(document.activeElement?.tagName).toBe("H1");
  });

  it("goes to the title of an opened screen, to the field of the explain box, and back to the row", async () => {
    const { send, find } = await draw(<Shell />, { snapshot: crowded });
    find('[data-row="#/stack/machine"]').focus();
    await send({ type: "went", view: { screen: "stack", stack: "machine" } });
    expect(document.activeElement?.textContent).toBe("This machine");
    await send({ type: "went", view: overview });
    expect(focusedRow()).toBe("#/stack/machine");
    await send({ type: "went", view: { screen: "explain" } });
    expect(document.activeElement?.tagName).toBe("TEXTAREA");
  });

  it("is not stolen by a refresh", async () => {
    const { send, find } = await draw(<Shell />, { snapshot: crowded });
    find('[data-row="#/stack/machine"]').focus();
    await send({ type: "snapshot", snapshot: { ...red, at: NIGHT + 1 }, receivedAt: 1 });
    expect(focusedRow()).toBe("#/stack/machine");
  });
});

describe("rows", () => {
  it("have exactly one of them in the tab order, the one last used", async () => {
    const { all, find } = await draw(<Shell />, { snapshot: crowded });
    const inOrder = () => all('[data-row][tabindex="0"]').map((row) => row.dataset["row"]);
    expect(inOrder()).toEqual([FINDING]);
    find('[data-row="#/stack/nanoclaw"]').focus();
    await settle();
    expect(inOrder()).toEqual(["#/stack/nanoclaw"]);
  });

  it("keep one in the tab order when that one disappears", async () => {
    const { all, send } = await draw(<Shell />, { snapshot: red });
    await send({ type: "snapshot", snapshot: { ...green, at: NIGHT + 1 }, receivedAt: 1 });
    expect(all('[data-row][tabindex="0"]').map((row) => row.dataset["row"])).toEqual(["#/stack/openclaw"]);
  });
});

describe("what is read out", () => {
  it("is polite, and only news", async () => {
    const { text, send, find } = await draw(<Shell />, { snapshot: green });
    expect(find('[role="status"]').getAttribute("class")).toBe("unseen");
    expect(text('[role="status"]')).toBe("");
    await send({ type: "snapshot", snapshot: { ...amber, at: NIGHT + 1 }, receivedAt: 1 });
    expect(text('[role="status"]')).toContain("Attention: The gateway is booting");
  });

  it("is shown for a moment when it answers a press", async () => {
    const { text, press } = await draw(<Shell />, { snapshot: green });
    await press("Copy report");
    expect(text(".toast")).toBe("Report copied");
  });

  it("changes even when the same thing happens twice", async () => {
    const { find, press } = await draw(<Shell />, { snapshot: green });
    await press("Copy report");
    const first = find('[role="status"]').textContent;
    await press("Copy report");
    expect(find('[role="status"]').textContent).not.toBe(first);
  });
});

describe("the overview", () => {
  it("does not move its list while the pointer rests on it", async () => {
    const { find, texts, send } = await draw(<Shell />, { snapshot: green });
    const list = find("main");
    list.dispatchEvent(new PointerEvent("pointerenter"));
    await send({ type: "snapshot", snapshot: { ...red, at: NIGHT + 1 }, receivedAt: 1 });
    expect(texts("article")).toEqual([]);
    list.dispatchEvent(new PointerEvent("pointerleave"));
    await settle();
    expect(texts("article")).toHaveLength(1);
  });

  it("teaches when nothing is installed, and still watches the machine", async () => {
    const { text, texts } = await draw(<Shell />, { snapshot: nothing });
    expect(text("h2")).toBe("Nothing to watch yet");
    expect(texts(".row-title")).toEqual(["Fine: This machine"]);
  });

  it("tells its own troubles apart from those of the systems", async () => {
    const { texts } = await draw(<Shell />, { snapshot: crowded });
    expect(texts(".own-notes li")).toEqual(["config.yaml, line 14: “everyMs” must be a number; the default of 15 s is used"]);
  });

  it("shows a refused look below the list", async () => {
    const { send, find } = await draw(<Shell />, { snapshot: green });
    await send({ type: "probe", asked: { step: "refused", failure: { code: "transport", message: "reset" } } });
    expect(find('[role="alert"]').previousElementSibling?.tagName).toBe("MAIN");
  });

  it("claims nothing before anything is known", async () => {
    const { text, all } = await draw(<Shell />, { snapshot: null });
    expect(text("h1")).toContain("Asking Lamplighter for the first answers");
    expect(all(".lamp-working")).toHaveLength(1);
    expect(all(".lamp-green, .row, article")).toEqual([]);
  });

  it("says that nobody answers when nothing was ever heard", async () => {
    const { text } = await draw(<Shell />, { snapshot: null, actions: [{ type: "connected", connection: "lost" }] });
    expect(text("h1")).toBe("Lamplighter does not answer");
  });
});
