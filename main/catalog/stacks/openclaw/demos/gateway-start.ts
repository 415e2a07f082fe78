import type { InventedStart, World } from "../../../../core/model/world.ts";
import { type Moment, mac, unit } from "./mac-unit.ts";
import { type MacChanges, macWorld } from "./mac-world.ts";

/** How long a boot takes: until the port opens, and until the gateway is ready. Milliseconds. */
export type Boot = { readonly portMs: number; readonly readyMs: number };

/** Quick enough to be waited for by somebody who tries a repair. */
const QUICK: Boot = { portMs: 2_000, readyMs: 6_000 };

/** What the Mac is like once the gateway was started anew; undefined when it ends again at once. */
export type Outcome = (start: InventedStart, before: World) => MacChanges | undefined;

/** The process is there from the first moment of a boot; only its port is not. */
export function booting(moment: Moment, boot: Boot, then: MacChanges = {}): World {
  const since = moment.nowMs - moment.startedMs;
  const isReady = since >= boot.readyMs || (then.gateway !== undefined && since >= boot.portMs);
  if (isReady) return macWorld(moment, then);
  if (since >= boot.portMs)
    return macWorld(moment, {
      ...then,
      gateway: "starting",
      log: ["[gateway] loading configuration…", "[gateway] starting...", "[gateway] starting channels and sidecars..."],
    });
  const { pid = mac.pid, startedMs } = moment;
  const service = then.service ?? unit({ pid, sinceMs: startedMs });
  const world = macWorld(moment, { ...then, gateway: "closed", service, log: ["[gateway] loading configuration…"] });
  return { ...world, processes: macWorld(moment).processes };
}

/** What a gateway writes when it starts; everything else on the disk stays as somebody left it. */
const written = [mac.log, mac.lock] as const;

/** The same Mac, which knows what becomes of it once its gateway is started. */
export function withStart(world: World, nowMs: number, outcome: Outcome): World {
  const after = (start: InventedStart, before: World): Partial<World> | undefined => {
    const changes = outcome(start, before);
    if (changes === undefined) return undefined;
    const { commands, files, http, listeners, processes, services, websockets } = booting({ ...start, nowMs }, QUICK, changes);
    const fresh = written.flatMap((path) => (files[path] === undefined ? [] : [[path, files[path]] as const]));
    return { commands, files: Object.fromEntries(fresh), http, listeners, processes, services, websockets };
  };
  return { ...world, afterStart: { [mac.label]: after } };
}
