import { type ManualClock, manualClock } from "../../main/adapters/clock/manual-clock.ts";
import { scriptedCommandRunner } from "../../main/adapters/command-runner/scripted.ts";
import { fakeFiles } from "../../main/adapters/files/fake.ts";
import { fakeHttp } from "../../main/adapters/http-client/fake.ts";
import { fakeMachine } from "../../main/adapters/machine/fake.ts";
import { fakeServiceManager } from "../../main/adapters/service-manager/fake.ts";
import { fakeWebSockets } from "../../main/adapters/websocket-client/fake.ts";
import type { World } from "../../main/core/model/world.ts";
import type { Ports, ProbeContext } from "../../main/core/ports/index.ts";
import { emptyWorld } from "./empty-world.ts";

export type Outside = {
  readonly context: ProbeContext;
  readonly clock: ManualClock;
  readonly abort: () => void;
  /** Every secret a probe told us about. */
  readonly learned: readonly string[];
  /** Changes the invented world between two looks. */
  readonly set: (change: Partial<World>) => void;
};

/** A probe's context over an invented world. A port the world has no fake for fails loudly when touched. */
export function worldContext(change: Partial<World> = {}): Outside {
  let current: World = { ...emptyWorld, ...change };
  const world = (): World => current;
  const clock = manualClock();
  const known: Partial<Ports> = {
    ...fakeMachine(world),
    clock,
    commands: scriptedCommandRunner(world),
    files: fakeFiles(world, clock),
    http: fakeHttp(world, clock),
    services: fakeServiceManager(world),
    websockets: fakeWebSockets(world, clock),
  };
  const ports = new Proxy(known, {
    get: (target, name: string) => {
      const port = target[name as keyof Ports];
      if (port === undefined) throw new Error(`this test has no ${name} port`);
      return port;
    },
  }) as Ports;
  const ending = new AbortController();
  const learned: string[] = [];
  const context: ProbeContext = {
    ports,
    signal: ending.signal,
    learnSecret: (value) => void learned.push(value),
    nudge: () => {},
    progress: () => {},
  };
  const set = (next: Partial<World>): void => {
    current = { ...current, ...next };
  };
  return { context, clock, abort: () => ending.abort(), learned, set };
}
