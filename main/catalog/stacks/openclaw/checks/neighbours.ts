import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { judgeNeighbours, type Neighbour, type Own } from "../knowledge/neighbours.ts";
import { portInArgv } from "../knowledge/service-audit.ts";
import { readLock } from "../place/lock.ts";
import { join } from "../place/paths.ts";
import { profilePort } from "../place/port.ts";
import type { Gateway } from "./gateway.ts";
import { isGateway } from "./live.ts";
import { ownCheck } from "./own-check.ts";
import { readStartup } from "./startup.ts";

export type NeighboursSeen = { readonly found: readonly Neighbour[]; readonly own: Own };

const timeoutMs = 500;
/** Ports that are knocked at, altogether. */
const most = 8;
const starts = /(?:openclaw|clawdbot|moltbot)\S*\s(?:.{0,200}\s)?gateway\b/i;

/** Port → profile, for every place on this machine where a gateway may be: running profiles, command lines, the usual ports. */
async function candidates({ place }: Gateway, { ports }: ProbeContext): Promise<ReadonlyMap<number, string | undefined>> {
  const { files, processes } = ports;
  const names = (await files.list(place.home)).filter((name) => /^\.openclaw(?:-[\w-]{1,64})?$/.test(name)).slice(0, most);
  const running = await Promise.all(
    names
      .map((name) => join(place.home, name))
      .filter((folder) => folder !== place.stateDir)
      .map(async (folder) => ({ folder, lock: await readLock(folder, { ports }) })),
  );
  const commands = (await processes.find(starts)).map((one) => portInArgv(one.command.split(/\s+/)));
  const found = new Map<number, string | undefined>();
  for (const { folder, lock } of running)
    if (lock?.owner !== undefined && lock.port !== undefined) found.set(lock.port, /\.openclaw-([\w-]+)$/.exec(folder)?.[1]);
  for (const port of [...commands, profilePort(undefined), profilePort("dev")])
    if (port !== undefined && !found.has(port)) found.set(port, undefined);
  // Behind the address of ours stands ours, or a tunnel that somebody made to it.
  const ours = place.target.local ? place.port : undefined;
  return new Map([...found].filter(([port]) => port !== ours).slice(0, most));
}

async function ask(port: number, profile: string | undefined, { ports, signal }: ProbeContext): Promise<readonly Neighbour[]> {
  const base = `http://127.0.0.1:${port}`;
  if (!isGateway(await ports.http.request({ url: `${base}/healthz`, timeoutMs, maxBytes: 4_096, signal }))) return [];
  const [answer, listeners] = await Promise.all([
    ports.http.request({ url: `${base}/startupz`, timeoutMs, maxBytes: 4_096, signal }),
    ports.tcp.listeners(port).catch(() => []),
  ]);
  const { uptimeMs, version } = readStartup(answer);
  const pid = listeners.find((one) => one.pid !== undefined)?.pid;
  return [
    {
      port,
      ...(version === undefined ? {} : { version }),
      ...(uptimeMs === undefined ? {} : { uptimeMs }),
      ...(pid === undefined ? {} : { pid }),
      ...(profile === undefined ? {} : { profile }),
    },
  ];
}

async function look(gateway: Gateway, context: ProbeContext): Promise<NeighboursSeen> {
  const { place } = gateway;
  const { http } = context.ports;
  const others = [...(await candidates(gateway, context))];
  const own = { port: place.port, answers: false, where: place.target.httpUrl };
  const found = (await Promise.all(others.map(([port, profile]) => ask(port, profile, context)))).flat();
  if (found.length === 0) return { found, own };
  const [live, startup] = await Promise.all([
    http.request({ url: `${place.target.httpUrl}/healthz`, timeoutMs: 2_000, maxBytes: 4_096 }),
    http.request({ url: `${place.target.httpUrl}/startupz`, timeoutMs: 2_000, maxBytes: 4_096 }),
  ]);
  const { uptimeMs } = readStartup(startup);
  return { found, own: { ...own, answers: isGateway(live), ...(uptimeMs === undefined ? {} : { uptimeMs }) } };
}

export function judgeSeen({ found, own }: NeighboursSeen): Verdict {
  const findings = judgeNeighbours(found, own);
  const [raised] = findings;
  if (raised === undefined) return { light: "green", summary: "No other gateway answers on this machine" };
  return { light: raised.light ?? "amber", summary: (raised.evidence[1]?.text ?? "Others answer as well").slice(0, 90), findings };
}

/** Other gateways on this machine, which may take what was meant for ours. Nothing is asked of other machines. */
export const neighboursCheck = (gateway: Gateway) =>
  ownCheck<NeighboursSeen>(
    { id: "neighbours", title: "Other gateways", kind: "http", everyMs: 300_000, timeoutMs: 6_000 },
    (context) => look(gateway, context),
    judgeSeen,
  );
