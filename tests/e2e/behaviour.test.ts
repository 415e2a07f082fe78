import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPage } from "../support/build-page.ts";
import { openChromium } from "../support/chromium.ts";
import { openPage, untilSays } from "../support/open-page.ts";
import { amber, crowded, green, NIGHT, nothing, red } from "../support/snapshots.ts";

let browser: Browser;
let folder: string;
let built: Awaited<ReturnType<typeof buildPage>>;

const focusedText = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
const hash = (page: Page): Promise<string> => page.evaluate(() => location.hash || "#/");
const heading = (page: Page): Promise<string> => page.locator("h1").innerText();

/** Keys are typed as a person types them: the page has drawn before the next one comes. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
}

describe("the page in a person's hands", () => {
  beforeAll(async () => {
    [browser, built] = await Promise.all([openChromium(), buildPage()]);
    folder = built.folder;
  });
  afterAll(() => Promise.all([browser?.close(), built?.remove()]));

  describe("with the keyboard alone", () => {
    it("leads from the incident to a copied command and back to where it began", async () => {
      const open = await openPage(browser, { folder, snapshot: red, context: { permissions: ["clipboard-read", "clipboard-write"] } });
      const { page } = open;
      await untilSays(page, "Details");
      expect(await focusedText(page)).toContain("OpenClaw rejects the shared token");
      await press(page, "ArrowRight");
      expect(await hash(page)).toBe("#/finding/openclaw/openclaw.auth.token-mismatch");
      await press(page, "ArrowDown", "Enter");
      expect(await hash(page)).toBe("#/plan/openclaw/openclaw.auth.token-mismatch/reinstall-unit");
      await page.getByRole("button", { name: "Copy command" }).first().focus();
      await press(page, "Enter");
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("openclaw config get gateway.auth.mode");
      await press(page, "Escape");
      expect(await focusedText(page)).toContain("Give both sides the same token");
      await press(page, "Escape");
      expect(await hash(page)).toBe("#/");
      expect(await focusedText(page)).toContain("OpenClaw rejects the shared token");
      await open.close();
    });

    it("walks all rows with the arrows and shows where it is", async () => {
      const open = await openPage(browser, { folder, snapshot: crowded });
      await untilSays(open.page, "Details");
      const seen: string[] = [];
      for (let step = 0; step < 12; step += 1) {
        seen.push(await open.page.evaluate(() => (document.activeElement as HTMLElement).dataset["row"] ?? ""));
        const ring = await open.page.evaluate(() => {
          const row = document.activeElement as HTMLElement;
          return [getComputedStyle(row), getComputedStyle(row, "::after")].some((style) => style.outlineStyle === "solid");
        });
        expect(ring).toBe(true);
        await press(open.page, "ArrowDown");
      }
      expect(new Set(seen).size).toBe(12);
      await open.close();
    });

    it("opens the explain box with a slash, explains, and leaves with Escape", async () => {
      const open = await openPage(browser, { folder, snapshot: green });
      await untilSays(open.page, "Nothing needs you");
      await press(open.page, "/");
      await open.page.keyboard.type("r / token mismatch");
      await press(open.page, "Control+Enter");
      await untilSays(open.page, "Almost certain");
      expect(open.core.asked).toContain('explain {"text":"r / token mismatch"}');
      await press(open.page, "Escape");
      expect(await hash(open.page)).toBe("#/");
      await open.close();
    });

    it("checks with r and copies the report, without reloading the page", async () => {
      const open = await openPage(browser, { folder, snapshot: green, context: { permissions: ["clipboard-read", "clipboard-write"] } });
      await untilSays(open.page, "Nothing needs you");
      await open.page.evaluate(() => Object.assign(globalThis, { stillHere: true }));
      await press(open.page, "r", "Control+r", "Control+Shift+C");
      await open.page.locator(".toast", { hasText: "Report copied" }).waitFor({ state: "attached" });
      expect(await open.page.evaluate(() => Reflect.get(globalThis, "stillHere"))).toBe(true);
      expect(open.core.asked.filter((call) => call.startsWith("probeNow"))).toHaveLength(2);
      expect(await open.page.evaluate(() => navigator.clipboard.readText())).toBe("report of everything");
      await open.close();
    });
  });

  describe("the browser's own back and forward", () => {
    it("walk the screens, and an inner address has the overview behind it", async () => {
      const open = await openPage(browser, { folder, snapshot: red, hash: "#/stack/openclaw" });
      await untilSays(open.page, "Deep checks");
      await open.page.goBack();
      expect(await hash(open.page)).toBe("#/");
      await untilSays(open.page, "Paste an error");
      await open.page.goForward();
      await untilSays(open.page, "Deep checks");
      await open.page.getByRole("button", { name: "Back" }).click();
      await untilSays(open.page, "Paste an error");
      await open.close();
    });
  });

  describe("nothing moves under the pointer", () => {
    it("when the same snapshot comes again, and when another sentence is longer", async () => {
      const open = await openPage(browser, { folder, snapshot: green });
      await untilSays(open.page, "Nothing needs you");
      const places = () => open.page.locator(".row").evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().toJSON()));
      const before = await places();
      open.core.show({
        ...green,
        at: NIGHT + 5_000,
        sentence: "All 2 stacks work, and this is said in so many words that it needs two lines",
      });
      await untilSays(open.page, "in so many words");
      expect(await places()).toEqual(before);
      await open.close();
    });

    it("when trouble begins: the headline tells, the list waits for the pointer to leave", async () => {
      const open = await openPage(browser, { folder, snapshot: green });
      await untilSays(open.page, "Nothing needs you");
      const row = open.page.locator(".row").nth(1);
      await row.hover();
      const before = await row.boundingBox();
      open.core.show({ ...red, at: NIGHT + 5_000 });
      await untilSays(open.page, "1 new: show");
      expect(await row.boundingBox()).toEqual(before);
      await open.page.mouse.move(180, 20);
      await untilSays(open.page, "Details");
      expect((await row.boundingBox())?.y).toBeGreaterThan(before?.y ?? 0);
      await open.close();
    });
  });

  describe("when the other side is not there", () => {
    it("turns grey, keeps its memory hatched, and recovers by itself", async () => {
      const open = await openPage(browser, { folder, snapshot: green });
      await untilSays(open.page, "All 2 stacks work");
      open.server.cut();
      await untilSays(open.page, "Lost contact with Lamplighter");
      expect(await open.page.locator(".headline .lamp-grey").count()).toBe(1);
      expect(await open.page.locator(".row.stale").count()).toBe(3);
      expect(await open.page.locator(".lamp-green").count()).toBe(0);
      open.core.show({ ...amber, at: NIGHT + 60_000 });
      open.server.heal();
      await untilSays(open.page, "The gateway is booting");
      expect(await open.page.title()).toBe("The gateway is booting: 84 s of a usual 190 s · Lamplighter");
      await open.close();
    });

    it("says that its session ended, how to get another, and shows nothing old", async () => {
      const open = await openPage(browser, { folder, snapshot: green });
      await untilSays(open.page, "All 2 stacks work");
      open.server.endSession();
      await untilSays(open.page, "session has ended");
      expect(await open.page.locator("body").innerText()).toContain("lamplighter serve");
      expect(await open.page.locator(".row").count()).toBe(0);
      await open.close();
    });
  });

  describe("in a desktop window", () => {
    it("speaks over the bridge and asks no server for anything but its own files", async () => {
      const bridge = `
        const listeners = [];
        const answers = ${JSON.stringify({ getSnapshot: red, listRepairs: { running: [], interrupted: [], ended: [], intents: [] } })};
        globalThis.lamplighter = {
          call: async (name) => ({ ok: true, value: answers[name] ?? {} }),
          subscribe: (name, listener) => { listeners.push([name, listener]); return () => {}; },
        };
        globalThis.push = (name, payload) => listeners.filter(([one]) => one === name).forEach(([, hear]) => hear(payload));
        globalThis.close = () => { globalThis.closed_by_page = true; };`;
      const open = await openPage(browser, { folder, snapshot: green, before: bridge });
      await untilSays(open.page, "OpenClaw rejects the shared token");
      expect(open.core.asked).toEqual([]);
      await open.page.evaluate((next) => Reflect.get(globalThis, "push")("snapshotChanged", next), { ...green, at: NIGHT + 60_000 });
      await untilSays(open.page, "All 2 stacks work");
      await press(open.page, "Escape");
      expect(await open.page.evaluate(() => Reflect.get(globalThis, "closed_by_page"))).toBe(true);
      await open.close();
    });
  });

  describe("small kindnesses", () => {
    it("teaches on an empty machine and leads to a demo", async () => {
      const open = await openPage(browser, { folder, snapshot: nothing });
      await open.page.getByRole("link", { name: "Show me a demo…" }).click();
      await open.page.getByRole("button", { name: "Everything works" }).click();
      const link = open.page.getByRole("link", { name: "The demo runs: open it" });
      await link.waitFor();
      expect(await link.getAttribute("href")).toBe("http://127.0.0.1:4747/open?key=one");
      await open.close();
    });

    it("shows the text to copy when the browser keeps its clipboard closed", async () => {
      const closed = "Object.defineProperty(navigator, 'clipboard', { value: undefined });";
      const open = await openPage(browser, { folder, snapshot: green, before: closed });
      await open.page.getByRole("button", { name: "Copy report" }).click();
      const dialog = open.page.getByRole("dialog", { name: "Copy this text" });
      await dialog.waitFor();
      expect(await dialog.locator("textarea").inputValue()).toBe("report of everything");
      await press(open.page, "Escape");
      expect(await open.page.getByRole("dialog").count()).toBe(0);
      expect(await heading(open.page)).toContain("All 2 stacks work");
      await open.close();
    });

    it("shows its lamp in the browser's tab", async () => {
      const open = await openPage(browser, { folder, snapshot: red });
      await untilSays(open.page, "Details");
      const icon = await open.page.locator('link[rel="icon"]').getAttribute("href");
      expect(decodeURIComponent(icon ?? "")).toContain("#b3261e");
      expect(open.complaints).toEqual([]);
      await open.close();
    });

    it("lets time pass on the page without a new snapshot", async () => {
      const open = await openPage(browser, { folder, snapshot: green });
      await untilSays(open.page, "checked 8 s ago");
      await untilSays(open.page, "checked 10 s ago");
      await open.close();
    });
  });
});
