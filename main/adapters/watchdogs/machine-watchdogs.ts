import { join } from "node:path";
import type { ForeignWatchdog } from "../../core/model/plan.ts";
import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { Files } from "../../core/ports/files.ts";
import type { Environment } from "../../core/ports/machine.ts";
import type { ServiceManager } from "../../core/ports/service-manager.ts";
import type { Watchdogs } from "../../core/ports/watchdogs.ts";
import { type CronPlaces, cronWatchdogs } from "./cron-watchdogs.ts";
import { type HealerPlaces, healerPlaces, healerWatchdogs } from "./healer-watchdogs.ts";
import { pm2Watchdogs } from "./pm2-watchdogs.ts";
import { scriptSearch } from "./script-search.ts";
import { unitWatchdogs } from "./unit-watchdogs.ts";

export type MachineWatchdogsOptions = {
  readonly commands: CommandRunner;
  readonly environment: Environment;
  readonly files: Files;
  readonly services: ServiceManager;
  readonly cron?: CronPlaces;
  readonly healers?: HealerPlaces;
};

const most = 50;

/** Looks through units, cron tables, pm2's list and healers' configurations of this machine. Reads only; a source that fails is passed over. */
export function machineWatchdogs(options: MachineWatchdogsOptions): Watchdogs {
  const { commands, environment, files, services, cron, healers } = options;
  const { home, variable } = environment;
  return {
    async find(target, { signal } = {}) {
      const search = scriptSearch(files, home, target, signal);
      const found = await Promise.allSettled([
        unitWatchdogs({ services, files }, search, target, signal),
        cronWatchdogs({ commands, files, ...(cron ? { places: cron } : {}) }, search, signal),
        pm2Watchdogs(variable("PM2_HOME") || join(home, ".pm2"), search),
        healerWatchdogs(files, search, healers ?? healerPlaces(home)),
      ]);
      const all = found.flatMap((each): readonly ForeignWatchdog[] => (each.status === "fulfilled" ? each.value : []));
      return all.slice(0, most);
    },
  };
}
