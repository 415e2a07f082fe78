import { dirname, join } from "node:path";
import type { ForeignWatchdog } from "../../core/model/plan.ts";
import type { Files } from "../../core/ports/files.ts";
import type { ServiceListing, ServiceManager } from "../../core/ports/service-manager.ts";
import type { WatchdogTarget } from "../../core/ports/watchdogs.ts";
import { evidenceOf } from "./evidence.ts";
import type { ScriptSearch } from "./script-search.ts";

type Needs = { readonly services: ServiceManager; readonly files: Files };

const mostUnits = 1000;
const own = /(?:^|[.-])lamplighter(?:[.@-]|$)/i;

/** Other units of launchd or systemd that restart the target, or that keep a second one of it running. */
export async function unitWatchdogs(
  { services, files }: Needs,
  search: ScriptSearch,
  target: WatchdogTarget,
  signal?: AbortSignal,
): Promise<readonly ForeignWatchdog[]> {
  const listed = await services.find(/^/).catch((): readonly ServiceListing[] => []);
  const found: ForeignWatchdog[] = [];
  for (const listing of listed.filter((each) => isForeign(each, target)).slice(0, mostUnits)) {
    if (signal?.aborted) break;
    const evidence = await restarts(listing, services.kind, search, target);
    if (evidence === null) continue;
    const kind = services.kind === "launchd" ? "launchd-job" : (await hasTimer(listing, files, search)) ? "systemd-timer" : "systemd-unit";
    found.push({ kind, name: listing.label, ...(listing.definitionPath === undefined ? {} : { path: listing.definitionPath }), evidence });
  }
  return found;
}

function isForeign({ label }: ServiceListing, { labels }: WatchdogTarget): boolean {
  const bare = label.replace(/\.service$/, "");
  return !labels.some((each) => each.replace(/\.service$/, "") === bare) && !own.test(label);
}

async function restarts(
  { argv = [], definitionPath }: ServiceListing,
  kind: ServiceManager["kind"],
  search: ScriptSearch,
  target: WatchdogTarget,
): Promise<string | null> {
  const commands = [argv.join(" "), ...(kind === "systemd" ? execLines(await search.text(definitionPath ?? "")) : [])];
  for (const command of [...new Set(commands)].filter(Boolean)) {
    const found = await search.restartIn(command);
    if (found !== null) return found;
  }
  return isSecond(argv, search, target) ? evidenceOf(argv.join(" ")) : null;
}

/** A unit that runs the target's own program on the target's port keeps a second one running against the first. */
function isSecond(argv: readonly string[], { names }: ScriptSearch, { ports }: WatchdogTarget): boolean {
  const command = argv.join(" ");
  return names.word(command) && ports.some((port) => new RegExp(`--?p(?:ort)?[= ]${port}(?!\\d)`).test(command));
}

/** Commands of a systemd unit, also those before, after and on stopping. */
const execLines = (text: string): readonly string[] =>
  [...text.replaceAll(/\\\n/g, " ").matchAll(/^\s*Exec\w+\s*=\s*[-@:+!]*(.+)$/gm)].slice(0, 20).map(([, command = ""]) => command);

/** A timer starts the unit of its own name, or the one it names. */
async function hasTimer({ label, definitionPath }: ServiceListing, files: Files, search: ScriptSearch): Promise<boolean> {
  if (definitionPath === undefined) return false;
  const folder = dirname(definitionPath);
  const names = (await files.list(folder)).filter((name) => name.endsWith(".timer")).slice(0, 50);
  if (names.includes(label.replace(/\.service$/, ".timer"))) return true;
  for (const name of names) if (/^\s*Unit\s*=\s*(\S+)/m.exec(await search.text(join(folder, name)))?.[1] === label) return true;
  return false;
}
