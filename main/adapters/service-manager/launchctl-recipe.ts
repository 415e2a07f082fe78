import type { ServiceAction } from "../../core/model/plan.ts";
import type { LaunchdJob } from "./launchctl-jobs.ts";
import type { PlistDict } from "./plist-value.ts";

type Argv = readonly string[];

/** What starts a job at other times than when it is loaded. */
const triggers = ["StartInterval", "StartCalendarInterval", "WatchPaths", "QueueDirectories", "StartOnMount", "Sockets", "LaunchEvents"];

/** Runs only when something triggers it; kicking such a job would do its work at an hour nobody chose. */
export const isTriggered = (dict: PlistDict): boolean =>
  triggers.some((key) => dict.has(key)) && dict.get("RunAtLoad") !== true && [undefined, false].includes(dict.get("KeepAlive") as boolean);

/** Whether launchd holds something else than what is on disk: then only loading it anew helps, and a kick would start the old or none. */
export const isStale = ({ reading }: LaunchdJob): boolean =>
  reading.kind === "loaded" &&
  (reading.needsReload === true || /CODESIGNING/.test(reading.lastEnd?.reason ?? "") || (reading.drift ?? []).length > 0);

/**
 * Calls of launchctl that change something, in order, for an action on a job that is as it was read. Empty when nothing has to be done.
 * `isChanged`: its program was replaced while it ran.
 */
export function launchctlRecipe(action: ServiceAction, label: string, job: LaunchdJob, isChanged: boolean): readonly Argv[] {
  const { domain, reading, definition } = job;
  const target = `${domain}/${label}`;
  const loaded = reading.kind === "loaded" ? reading : undefined;
  const path = definition?.path ?? "";
  const kick: readonly Argv[] = [["kickstart", target]];
  const rests = definition?.dict != null && isTriggered(definition.dict) && (action === "load" || action === "reload");
  const load: readonly Argv[] = [["enable", target], ["bootstrap", domain, path], ...(rests ? [] : kick)];
  const reload: readonly Argv[] = loaded ? [["bootout", target], ...load] : load;
  const isUp = loaded?.state === "running" || loaded?.state === "starting";
  switch (action) {
    case "load":
    case "start":
      if (isUp) return [];
      if (!loaded || loaded.state === "stopping" || isStale(job)) return reload;
      if (action === "load" && loaded.onDemand === true) return [];
      return loaded.enabled === false ? [["enable", target], ...kick] : kick;
    case "restart":
      if (!loaded || loaded.state === "stopping" || isStale(job) || isChanged) return reload;
      return [["kickstart", "-k", target]];
    case "reload":
      return reload;
    case "stop":
      return loaded ? [["bootout", target]] : [];
    case "enable":
    case "disable": {
      const isOn = loaded ? loaded.enabled : reading.kind === "not-loaded" ? !reading.disabled : undefined;
      return isOn === (action === "enable") ? [] : [[action, target]];
    }
    default:
      return [];
  }
}
