import { posix } from "node:path";
import { nodeFileChanges } from "../adapters/file-changes/node-file-changes.ts";
import { fileJournal } from "../adapters/journal/file-journal.ts";
import { fileLocks } from "../adapters/locks/file-locks.ts";
import { processControl } from "../adapters/process-control/end-process.ts";
import { launchctlServiceControl } from "../adapters/service-manager/launchctl-control.ts";
import { systemdServiceControl } from "../adapters/service-manager/systemd-control.ts";
import { stateDir } from "../adapters/state-dir.ts";
import { fileStateStore } from "../adapters/state-store/file-state-store.ts";
import { machineWatchdogs } from "../adapters/watchdogs/machine-watchdogs.ts";
import type { ActingPorts, Ports } from "../core/ports/index.ts";
import type { ServiceControl } from "../core/ports/service-control.ts";

type Needs = Pick<Ports, "clock" | "commands" | "environment" | "files" | "processes" | "services">;

function controlOf(needs: Needs): ServiceControl | undefined {
  if (needs.services.kind === "launchd") return launchctlServiceControl(needs);
  return needs.services.kind === "systemd" ? systemdServiceControl(needs) : undefined;
}

/** What repairs act with on this machine. Folders are made when something is first written; nothing is read or written here. */
export function actingPorts(needs: Needs): ActingPorts {
  const { clock, environment, processes } = needs;
  const dir = stateDir(environment);
  const locks = fileLocks({ dir: posix.join(dir, "locks"), clock, processes });
  const control = controlOf(needs);
  return {
    changes: nodeFileChanges({ backupDir: posix.join(dir, "kept"), uid: environment.uid, home: environment.home, clock }),
    ...(control === undefined ? {} : { control }),
    ending: processControl({ processes, environment, clock }),
    journal: fileJournal({ dir: posix.join(dir, "journal"), clock, locks }),
    locks,
    state: fileStateStore({ dir: posix.join(dir, "state") }),
    watchdogs: machineWatchdogs(needs),
  };
}
