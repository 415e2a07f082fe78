import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { type BrowserThere, judgeBrowserThere } from "../knowledge/browser.ts";
import type { BrowserSettings } from "../knowledge/browser-settings.ts";
import { expand } from "../place/paths.ts";
import type { Gateway } from "./gateway.ts";
import { ownCheck } from "./own-check.ts";

const programs = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "brave-browser", "microsoft-edge"];
const apps = ["Google Chrome", "Chromium", "Brave Browser", "Microsoft Edge"].map((name) => `/Applications/${name}.app`);

async function anyInstalled({ ports }: ProbeContext): Promise<boolean> {
  const found = [
    ...apps.map(async (path) => (await ports.files.facts(path)) !== null),
    ...programs.map(async (name) => (await ports.commands.locate(name)) !== null),
  ];
  return (await Promise.all(found)).includes(true);
}

/** Only an address on this machine is knocked at. */
async function answersAt(cdpUrl: string, { ports }: ProbeContext): Promise<boolean | undefined> {
  const url = URL.canParse(cdpUrl) ? new URL(cdpUrl) : undefined;
  if (url === undefined || !/^(?:localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)) return undefined;
  const answer = await ports.tcp.connect(url.hostname.replace(/^\[|\]$/g, ""), Number(url.port) || 80, 500);
  return answer.kind === "open" ? true : answer.kind === "refused" ? false : undefined;
}

async function look(settings: BrowserSettings, home: string, context: ProbeContext): Promise<BrowserThere> {
  const { attach, cdpUrl, executablePath, existing } = settings;
  const program = executablePath === undefined ? undefined : (await context.ports.files.facts(expand(executablePath, home))) !== null;
  const answers = attach && cdpUrl !== undefined ? await answersAt(cdpUrl, context) : undefined;
  return {
    ...(program === undefined ? {} : { program }),
    ...(answers === undefined ? {} : { answers }),
    ...(existing ? { installed: await anyInstalled(context) } : {}),
  };
}

/** The browser that tools drive, as far as the settings name one. What OpenClaw finds by itself only its own command can say. */
export const browserCheck = ({ place }: Gateway) => {
  const settings = place.facts?.browserConfigured === true ? place.facts.browser : undefined;
  return ownCheck<BrowserThere>(
    { id: "browser", title: "Browser for tools", kind: "process", everyMs: 300_000, timeoutMs: 4_000 },
    async (context) => (settings === undefined ? {} : look(settings, place.home, context)),
    (seen): Verdict => {
      if (settings === undefined || Object.keys(seen).length === 0)
        return { light: "grey", summary: "No browser is named in the settings", applies: false };
      const findings = judgeBrowserThere(seen, settings);
      const first = findings[0]?.evidence[0]?.text;
      return {
        light: first === undefined ? "green" : "amber",
        summary: (first ?? "The browser is where it should be").slice(0, 90),
        findings,
      };
    },
  );
};
