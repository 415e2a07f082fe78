import { systemClock } from "../adapters/clock/system-clock.ts";
import { type StartsUnit, scriptedCommandRunner } from "../adapters/command-runner/scripted.ts";
import { fakeIdentity } from "../adapters/device-identity/fake.ts";
import { fakeFiles } from "../adapters/files/fake.ts";
import { memoryHistory } from "../adapters/history/memory-history.ts";
import { fakeHttp } from "../adapters/http-client/fake.ts";
import { fakeMachine } from "../adapters/machine/fake.ts";
import { fakeForeignSecrets, fakeSecretStore } from "../adapters/secret-store/fake.ts";
import { fakeServiceManager } from "../adapters/service-manager/fake.ts";
import { worldOverlay } from "../adapters/service-manager/fake-overlay.ts";
import { fixedSettings } from "../adapters/settings/fixed-settings.ts";
import { fakeWebSockets } from "../adapters/websocket-client/fake.ts";
import type { World } from "../core/model/world.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { AppPorts } from "../core/ports/index.ts";
import { demoActing } from "./demo-acting.ts";
import { demoDisk } from "./demo-disk.ts";

export type WorldOptions = {
  /** Time in that world (default: the machine's own). */
  readonly clock?: Clock;
  /** Sections of its `config.yaml`, such as `stacks.<id>`. */
  readonly settings?: Readonly<Record<string, unknown>>;
};

/**
 * An invented outside. The world is asked anew for every answer, so that it may change, and repairs change it; nothing real is touched.
 */
export function worldPorts(base: () => World, { clock = systemClock, settings = {} }: WorldOptions = {}): AppPorts {
  const overlay = worldOverlay(base, clock);
  const disk = demoDisk(overlay.world, clock);
  const { world } = disk;
  const secrets = fakeSecretStore(world);
  const acting = demoActing(overlay, disk, clock);
  const starts: StartsUnit = async ({ label, rewrites }) => {
    if (rewrites === true) overlay.rewrite(label);
    const acted = await acting.control?.act("restart", label);
    return acted?.kind === "failed" ? acted.meaning : undefined;
  };
  return {
    acting,
    ...fakeMachine(world),
    clock,
    commands: scriptedCommandRunner(world, starts),
    files: fakeFiles(world, clock),
    foreignSecrets: fakeForeignSecrets(world),
    history: memoryHistory(),
    http: fakeHttp(world, clock),
    identity: fakeIdentity(secrets, clock),
    secrets,
    services: fakeServiceManager(world),
    settings: fixedSettings(settings),
    websockets: fakeWebSockets(world, clock),
  };
}
