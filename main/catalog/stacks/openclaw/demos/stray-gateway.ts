import type { World } from "../../../../core/model/world.ts";
import { gatewayPeer } from "./gateway-peer.ts";
import { type Moment, mac, unit, VERSION } from "./mac-unit.ts";
import { macWorld } from "./mac-world.ts";
import { payloads } from "./payloads.ts";
import { probeAnswers } from "./probe-answers.ts";

/** The process of the copy that somebody started by hand, for another folder and with another token. */
export const strayPid = 900;

/** A Mac on whose port a stray copy of the gateway answers. */
export function besideStray(world: World, { nowMs, startedMs }: Moment): World {
  const argv = unit();
  const stray = {
    pid: strayPid,
    ppid: 1,
    user: "ada",
    name: "node",
    command: (argv.kind === "loaded" ? (argv.argv ?? []) : []).join(" "),
    state: "sleeping" as const,
    startedMs,
  };
  const base = `127.0.0.1:${mac.port}`;
  const peer = gatewayPeer({
    version: VERSION,
    nowMs,
    startedMs,
    stateDir: `${mac.home}/tries/.openclaw`,
    token: "invented-token-of-the-stray-copy",
    paired: false,
    answers: payloads(nowMs, startedMs),
  });
  return {
    ...world,
    processes: [stray],
    listeners: ["127.0.0.1", "::1"].map((address) => ({ address, port: mac.port, pid: strayPid })),
    http: probeAnswers(`http://${base}`, { nowMs, startedMs }, true),
    websockets: { [`ws://${base}`]: peer },
    commands: macWorld({ nowMs, startedMs }, { peer: { token: "another" } }).commands,
  };
}
