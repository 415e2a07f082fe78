import type { World } from "../../core/model/world.ts";
import type { LingerReading, ServiceReading } from "../../core/ports/service-manager.ts";

/** An invented world that can be acted upon: what was done to its units lies over what the world says of itself. */
export type WorldOverlay = {
  /** The world as it is now; to be given to every fake in place of the world itself. */
  readonly world: () => World;
  /** The unit is as told from now on. */
  set(label: string, reading: ServiceReading): void;
  /** What the world says becomes so when this unit is started, is so from now on. */
  started(label: string): void;
  linger(reading: LingerReading): void;
};

const pidOf = (reading: ServiceReading | undefined): number | undefined => (reading?.kind === "loaded" ? reading.pid : undefined);

export function worldOverlay(base: () => World): WorldOverlay {
  const units = new Map<string, ServiceReading>();
  const begun = new Set<string>();
  let linger: LingerReading | undefined;

  const world = (): World => {
    let now = base();
    for (const label of begun) now = merged(now, now.afterStart?.[label] ?? {});
    for (const [label, reading] of units) now = withUnit(now, label, reading);
    return linger === undefined ? now : { ...now, linger };
  };

  return {
    world,
    set: (label, reading) => void units.set(label, reading),
    started: (label) => void begun.add(label),
    linger: (reading) => {
      linger = reading;
    },
  };
}

/** Lists are replaced; what has names is merged name by name. */
const merged = (world: World, change: Partial<World>): World => ({
  ...world,
  ...change,
  files: { ...world.files, ...change.files },
  services: { ...world.services, ...change.services },
  serviceEnvironment: { ...world.serviceEnvironment, ...change.serviceEnvironment },
  http: { ...world.http, ...change.http },
  websockets: { ...world.websockets, ...change.websockets },
  ...(world.afterStart ? { afterStart: world.afterStart } : {}),
});

/** The process of a unit goes with it: another number after a restart, none and no open ports after a stop. */
function withUnit(world: World, label: string, reading: ServiceReading): World {
  const [old, pid] = [pidOf(world.services[label]), pidOf(reading)];
  const services = { ...world.services, [label]: reading };
  if (old === undefined || old === pid) return { ...world, services };
  const follow = <T extends { readonly pid?: number }>(each: T): readonly T[] => {
    if (each.pid !== old) return [each];
    return pid === undefined ? [] : [{ ...each, pid }];
  };
  return { ...world, services, processes: world.processes.flatMap(follow), listeners: world.listeners.flatMap(follow) };
}
