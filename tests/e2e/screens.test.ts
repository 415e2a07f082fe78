import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPage } from "../support/build-page.ts";
import { findChromium, openChromium } from "../support/chromium.ts";
import { openPage } from "../support/open-page.ts";
import { screenCases } from "../support/screens.ts";

const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let browser: Browser;
let folder: string;
let axe: string;

/** Everything axe objects to, as short lines. */
async function objections(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const run: typeof import("axe-core") = Reflect.get(globalThis, "axe");
    const { violations } = await run.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`));
  });
}

/** How far the page can be pushed sideways, in pixels. */
const sideways = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(
      ...["html", "body", ".page", ".scroll"]
        .flatMap((one) => [...document.querySelectorAll(one)])
        .map((box) => box.scrollWidth - box.clientWidth),
    ),
  );

describe.runIf(findChromium() !== undefined)("every screen, in a browser", () => {
  beforeAll(async () => {
    [browser, folder, axe] = await Promise.all([openChromium(), buildPage(), readFile(axeFile, "utf8")]);
  });
  afterAll(() => browser?.close());

  describe.each(["light", "dark"] as const)("in the %s", (colorScheme) => {
    it.each(screenCases)("$name: nothing for axe to object to, no complaint, no stranger asked", async ({ snapshot, hash, reach }) => {
      const open = await openPage(browser, { folder, snapshot, hash, context: { colorScheme, reducedMotion: "reduce" } });
      await reach?.(open.page);
      expect(await objections(open.page)).toEqual([]);
      expect(open.complaints).toEqual([]);
      await open.close();
    });
  });

  it.each(screenCases)("$name: fits from 320 px to a full window, and with twice the text size", async ({ snapshot, hash, reach }) => {
    const open = await openPage(browser, { folder, snapshot, hash });
    await reach?.(open.page);
    const pushed: Record<string, number> = {};
    for (const width of [320, 360, 800, 1920]) {
      await open.page.setViewportSize({ width, height: 560 });
      pushed[width] = await sideways(open.page);
    }
    await open.page.setViewportSize({ width: 360, height: 560 });
    await open.page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    pushed["double text"] = await sideways(open.page);
    expect(pushed).toEqual({ 320: 0, 360: 0, 800: 0, 1920: 0, "double text": 0 });
    await open.close();
  });

  it("stays whole when the system replaces all colours", async () => {
    const [{ snapshot, hash }] = [screenCases.find((one) => one.name === "overview crowded")].flatMap((one) => one ?? []) as [
      (typeof screenCases)[0],
    ];
    const open = await openPage(browser, { folder, snapshot, hash, context: { forcedColors: "active" } });
    const colours = await open.page.evaluate(() =>
      [...document.querySelectorAll(".lamp")].map((lamp) => getComputedStyle(lamp).color === getComputedStyle(document.body).color),
    );
    expect(colours.length).toBeGreaterThan(5);
    expect(colours).not.toContain(false);
    expect(await objections(open.page)).toEqual([]);
    await open.close();
  });

  it("moves nothing by itself: no animation runs while nobody does anything", async () => {
    for (const { snapshot, hash } of screenCases.slice(0, 7)) {
      const open = await openPage(browser, { folder, snapshot, hash });
      expect(await open.page.evaluate(() => document.getAnimations().length)).toBe(0);
      await open.close();
    }
  });
});
