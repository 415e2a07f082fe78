import { type InterloperProof, lineageOf, proveInterloper } from "../../../../core/engine/interloper.ts";
import { type Check, check } from "../../../../core/model/check.ts";
import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { type TcpPortSeen, tcpPortProbe } from "../../../probes/tcp-port/index.ts";
import { oneLine } from "../knowledge/loose.ts";
import { readUnit } from "../place/keeper.ts";
import { readLock } from "../place/lock.ts";
import type { Place } from "../place/place.ts";
import type { Gateway } from "./gateway.ts";

const gatewayCommand = /openclaw|clawdbot|moltbot/i;
/** Programs that hold a port for somebody else: tunnels and container runtimes. */
const forwarder =
  /^(?:ssh|sshd|autossh|socat|docker-proxy|rootlessport|slirp4netns|pasta|gvproxy|vpnkit\S*|tailscaled?|com\.docker\.\S+|limactl)\b/;

export type PortOwner =
  | { readonly kind: "nobody" | "hidden" | "gateway" }
  | { readonly kind: "forwarder" | "stranger"; readonly holder: string };

/** Who holds the port. `gatewayPid` is the owner of the instance lock, whatever its program calls itself. */
export function portOwner({ listeners }: TcpPortSeen, gatewayPid?: number): PortOwner {
  if (listeners.length === 0) return { kind: "nobody" };
  const known = listeners.filter((one) => one.process !== undefined || one.pid !== undefined);
  if (known.some((one) => one.pid === gatewayPid && gatewayPid !== undefined)) return { kind: "gateway" };
  const owner = known.find((one) => one.process !== undefined)?.process;
  if (owner === undefined) return { kind: "hidden" };
  if (gatewayCommand.test(owner.command) || gatewayCommand.test(owner.name)) return { kind: "gateway" };
  const holder = oneLine(`${owner.name}, process ${owner.pid}`, 60);
  return { kind: forwarder.test(owner.name) ? "forwarder" : "stranger", holder };
}

/** Only a line: whether a stranger on the port is a problem depends on who answers there, which `diagnose` knows. */
export function judgePort(seen: TcpPortSeen, port: number, gatewayPid?: number): Verdict {
  const owner = portOwner(seen, gatewayPid);
  switch (owner.kind) {
    case "stranger":
      return { light: "red", summary: `Port ${port} is held by another program (${owner.holder})` };
    case "forwarder":
      return { light: "green", summary: `Port ${port} is passed on (${owner.holder})` };
    case "gateway":
      return { light: "green", summary: `Port ${port} belongs to the gateway` };
    case "hidden":
      return { light: "green", summary: `Port ${port} is held by another account` };
    case "nobody":
      return seen.connect.kind === "open"
        ? { light: "green", summary: `Port ${port} is open` }
        : { light: "grey", summary: `Nobody listens on port ${port}`, applies: false };
  }
}

/** Listeners, and whose the first of them is when it is not the process that holds the gateway's lock. */
export type PortSeen = TcpPortSeen & { readonly proof?: InterloperProof };

/** Looks closer at a holder that is not the gateway of this folder: whose child it is, and whether it is a copy of what the unit runs. */
async function proveHolder(
  { listeners }: TcpPortSeen,
  { label, stateDir }: Pick<Place, "label" | "stateDir">,
  context: ProbeContext,
): Promise<InterloperProof | undefined> {
  const { environment, processes } = context.ports;
  const holder = listeners.find((one) => one.process !== undefined);
  if (holder?.process === undefined || label === null) return undefined;
  if ((await readLock(stateDir, context))?.owner?.pid === holder.process.pid) return undefined;
  const unit = await readUnit(label, context.ports);
  const unitPid = unit.kind === "loaded" ? unit.pid : undefined;
  const lines = [await lineageOf(holder.process.pid, processes), unitPid === undefined ? [] : await lineageOf(unitPid, processes)];
  return proveInterloper(holder, {
    unitLabel: label,
    unitKnown: unit.kind !== "unknown",
    ...(unitPid === undefined ? {} : { unitPid }),
    ...(unit.kind === "loaded" && unit.argv !== undefined ? { unitArgv: unit.argv } : {}),
    unitProcessTree: lines.flat(),
    user: environment.user,
  });
}

/** Who holds the gateway's port. Asking the system for owners is the costly part, so it is not done at every look. */
export const portCheck = ({ place }: Gateway): Check<PortSeen> => {
  const bound = check(
    { id: "port", title: "Port of the gateway", everyMs: 15_000, timeoutMs: 6_000, drivesLight: false },
    tcpPortProbe,
    { port: place.port, timeoutMs: 800 },
    (seen) => judgePort(seen, place.port, place.lock?.owner?.pid),
  );
  return {
    ...bound,
    observe: async (context: ProbeContext): Promise<PortSeen> => {
      const seen = await bound.observe(context);
      const proof = await proveHolder(seen, place, context).catch(() => undefined);
      return proof === undefined ? seen : { ...seen, proof };
    },
  };
};
