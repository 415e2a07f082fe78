import { existsSync } from "node:fs";
import { posix } from "node:path";
import { stateDir } from "../adapters/state-dir.ts";
import { fileStateStore } from "../adapters/state-store/file-state-store.ts";
import type { FileChanges } from "../core/ports/file-changes.ts";
import type { ActingPorts, Ports } from "../core/ports/index.ts";
import type { Journal } from "../core/ports/journal.ts";
import type { Locks } from "../core/ports/locks.ts";
import type { ProcessControl } from "../core/ports/process-control.ts";
import type { ServiceControl } from "../core/ports/service-control.ts";
import type { Watchdogs } from "../core/ports/watchdogs.ts";

type Needs = Pick<Ports, "clock" | "commands" | "environment" | "files" | "processes" | "services">;

/** Loads once, on first use: most processes only watch, and should not carry what acts. */
function late<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}

function controlOf(needs: Needs): ServiceControl | undefined {
  const { kind } = needs.services;
  if (kind !== "launchd" && kind !== "systemd") return undefined;
  const control = late<ServiceControl>(async () =>
    kind === "launchd"
      ? (await import("../adapters/service-manager/launchctl-control.ts")).launchctlServiceControl(needs)
      : (await import("../adapters/service-manager/systemd-control.ts")).systemdServiceControl(needs),
  );
  return {
    commands: async (action, label) => (await control()).commands(action, label),
    act: async (action, label, options) => (await control()).act(action, label, options),
    lastLines: async (label, lines) => (await control()).lastLines(label, lines),
  };
}

function changesOf({ environment, clock }: Needs, backupDir: string): FileChanges {
  const { uid, home } = environment;
  const changes = late(async () =>
    (await import("../adapters/file-changes/node-file-changes.ts")).nodeFileChanges({ backupDir, uid, home, clock }),
  );
  return {
    keep: async (path) => (await changes()).keep(path),
    apply: async (change) => (await changes()).apply(change),
    restore: async (backup) => (await changes()).restore(backup),
    // Asked at every start; where nothing was ever kept, there is nothing to let go of.
    forget: async (beforeMs) => (existsSync(backupDir) ? (await changes()).forget(beforeMs) : undefined),
  };
}

/**
 * What repairs act with on this machine. Folders are made when something is first written; nothing is read or written here, and each
 * part is loaded when it is first used. What is remembered is read while watching, and so is there from the start.
 */
export function actingPorts(needs: Needs): ActingPorts {
  const { clock, environment, processes } = needs;
  const dir = stateDir(environment);
  const locksNow = late(async () =>
    (await import("../adapters/locks/file-locks.ts")).fileLocks({ dir: posix.join(dir, "locks"), clock, processes }),
  );
  const locks: Locks = { take: async (name, purpose) => (await locksNow()).take(name, purpose) };
  const journalNow = late(async () =>
    (await import("../adapters/journal/file-journal.ts")).fileJournal({ dir: posix.join(dir, "journal"), clock, locks }),
  );
  const journal: Journal = {
    append: async (entry) => (await journalNow()).append(entry),
    recent: async (limit) => (await journalNow()).recent(limit),
    verify: async () => (await journalNow()).verify(),
  };
  const endingNow = late(async () =>
    (await import("../adapters/process-control/end-process.ts")).processControl({ processes, environment, clock }),
  );
  const ending: ProcessControl = { end: async (pid, startedMs, options) => (await endingNow()).end(pid, startedMs, options) };
  const watchdogsNow = late(async () => (await import("../adapters/watchdogs/machine-watchdogs.ts")).machineWatchdogs(needs));
  const watchdogs: Watchdogs = { find: async (target, options) => (await watchdogsNow()).find(target, options) };
  const control = controlOf(needs);
  return {
    changes: changesOf(needs, posix.join(dir, "kept")),
    ...(control === undefined ? {} : { control }),
    ending,
    journal,
    locks,
    state: fileStateStore({ dir: posix.join(dir, "state") }),
    watchdogs,
  };
}
