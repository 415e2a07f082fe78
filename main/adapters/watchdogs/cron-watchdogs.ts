import { basename, join } from "node:path";
import type { ForeignWatchdog } from "../../core/model/plan.ts";
import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { Files } from "../../core/ports/files.ts";
import { cronLines } from "./cron-lines.ts";
import type { ScriptSearch } from "./script-search.ts";

export type CronPlaces = { readonly tables: readonly string[]; readonly folders: readonly string[]; readonly scripts: readonly string[] };

/** Tables of the machine, folders of such tables, and folders whose scripts are run every hour, day, week or month. */
export const cronPlaces: CronPlaces = {
  tables: ["/etc/crontab"],
  folders: ["/etc/cron.d"],
  scripts: ["/etc/cron.hourly", "/etc/cron.daily", "/etc/cron.weekly", "/etc/cron.monthly", "/etc/periodic/daily"],
};

type Needs = { readonly commands: CommandRunner; readonly files: Files; readonly places?: CronPlaces };

/** Lines of the account's crontab and of the machine's readable tables that restart the target. */
export async function cronWatchdogs(needs: Needs, search: ScriptSearch, signal?: AbortSignal): Promise<readonly ForeignWatchdog[]> {
  const { commands, files, places = cronPlaces } = needs;
  const asked = await commands.run({
    file: "crontab",
    args: ["-l"],
    env: { LC_ALL: "C" },
    timeoutMs: 3000,
    maxBytes: 262_144,
    ...(signal ? { signal } : {}),
  });
  const own = asked.kind === "exited" && asked.exitCode === 0 ? asked.stdout : "";
  const found = await inTable(search, own, false, undefined);
  const listed = await Promise.all(places.folders.map(async (folder) => (await files.list(folder)).map((name) => join(folder, name))));
  for (const path of [...places.tables, ...listed.flat()].slice(0, 100))
    found.push(...(await inTable(search, await search.text(path), true, path)));
  for (const folder of places.scripts)
    for (const name of (await files.list(folder)).slice(0, 100)) {
      const path = join(folder, name);
      const evidence = await search.restartIn(await search.text(path));
      if (evidence !== null) found.push({ kind: "script", name: `${basename(folder)}/${name}`, path, evidence });
    }
  return found;
}

async function inTable(search: ScriptSearch, text: string, system: boolean, path: string | undefined): Promise<ForeignWatchdog[]> {
  const found: ForeignWatchdog[] = [];
  // A command may use a variable that the table sets above it.
  const settings = text.split("\n").filter((line) => /^\s*[A-Za-z_]\w*\s*=/.test(line));
  for (const { number, command } of cronLines(text, system).slice(0, 200)) {
    const evidence = (await search.restartIn(command)) ?? (await search.restartIn([...settings, command].join("\n")));
    const name = path === undefined ? `crontab line ${number}` : `${basename(path)} line ${number}`;
    if (evidence !== null) found.push({ kind: "cron-line", name, ...(path === undefined ? {} : { path }), evidence });
  }
  return found;
}
