import { fakeFileChanges } from "../adapters/file-changes/fake.ts";
import { fakeJournal } from "../adapters/journal/fake.ts";
import { fakeLocks } from "../adapters/locks/fake.ts";
import { fakeProcessControl } from "../adapters/process-control/fake.ts";
import { fakeStateStore } from "../adapters/state-store/fake.ts";
import { fakeWatchdogs } from "../adapters/watchdogs/fake.ts";
import type { ServiceAction } from "../core/model/plan.ts";
import type { World } from "../core/model/world.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { ActingPorts } from "../core/ports/index.ts";
import type { ServiceControl } from "../core/ports/service-control.ts";

/** How long an invented service manager takes for anything, milliseconds. */
const actingMs = 1_500;

function control(world: () => World, clock: Clock, acted: (action: ServiceAction) => void): ServiceControl {
  const argv = (action: ServiceAction, label: string): readonly string[] =>
    world().serviceManager === "launchd" ? ["launchctl", action, `gui/${world().uid}/${label}`] : ["systemctl", "--user", action, label];
  return {
    commands: async (action, label) => [argv(action, label)],
    lastLines: async () => [],
    act: async (action, label, { signal, progress } = {}) => {
      progress?.(`Waiting for ${label}`);
      await clock.sleep(actingMs, signal);
      if (signal?.aborted === true) return { kind: "cancelled", detail: "Cancelled before anything was done" };
      acted(action);
      return { kind: "done", detail: `${label} did as it was told` };
    },
  };
}

/** What repairs act with in an invented world. Files are changed in a copy, processes stay, and `acted` is told of every action on a unit. */
export function demoActing(world: () => World, clock: Clock, acted: (action: ServiceAction) => void): ActingPorts {
  const { uid, user, home, files, serviceManager } = world();
  const disk = new Map(
    Object.entries(files).map(([path, { text, mode = 0o600 }]) => [path, { kind: "file" as const, text, mode }] as const),
  );
  return {
    changes: fakeFileChanges({ uid, home, clock, disk }),
    ...(serviceManager === "none" ? {} : { control: control(world, clock, acted) }),
    ending: fakeProcessControl({ list: () => world().processes, remove: () => {}, user, clock }),
    journal: fakeJournal({ clock }),
    locks: fakeLocks({ clock }),
    state: fakeStateStore(),
    watchdogs: fakeWatchdogs(world),
  };
}
