import { at, flag, text } from "./loose.ts";

/**
 * The browser that tools drive, as far as somebody chose it. `attach`: one that is already running is used at `cdpUrl`;
 * `existing`: the person's own browser on this machine is used.
 */
export type BrowserSettings = {
  readonly executablePath?: string;
  readonly cdpUrl?: string;
  readonly attach: boolean;
  readonly existing: boolean;
};

/** Reads the section `browser`. A profile's own settings count before those of all profiles. */
export function readBrowser(browser: unknown): BrowserSettings {
  const profile = at(browser, "profiles", text(at(browser, "defaultProfile")) ?? "");
  const executablePath = text(at(profile, "executablePath")) ?? text(at(browser, "executablePath"));
  const cdpUrl = text(at(profile, "cdpUrl")) ?? text(at(browser, "cdpUrl"));
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    ...(cdpUrl === undefined ? {} : { cdpUrl }),
    attach: (flag(at(profile, "attachOnly")) ?? flag(at(browser, "attachOnly"))) === true,
    existing: text(at(profile, "driver")) === "existing-session",
  };
}
