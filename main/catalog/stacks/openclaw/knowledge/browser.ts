import type { Raised } from "../../../../core/model/finding.ts";
import type { BrowserSettings } from "./browser-settings.ts";
import { at, flag, oneLine, text } from "./loose.ts";

const CODE = "openclaw.browser.unavailable";

/** The answer of `browser status --json`. A browser that is ready but not started is fine. */
export function judgeBrowser(payload: unknown, source = "browser.status"): readonly Raised[] {
  const complaint = complaintOf(payload);
  return complaint === undefined ? [] : [{ code: CODE, evidence: [{ source, text: complaint }] }];
}

function complaintOf(payload: unknown): string | undefined {
  if (flag(at(payload, "enabled")) === false) return "The browser tool is switched off (browser.enabled)";
  const error = text(at(payload, "detectError"));
  if (error !== undefined) return `No browser could be used: ${oneLine(error)}`;
  const attached = flag(at(payload, "attachOnly")) === true;
  const found = text(at(payload, "detectedExecutablePath")) ?? text(at(payload, "executablePath"));
  if (found === undefined && !attached && flag(at(payload, "running")) !== true)
    return "No Chrome, Chromium, Brave or Edge was found on this machine";
  if (attached && flag(at(payload, "cdpReady")) === false)
    return `The browser to attach to does not answer at ${oneLine(text(at(payload, "cdpUrl")) ?? "its address", 80)}`;
  if (flag(at(payload, "running")) === true && flag(at(payload, "cdpReady")) === false)
    return "The browser runs, and its debugging port does not answer";
  return undefined;
}

/** What is there of the browser the settings name; what was not looked at is absent. */
export type BrowserThere = {
  /** The program at `executablePath`. */
  readonly program?: boolean;
  /** Somebody listens at `cdpUrl`. */
  readonly answers?: boolean;
  /** Any browser of the kind that can be driven is installed. */
  readonly installed?: boolean;
};

/** The settings name a browser that is not there. */
export function judgeBrowserThere(there: BrowserThere, settings: BrowserSettings, source = "browser settings"): readonly Raised[] {
  const { cdpUrl = "", executablePath = "" } = settings;
  const lines = [
    ...(there.program === false ? [`browser.executablePath names ${oneLine(executablePath, 120)}, and nothing is there`] : []),
    ...(there.answers === false ? [`Nothing listens at ${oneLine(cdpUrl, 80)}, where the browser to attach to should be`] : []),
    ...(there.installed === false ? ["The profile uses a browser of this machine, and no Chrome, Chromium, Brave or Edge was found"] : []),
  ];
  return lines.length === 0 ? [] : [{ code: CODE, evidence: lines.map((text) => ({ source, text })) }];
}

/** `plugins.allow` is exclusive: without `browser` in it, the configured browser tool is never loaded. */
export function judgeBrowserAllowed(
  allow: readonly string[] | undefined,
  browserConfigured: boolean,
  source = "openclaw.json",
): readonly Raised[] {
  if (allow === undefined || !browserConfigured || allow.includes("browser") || allow.includes("*")) return [];
  return [{ code: CODE, evidence: [{ source, text: "plugins.allow does not include browser, so the browser tool is not loaded" }] }];
}
