import type { Past } from "../../../../core/model/check.ts";
import type { Raised } from "../../../../core/model/finding.ts";
import type { HttpAnswer } from "../../../../core/ports/http-client.ts";
import { lifecycleLines } from "../checks/log.ts";
import { readStartup } from "../checks/startup.ts";
import { oneLine } from "../knowledge/loose.ts";
import type { Situation } from "./situation.ts";

/** So many restarts within ten minutes are a storm. OpenClaw's own watchdog counts the same way. */
const storm = { restarts: 3, withinMs: 600_000 } as const;
/**
 * How often the gateway began anew within ten minutes of remembered answers of /startupz: each time its age went down. Ages are
 * only compared with ages, because after sleep or a corrected clock they do not fit the time of day any more.
 */
export function runsSeen(past: readonly Past<HttpAnswer>[]): number {
  const newest = past.at(-1)?.at ?? 0;
  const ages = past.flatMap(({ at, seen }) => {
    const { uptimeMs } = readStartup(seen);
    return uptimeMs === undefined || newest - at > storm.withinMs ? [] : [uptimeMs];
  });
  return ages.filter((age, index) => age < (ages[index - 1] ?? age)).length;
}

const words = (times: number): string => `${times} restarts within ten minutes`;

/** Something keeps restarting a gateway that would run: seen by its manager, its own age, its log, or OpenClaw's list of restarts. */
export function judgeRestarts(now: Situation): readonly Raised[] {
  const { log, nowMs, place, restarter, restarts } = now;
  const home = place.stateDir.replace(/\/[^/]+$/, "");
  const evidence: { source: string; text: string }[] = [];
  const tell = (source: string, times: number, more = ""): void => {
    if (times >= storm.restarts) evidence.push({ source, text: `${words(times)}${more}` });
  };
  tell("service unit", restarts.byManager);
  tell("GET /startupz", restarts.byItself);
  for (const hit of log?.hits ?? []) {
    const recent = hit.times.filter((at) => nowMs - at < storm.withinMs).length;
    if (hit.code === lifecycleLines.restart) tell("gateway-restart.log", recent, `; the newest: ${oneLine(hit.line, 200)}`);
    // How often a start was logged says something only in a file that no other gateway writes to.
    if (hit.code === lifecycleLines.start && hit.path.startsWith(`${home}/`)) tell("gateway log", recent - 1);
  }
  if (evidence.length === 0) return [];
  if (restarter !== undefined) evidence.push({ source: "service manager", text: `${restarter} restarts gateways` });
  return [
    {
      code: "openclaw.gateway.restart-storm",
      params: { count: storm.restarts, ...(restarter === undefined ? {} : { label: restarter }) },
      evidence,
    },
  ];
}
