import { basename, join } from "node:path";
import type { ForeignWatchdog } from "../../core/model/plan.ts";
import type { Files } from "../../core/ports/files.ts";
import { evidenceOf } from "./evidence.ts";
import { codeLines } from "./find-restart.ts";
import { restartVerbs } from "./restart-verbs.ts";
import type { ScriptSearch } from "./script-search.ts";

export type HealerPlaces = {
  readonly monit: { readonly files: readonly string[]; readonly folders: readonly string[] };
  readonly supervisor: { readonly files: readonly string[]; readonly folders: readonly string[] };
};

/** Where Monit and Supervisor keep what they watch. */
export const healerPlaces = (home: string): HealerPlaces => ({
  monit: {
    files: [join(home, ".monitrc"), "/etc/monitrc", "/etc/monit/monitrc", "/usr/local/etc/monitrc", "/opt/homebrew/etc/monitrc"],
    folders: ["/etc/monit/conf.d", "/etc/monit/conf-enabled", "/etc/monit.d"],
  },
  supervisor: {
    files: [
      join(home, "supervisord.conf"),
      "/etc/supervisord.conf",
      "/etc/supervisor/supervisord.conf",
      "/opt/homebrew/etc/supervisord.conf",
    ],
    folders: ["/etc/supervisor/conf.d", "/etc/supervisord.d"],
  },
});

/** Programs that a general healer restarts when it finds them down, each one a block of its configuration. */
export async function healerWatchdogs(files: Files, search: ScriptSearch, places: HealerPlaces): Promise<readonly ForeignWatchdog[]> {
  const found: ForeignWatchdog[] = [];
  for (const path of await pathsOf(files, places.monit))
    for (const block of (await search.text(path)).split(/^(?=\s*check\s)/im).slice(0, 200)) {
      const lines = codeLines(block);
      const verb = lines.find((line) => restartVerbs(line).length > 0);
      const name = /^\s*check\s+\w+\s+["']?([\w.@-]{1,60})/i.exec(block)?.[1];
      if (name !== undefined && verb !== undefined && lines.some(search.names.any))
        found.push({ kind: "script", name: `monit ${name}`, path, evidence: evidenceOf(verb) });
    }
  for (const path of await pathsOf(files, places.supervisor))
    for (const block of (await search.text(path)).split(/^(?=\s*\[)/m).slice(0, 200)) {
      const name = /^\s*\[program:([^\]]{1,60})\]/.exec(block)?.[1];
      const command = /^\s*command\s*=\s*(.+)$/m.exec(block)?.[1];
      if (name === undefined || command === undefined) continue;
      const evidence =
        (await search.restartIn(command)) ?? (search.names.word(command) || search.names.unit(command) ? evidenceOf(command) : null);
      if (evidence !== null) found.push({ kind: "script", name: `supervisor ${name}`, path, evidence });
    }
  return found.map((each) => ({ ...each, name: basename(each.name) === each.name ? each.name : evidenceOf(each.name) }));
}

async function pathsOf(files: Files, { files: own, folders }: HealerPlaces["monit"]): Promise<readonly string[]> {
  const listed = await Promise.all(
    folders.map(async (folder) => (await files.list(folder)).slice(0, 50).map((name) => join(folder, name))),
  );
  return [...own, ...listed.flat()];
}
