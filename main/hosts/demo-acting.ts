import { fakeJournal } from "../adapters/journal/fake.ts";
import { fakeLocks } from "../adapters/locks/fake.ts";
import { fakeProcessControl } from "../adapters/process-control/fake.ts";
import { fakeServiceControl } from "../adapters/service-manager/fake-control.ts";
import type { WorldOverlay } from "../adapters/service-manager/fake-overlay.ts";
import { fakeStateStore } from "../adapters/state-store/fake.ts";
import { fakeWatchdogs } from "../adapters/watchdogs/fake.ts";
import type { World } from "../core/model/world.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { ActingPorts } from "../core/ports/index.ts";
import type { DemoDisk } from "./demo-disk.ts";

/** What repairs act with in an invented world: its units, files and processes change. What is remembered ends with us. */
export function demoActing(overlay: WorldOverlay, disk: DemoDisk, clock: Clock): ActingPorts {
  const world = (): World => disk.world();
  return {
    changes: disk.changes,
    control: fakeServiceControl({ ...overlay, world }),
    get ending() {
      return fakeProcessControl({ list: () => world().processes, remove: overlay.end, user: world().user, clock });
    },
    journal: fakeJournal({ clock }),
    locks: fakeLocks({ clock }),
    state: fakeStateStore(),
    watchdogs: fakeWatchdogs(world),
  };
}
