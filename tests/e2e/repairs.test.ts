import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPage } from "../support/build-page.ts";
import { openChromium } from "../support/chromium.ts";
import { openPage, untilSays } from "../support/open-page.ts";
import { askingRun, closedPlan, cutRun, destructivePlan, openPlan, receiptRun, runningRun, withRepairs } from "../support/repair-pages.ts";
import { green, red } from "../support/snapshots.ts";

let browser: Browser;
let folder: string;
let built: Awaited<ReturnType<typeof buildPage>>;

const FINDING = "#/finding/openclaw/openclaw.auth.token-mismatch";
const PLAN = "#/plan/openclaw/openclaw.auth.token-mismatch/reinstall-unit";

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
const said = (page: Page): Promise<string> => page.locator('[role="status"]').innerText();
const hash = (page: Page): Promise<string> => page.evaluate(() => location.hash);

/** Keys are typed as a person types them: the page has drawn before the next one comes. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
}

describe("a repair in a person's hands", () => {
  beforeAll(async () => {
    [browser, built] = await Promise.all([openChromium(), buildPage()]);
    folder = built.folder;
  });
  afterAll(() => Promise.all([browser?.close(), built?.remove()]));

  it("goes from the finding to the receipt with the keyboard alone, and every turn is read out", async () => {
    const answers = { previewPlan: async () => openPlan, startRepair: async () => runningRun, answerRepair: async () => runningRun };
    const open = await openPage(browser, { folder, snapshot: red, hash: FINDING, answers });
    const { page, core } = open;
    await page.locator(".deeds .primary").focus();
    await press(page, "Enter");
    await untilSays(page, "Nothing has been run yet.");
    await page.locator('.deeds .primary[aria-disabled="false"]').focus();
    await press(page, "Enter");
    expect(await focused(page)).toBe("Not now");
    await press(page, "Escape");
    expect(await page.locator("dialog[open]").count()).toBe(0);
    expect(await focused(page)).toBe("Give both sides the same token…");
    expect(await hash(page)).toBe(PLAN);
    await press(page, "Enter", "Shift+Tab", "Enter");
    await untilSays(page, "Step 3 of 4");
    expect(await hash(page)).toBe(`#/repair/${runningRun.id}`);
    expect(await said(page)).toContain("Step 3 of 4: Restart the gateway.");

    core.tellRun(askingRun);
    await untilSays(page, "Step 3 needs you");
    expect(await focused(page)).toBe("Step 3 needs you");
    expect(await said(page)).toContain("It asks: Open the gateway's window");
    await press(page, "Tab", "Tab", "Enter");
    expect(core.asked.at(-1)).toBe(`answerRepair {"id":"${askingRun.id}","answer":"done"}`);

    core.answer(withRepairs({ ended: [receiptRun] }));
    core.tellRun(receiptRun);
    await untilSays(page, "Repaired and proved");
    expect(await said(page)).toContain("OpenClaw works, and took the shared token twice.");
    expect(open.complaints).toEqual([]);
    await open.close();
  });

  it("is never begun twice, however often the button is pressed", async () => {
    const answers = {
      previewPlan: async () => ({ ...openPlan, risk: "safe" as const }),
      startRepair: () => new Promise<typeof runningRun>((resolve) => setTimeout(() => resolve(runningRun), 400)),
    };
    const open = await openPage(browser, { folder, snapshot: red, hash: PLAN, answers });
    await open.page.locator('.deeds .primary[aria-disabled="false"]').dblclick();
    await untilSays(open.page, "Step 3 of 4");
    expect(open.core.asked.filter((call) => call.startsWith("startRepair"))).toHaveLength(1);
    await open.close();
  });

  it("counts down to the moment the gate may open, and opens by itself", async () => {
    let isOpen = false;
    const gate = { ...closedPlan.gate, kind: "closed", retryAtMs: red.at + 3_000 } as NonNullable<typeof closedPlan.gate>;
    const answers = { previewPlan: async () => (isOpen ? openPlan : { ...closedPlan, gate }) };
    const open = await openPage(browser, { folder, snapshot: red, hash: PLAN, answers });
    await untilSays(open.page, "Asking again in");
    isOpen = true;
    await open.page.locator('.deeds .primary[aria-disabled="false"]').waitFor({ timeout: 15_000 });
    expect(await open.page.locator(".gate").count()).toBe(0);
    await open.close();
  });

  it("takes typing for the second yes, and Escape for no at any time", async () => {
    const open = await openPage(browser, {
      folder,
      snapshot: red,
      hash: PLAN,
      answers: { previewPlan: async () => destructivePlan, startRepair: async () => runningRun },
    });
    const { page, core } = open;
    await page.getByRole("button", { name: "Clear the broken sessions…" }).click();
    await page.getByRole("button", { name: "Go on…" }).click();
    await page.locator("dialog input").waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
    await page.keyboard.type("clear");
    await page.locator("dialog .danger").click({ force: true });
    expect(core.asked.some((call) => call.startsWith("startRepair"))).toBe(false);
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Clear the broken sessions…" }).click();
    await page.getByRole("button", { name: "Go on…" }).click();
    await page.locator("dialog input").fill("clear-sessions");
    await page.locator("dialog .danger").click();
    await untilSays(page, "Step 3 of 4");
    expect(core.asked.find((call) => call.startsWith("startRepair"))).toContain('"confirmed":"twice"');
    await open.close();
  });

  it("is found again after the line was cut, with what became of it meanwhile", async () => {
    const open = await openPage(browser, {
      folder,
      snapshot: red,
      hash: `#/repair/${runningRun.id}`,
      answers: withRepairs({ running: [runningRun] }),
    });
    await untilSays(open.page, "Step 3 of 4");
    open.server.cut();
    open.core.answer(withRepairs({ ended: [receiptRun] }));
    open.server.heal();
    await untilSays(open.page, "Repaired and proved");
    await open.close();
  });

  it("that was cut off is the first thing on the overview, and is finished from there", async () => {
    const answers = { ...withRepairs({ interrupted: [cutRun] }), resumeRepair: async () => ({ ...cutRun, state: "verifying" as const }) };
    const open = await openPage(browser, { folder, snapshot: green, answers });
    const { page, core } = open;
    await untilSays(page, "A repair was cut off in the middle.");
    await page.getByRole("button", { name: "Finish it…" }).click();
    core.answer(withRepairs({ running: [{ ...cutRun, state: "verifying" }] }));
    await page.getByRole("button", { name: "Finish this repair" }).click();
    await untilSays(page, "Repairing");
    expect(core.asked).toContain(`resumeRepair {"id":"${cutRun.id}","how":"finish"}`);
    await page.getByRole("link", { name: /^Repairing/ }).click();
    expect(await hash(page)).toBe(`#/repair/${cutRun.id}`);
    await open.close();
  });

  it("keeps its steps where they are while their words change", async () => {
    const open = await openPage(browser, {
      folder,
      snapshot: red,
      hash: `#/repair/${runningRun.id}`,
      answers: withRepairs({ running: [runningRun] }),
    });
    await untilSays(open.page, "Step 3 of 4");
    const tops = () => open.page.locator(".run-step").evaluateAll((steps) => steps.map((step) => step.getBoundingClientRect().top));
    const before = await tops();
    open.core.tellRun({
      ...runningRun,
      steps: runningRun.steps.map((step) => (step.index === 2 ? { ...step, detail: "Booting, 99 s of a usual 190 s" } : step)),
    });
    await untilSays(open.page, "Booting, 99 s");
    expect(await tops()).toEqual(before);
    await open.close();
  });
});
