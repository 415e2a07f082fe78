import type { Page } from "playwright-core";
import type { Snapshot } from "../../main/core/model/snapshot.ts";
import { snapshots } from "./snapshots.ts";

/** One screen in one condition, and what has to be done to get there. */
export type ScreenCase = {
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly hash: string;
  readonly reach?: (page: Page) => Promise<void>;
};

const MISMATCH = "openclaw/openclaw.auth.token-mismatch";

const explain = async (page: Page, text: string): Promise<void> => {
  await page.locator("textarea").fill(text);
  await page.getByRole("button", { name: "Explain" }).click();
  await page.locator("#matches").waitFor();
};

/** Every screen there is, in every condition worth looking at. */
export const screenCases: readonly ScreenCase[] = [
  ...Object.entries(snapshots).map(([name, snapshot]) => ({ name: `overview ${name}`, snapshot, hash: "#/" })),
  { name: "overview opened up", snapshot: snapshots.crowded, hash: "#/", reach: (page) => page.locator("summary").first().click() },
  { name: "finding", snapshot: snapshots.red, hash: `#/finding/${MISMATCH}` },
  { name: "finding with long words", snapshot: snapshots.crowded, hash: "#/finding/nanoclaw/machine.service-unit.crash-loop" },
  { name: "finding that is gone", snapshot: snapshots.green, hash: `#/finding/${MISMATCH}` },
  { name: "stack", snapshot: snapshots.red, hash: "#/stack/openclaw", reach: (page) => page.locator("summary").click() },
  {
    name: "stack with a deep check",
    snapshot: snapshots.red,
    hash: "#/stack/openclaw",
    reach: async (page) => {
      await page.getByRole("button", { name: /^Run / }).click();
      await page.locator("textarea").waitFor();
    },
  },
  { name: "stack that is stale", snapshot: snapshots.grey, hash: "#/stack/nanoclaw" },
  { name: "stack that is not here", snapshot: snapshots.green, hash: "#/stack/sanctum" },
  { name: "plan", snapshot: snapshots.red, hash: `#/plan/${MISMATCH}/reinstall-unit` },
  { name: "explain", snapshot: snapshots.red, hash: "#/explain" },
  { name: "explain with matches", snapshot: snapshots.red, hash: "#/explain", reach: (page) => explain(page, "token mismatch") },
  { name: "explain without a match", snapshot: snapshots.red, hash: "#/explain", reach: (page) => explain(page, "once upon a time") },
  {
    name: "demos",
    snapshot: snapshots.nothing,
    hash: "#/demos",
    reach: async (page) => {
      await page.getByRole("button", { name: "Everything works" }).click();
      await page.locator(".opened a").waitFor();
    },
  },
];
