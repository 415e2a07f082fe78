import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Snapshot } from "../../main/core/model/snapshot.ts";
import { complaintsOf } from "./look-at.ts";
import { type PageServer, servePage } from "./page-server.ts";
import { createStandInCore, type StandInCore } from "./stand-in-core.ts";

/** One opened page with all that went wrong in it. */
export type OpenPage = {
  readonly page: Page;
  readonly core: StandInCore;
  readonly server: PageServer;
  /** Console messages, page errors, refused loads and requests to anybody but the page's own server. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
};

export type OpenOptions = {
  readonly folder: string;
  readonly snapshot: Snapshot;
  readonly hash?: string;
  /** How the core answers these calls. */
  readonly answers?: Parameters<StandInCore["answer"]>[0] | undefined;
  readonly context?: BrowserContextOptions;
  /** Runs in the page before any of its scripts. */
  readonly before?: string;
};

/** The popover as it is: 360 × 560. */
export const popover = { width: 360, height: 560 } as const;

export async function openPage(browser: Browser, options: OpenOptions): Promise<OpenPage> {
  const core = createStandInCore(options.snapshot);
  core.answer(options.answers ?? {});
  const server = await servePage(options.folder, core);
  const context = await browser.newContext({ viewport: popover, locale: "en-GB", timezoneId: "UTC", ...options.context });
  if (options.before !== undefined) await context.addInitScript(options.before);
  const page = await context.newPage();
  const complaints = complaintsOf(page, server.url);
  await page.goto(`${server.url}${options.hash ?? ""}`);
  await page.locator("h1").first().waitFor();
  return {
    page,
    core,
    server,
    complaints,
    close: async () => {
      await context.close();
      await server.close();
    },
  };
}

/** Waits until the page says `words` somewhere. */
export const untilSays = (page: Page, words: string): Promise<void> => page.getByText(words).first().waitFor({ timeout: 20_000 });
