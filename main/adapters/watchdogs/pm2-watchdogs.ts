import { join } from "node:path";
import type { ForeignWatchdog } from "../../core/model/plan.ts";
import { evidenceOf } from "./evidence.ts";
import type { ScriptSearch } from "./script-search.ts";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Programs that pm2 keeps running, by the list it saved: the target itself, or scripts that restart it. Their environment is not looked at. */
export async function pm2Watchdogs(pm2Home: string, search: ScriptSearch): Promise<readonly ForeignWatchdog[]> {
  const path = join(pm2Home, "dump.pm2");
  const found: ForeignWatchdog[] = [];
  for (const app of appsOf(await search.text(path))) {
    const args = Array.isArray(app["args"]) ? app["args"].map(text).join(" ") : text(app["args"]);
    const command = `${text(app["pm_exec_path"]) || text(app["script"])} ${args}`.trim();
    // What pm2 keeps running, it restarts: here naming the target's program is enough.
    const keeps = search.names.word(command) || search.names.unit(command) || search.names.word(text(app["name"]));
    const evidence = (await search.restartIn(command)) ?? (keeps ? evidenceOf(command) : null);
    if (evidence !== null) found.push({ kind: "pm2", name: evidenceOf(text(app["name"])).slice(0, 60) || "pm2", path, evidence });
  }
  return found;
}

function appsOf(dump: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const parsed: unknown = JSON.parse(dump);
    return Array.isArray(parsed) ? parsed.filter(isRecord).slice(0, 200) : [];
  } catch {
    return [];
  }
}
