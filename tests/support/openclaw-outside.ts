import { type ManualClock, manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { type MacChanges, macWorld } from "../../main/catalog/stacks/openclaw/demos/mac-world.ts";
import type { World } from "../../main/core/model/world.ts";
import type { Ports, ProbeContext } from "../../main/core/ports/index.ts";
import { worldPorts } from "../../main/hosts/demo-ports.ts";

/** The moment every invented gateway of these tests is looked at, and when it was started. */
export const startMs = Date.parse("2026-11-20T18:00:00.000Z");
export const moment = { nowMs: startMs, startedMs: startMs - 3_600_000 } as const;

export type Outside = {
  readonly ports: Ports;
  readonly context: ProbeContext;
  readonly clock: ManualClock;
  readonly learned: readonly string[];
  readonly nudged: readonly (readonly string[])[];
  set(world: World): void;
};

/** An invented outside with a clock moved by hand. */
export function outside(world: World): Outside {
  let current = world;
  const clock = manualClock(startMs);
  const ports = worldPorts(() => current, { clock });
  const learned: string[] = [];
  const nudged: (readonly string[])[] = [];
  const context: ProbeContext = {
    ports,
    signal: new AbortController().signal,
    learnSecret: (value) => void learned.push(value),
    nudge: (ids) => void nudged.push(ids),
    progress: () => {},
  };
  return {
    ports,
    context,
    clock,
    learned,
    nudged,
    set: (next) => {
      current = next;
    },
  };
}

/** An invented Mac with OpenClaw on it, changed as wanted. */
export const onMac = (changes: MacChanges = {}, over: Partial<World> = {}): Outside => outside({ ...macWorld(moment, changes), ...over });

/** Lets the clock run until the promise is settled, at most a minute. */
export async function running<T>({ clock }: Outside, promise: Promise<T>): Promise<T> {
  let over = false;
  const watched = promise.finally(() => {
    over = true;
  });
  for (let steps = 0; steps < 600 && !over; steps += 1) await clock.advance(100);
  return watched;
}
