import type { Page } from "playwright-core";
import type { Snapshot } from "../../main/core/model/snapshot.ts";
import {
  askingRun,
  closedPlan,
  cutRun,
  destructivePlan,
  failedRun,
  journalLines,
  openPlan,
  receiptRun,
  runningRun,
  stoppedByAda,
  withRepairs,
} from "./repair-pages.ts";
import { snapshots } from "./snapshots.ts";
import type { StandInCore } from "./stand-in-core.ts";

/** One screen in one condition, and what has to be done to get there. */
export type ScreenCase = {
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly hash: string;
  /** How the core answers these calls. */
  readonly answers?: Parameters<StandInCore["answer"]>[0];
  readonly reach?: (page: Page) => Promise<void>;
};

const MISMATCH = "openclaw/openclaw.auth.token-mismatch";

const explain = async (page: Page, text: string): Promise<void> => {
  await page.locator("textarea").fill(text);
  await page.getByRole("button", { name: "Explain" }).click();
  await page.locator("#matches").waitFor();
};

const PLAN = `#/plan/${MISMATCH}/reinstall-unit`;

const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole("button", { name }).click();
  await page.locator("dialog[open]").waitFor();
};

/** Plans, repairs and receipts. */
const repairCases: readonly ScreenCase[] = [
  { name: "plan that may begin", snapshot: snapshots.red, hash: PLAN, answers: { previewPlan: async () => openPlan } },
  { name: "plan whose gate is closed", snapshot: snapshots.red, hash: PLAN, answers: { previewPlan: async () => closedPlan } },
  {
    name: "plan, asked once",
    snapshot: snapshots.red,
    hash: PLAN,
    answers: { previewPlan: async () => openPlan },
    reach: press(/same token…/),
  },
  {
    name: "destructive plan, asked twice",
    snapshot: snapshots.red,
    hash: PLAN,
    answers: { previewPlan: async () => destructivePlan },
    reach: async (page) => {
      await press(/broken sessions…/)(page);
      await page.getByRole("button", { name: "Go on…" }).click();
      await page.locator("dialog[open] input").fill("clear-sessions");
    },
  },
  { name: "repair that runs", snapshot: snapshots.red, hash: `#/repair/${runningRun.id}`, answers: withRepairs({ running: [runningRun] }) },
  { name: "repair that asks", snapshot: snapshots.red, hash: `#/repair/${askingRun.id}`, answers: withRepairs({ running: [askingRun] }) },
  { name: "receipt", snapshot: snapshots.green, hash: `#/repair/${receiptRun.id}`, answers: withRepairs({ ended: [receiptRun] }) },
  { name: "receipt of a failure", snapshot: snapshots.red, hash: `#/repair/${failedRun.id}`, answers: withRepairs({ ended: [failedRun] }) },
  {
    name: "repair that was cut off",
    snapshot: snapshots.red,
    hash: `#/repair/${cutRun.id}`,
    answers: withRepairs({ interrupted: [cutRun] }),
  },
  {
    name: "overview after a repair was cut off, during another",
    snapshot: snapshots.red,
    hash: "#/",
    answers: withRepairs({ interrupted: [cutRun], running: [runningRun] }),
    reach: (page) => page.locator(".cut-off").waitFor(),
  },
  {
    name: "repairs",
    snapshot: snapshots.green,
    hash: "#/repairs",
    answers: {
      ...withRepairs({ ended: [receiptRun, failedRun], interrupted: [cutRun] }),
      readJournal: async () => ({ lines: journalLines, whole: true }),
    },
    reach: (page) => page.locator("summary").click(),
  },
  {
    name: "repairs with a damaged journal",
    snapshot: snapshots.green,
    hash: "#/repairs",
    answers: { readJournal: async () => ({ lines: journalLines, whole: false, damage: "line 3 was changed" }) },
    reach: (page) => page.getByText("The record is damaged").waitFor(),
  },
  {
    name: "stack that somebody stopped",
    snapshot: snapshots.grey,
    hash: "#/stack/openclaw",
    answers: withRepairs({ intents: [stoppedByAda] }),
    reach: (page) => page.getByText("Start, stop or restart").click(),
  },
  { name: "operation", snapshot: snapshots.green, hash: "#/operate/openclaw/restart", answers: { previewOperation: async () => openPlan } },
];

/** Every screen there is, in every condition worth looking at. */
export const screenCases: readonly ScreenCase[] = [
  ...Object.entries(snapshots).map(([name, snapshot]) => ({ name: `overview ${name}`, snapshot, hash: "#/" })),
  { name: "overview opened up", snapshot: snapshots.crowded, hash: "#/", reach: (page) => page.locator("summary").first().click() },
  { name: "finding", snapshot: snapshots.red, hash: `#/finding/${MISMATCH}` },
  { name: "finding with long words", snapshot: snapshots.crowded, hash: "#/finding/nanoclaw/machine.service-unit.crash-loop" },
  { name: "finding that is gone", snapshot: snapshots.green, hash: `#/finding/${MISMATCH}` },
  { name: "stack", snapshot: snapshots.red, hash: "#/stack/openclaw", reach: (page) => page.getByText("As a table").click() },
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
  ...repairCases,
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
