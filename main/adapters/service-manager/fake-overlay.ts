import type { InventedStart, World } from "../../core/model/world.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { LingerReading, ServiceReading } from "../../core/ports/service-manager.ts";

/** An invented world that can be acted upon: what was done to its units lies over what the world says of itself. */
export type WorldOverlay = {
  /** The world as it is now; to be given to every fake in place of the world itself. */
  readonly world: () => World;
  /** The unit is as told from now on. */
  set(label: string, reading: ServiceReading): void;
  /** The definition of this unit was written anew, which counts from its next start on. */
  rewrite(label: string): void;
  /**
   * Starts this unit in the world as given: what the world says becomes so is so from now on, and comes back. Undefined when the world
   * says nothing of it, or that it ends again at once.
   */
  start(label: string, pid: number, before: World): Partial<World> | undefined;
  /** This process is gone, with its open ports. */
  end(pid: number): void;
  linger(reading: LingerReading): void;
};

const pidOf = (reading: ServiceReading | undefined): number | undefined => (reading?.kind === "loaded" ? reading.pid : undefined);

type Begun = { readonly start: InventedStart; readonly before: World };

/** Kept as it was at its start, so that what happens to the world later does not make the start undone. */
const became = (now: World, label: string, { start, before }: Begun): Partial<World> | undefined => {
  const after = now.afterStart?.[label];
  return typeof after === "function" ? after(start, before) : after;
};

export function worldOverlay(base: () => World, clock: Pick<Clock, "nowMs"> = { nowMs: () => 0 }): WorldOverlay {
  const units = new Map<string, ServiceReading>();
  const begun = new Map<string, Begun>();
  const rewritten = new Set<string>();
  const ended = new Set<number>();
  let linger: LingerReading | undefined;

  const world = (): World => {
    let now = base();
    for (const pid of ended) now = withoutProcess(now, pid);
    for (const [label, one] of begun) now = merged(now, became(now, label, one) ?? {});
    for (const [label, reading] of units) now = withUnit(now, label, reading);
    return linger === undefined ? now : { ...now, linger };
  };

  return {
    world,
    set: (label, reading) => void units.set(label, reading),
    rewrite: (label) => void rewritten.add(label),
    start: (label, pid, before) => {
      const one = { start: { startedMs: clock.nowMs(), pid, rewritten: rewritten.has(label) }, before };
      const after = became(base(), label, one);
      if (after !== undefined) begun.set(label, one);
      return after;
    },
    end: (pid) => void ended.add(pid),
    linger: (reading) => {
      linger = reading;
    },
  };
}

/** Lists and what answers on the network are replaced; what else has names is merged name by name. */
const merged = (world: World, change: Partial<World>): World => ({
  ...world,
  ...change,
  files: { ...world.files, ...change.files },
  services: { ...world.services, ...change.services },
  serviceEnvironment: { ...world.serviceEnvironment, ...change.serviceEnvironment },
  ...(world.afterStart ? { afterStart: world.afterStart } : {}),
});

/** The process of a unit goes with it: another number after a restart, none and no open ports after a stop. */
function withUnit(world: World, label: string, reading: ServiceReading): World {
  const [old, pid] = [pidOf(world.services[label]), pidOf(reading)];
  const services = { ...world.services, [label]: reading };
  if (old === undefined || old === pid) return { ...world, services };
  if (pid === undefined) return { ...withoutProcess(world, old), services };
  const follow = <T extends { readonly pid?: number }>(each: T): T => (each.pid === old ? { ...each, pid } : each);
  return { ...world, services, processes: world.processes.map(follow), listeners: world.listeners.map(follow) };
}

/** Nobody answers any more on ports that only this process had open. */
function withoutProcess(world: World, pid: number): World {
  const listeners = world.listeners.filter((one) => one.pid !== pid);
  const still = new Set(listeners.map(({ port }) => port));
  const shut = new Set(world.listeners.map(({ port }) => String(port)).filter((port) => !still.has(Number(port))));
  const open = <T>(answers: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(answers).filter(([key]) => !shut.has(/:(\d+)(?:\/|$)/.exec(key)?.[1] ?? "")));
  const processes = world.processes.filter((one) => one.pid !== pid);
  return { ...world, processes, listeners, http: open(world.http), websockets: open(world.websockets) };
}
