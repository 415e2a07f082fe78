import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPage } from "../support/build-page.ts";
import { openChromium } from "../support/chromium.ts";
import { objections, sideways } from "../support/look-at.ts";
import { openPage, untilSays } from "../support/open-page.ts";
import { screenCases } from "../support/screens.ts";
import { crowded } from "../support/snapshots.ts";

let browser: Browser;
let folder: string;
let built: Awaited<ReturnType<typeof buildPage>>;

describe("every screen, in a browser", () => {
  beforeAll(async () => {
    [browser, built] = await Promise.all([openChromium(), buildPage()]);
    folder = built.folder;
  });
  afterAll(() => Promise.all([browser?.close(), built?.remove()]));

  describe.each(["light", "dark"] as const)("in the %s", (colorScheme) => {
    it.each(screenCases)(
      "$name: nothing for axe to object to, no complaint, no stranger asked",
      async ({ snapshot, hash, answers, reach }) => {
        const open = await openPage(browser, { folder, snapshot, hash, answers, context: { colorScheme, reducedMotion: "reduce" } });
        await reach?.(open.page);
        expect(await objections(open.page)).toEqual([]);
        expect(open.complaints).toEqual([]);
        await open.close();
      },
    );
  });

  it.each(screenCases)(
    "$name: fits from 320 px to a full window, and with twice the text size",
    async ({ snapshot, hash, answers, reach }) => {
      const open = await openPage(browser, { folder, snapshot, hash, answers });
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
    },
  );

  it.each(["light", "dark"] as const)("is as sound in the %s when nobody answers, and when the session is over", async (colorScheme) => {
    const open = await openPage(browser, { folder, snapshot: crowded, context: { colorScheme, reducedMotion: "reduce" } });
    open.server.cut();
    await untilSays(open.page, "Lost contact");
    expect([await objections(open.page), await sideways(open.page)]).toEqual([[], 0]);
    open.server.heal();
    open.server.endSession();
    await untilSays(open.page, "session has ended");
    expect([await objections(open.page), await sideways(open.page)]).toEqual([[], 0]);
    await open.close();
  });

  it("stays whole when the system replaces all colours", async () => {
    const open = await openPage(browser, { folder, snapshot: crowded, context: { forcedColors: "active" } });
    const colours = await open.page.evaluate(() =>
      [...document.querySelectorAll(".lamp")].map((lamp) => getComputedStyle(lamp).color === getComputedStyle(document.body).color),
    );
    expect(colours.length).toBeGreaterThan(5);
    expect(colours).not.toContain(false);
    expect(await objections(open.page)).toEqual([]);
    await open.close();
  });

  it("moves nothing by itself: no animation runs while nobody does anything", async () => {
    const quiet = [...screenCases.slice(0, 7), ...screenCases.filter(({ name }) => name.startsWith("repair that"))];
    for (const { snapshot, hash, answers } of quiet) {
      const open = await openPage(browser, { folder, snapshot, hash, answers });
      expect(await open.page.evaluate(() => document.getAnimations().length)).toBe(0);
      await open.close();
    }
  });
});
