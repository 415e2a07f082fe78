import { gatewayPeer, type PeerOptions } from "../../main/catalog/stacks/openclaw/demos/gateway-peer.ts";
import { DEMO_TOKEN, type Moment, mac, VERSION } from "../../main/catalog/stacks/openclaw/demos/mac-unit.ts";
import { healthyConfig, macWorld } from "../../main/catalog/stacks/openclaw/demos/mac-world.ts";
import { payloads } from "../../main/catalog/stacks/openclaw/demos/payloads.ts";
import { type Loose, parseJson, record } from "../../main/catalog/stacks/openclaw/knowledge/loose.ts";
import type { WebSocketPeer, World, WorldFile } from "../../main/core/model/world.ts";
import type { HttpAnswer } from "../../main/core/ports/http-client.ts";
import type { ServiceReading } from "../../main/core/ports/service-manager.ts";

export type Platform = "macos" | "linux";
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One line of the gateway's file log. `agoMs` before the present moment. */
export type LogEntry = {
  readonly agoMs: number;
  /** Absent: a line of the command line tool, which writes into the same file. */
  readonly subsystem?: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
};

/** A system under construction: a healthy, paired gateway that faults change, each a little, so that two of them can meet. */
export type Draft = {
  readonly moment: Moment;
  readonly platform: Platform;
  readonly home: string;
  readonly stateDir: string;
  readonly label: string;
  readonly port: number;
  readonly world: Mutable<World>;
  readonly config: Record<string, unknown>;
  /** Characters of openclaw.json that were written before the writer died. */
  configEndsAt?: number;
  peer: Partial<PeerOptions>;
  /** It lets everybody in, whatever is shown. */
  open?: boolean;
  /** Further addresses behind which an invented gateway like ours speaks. */
  readonly elsewhere: string[];
  /** What the port speaks instead of the invented gateway. */
  socket?: WebSocketPeer | "hang" | { readonly rejectedWith: number; readonly body: string };
  /** Answers of read-only calls, by method. */
  readonly answers: Record<string, unknown>;
  /** Calls that are refused, by method. */
  readonly failing: Record<string, { readonly code: string; readonly message: string }>;
  readonly log: LogEntry[];
};

const places: Readonly<Record<Platform, Pick<Draft, "home" | "stateDir" | "label">>> = {
  macos: { home: mac.home, stateDir: mac.stateDir, label: mac.label },
  linux: { home: "/home/ada", stateDir: "/home/ada/.openclaw", label: "openclaw-gateway.service" },
};

/** The invented Mac, spelled as a Linux machine with a systemd user unit. */
function onLinux(world: Omit<World, "websockets">): Omit<World, "websockets"> {
  const text = JSON.stringify(world)
    .replaceAll(mac.plist, "/home/ada/.config/systemd/user/openclaw-gateway.service")
    .replaceAll(mac.home, "/home/ada")
    .replaceAll(mac.label, "openclaw-gateway.service")
    .replaceAll("/opt/homebrew", "/usr")
    .replaceAll("openclaw-501", "openclaw-1000");
  const linux = JSON.parse(text) as Omit<World, "websockets">;
  const { pressureLevel: _onlyMac, ...memory } = linux.host.memory;
  const host = { ...linux.host, memory: { ...memory, stallPercent: 0 } };
  return { ...linux, platform: "linux", serviceManager: "systemd", linger: "on", uid: 1_000, host };
}

export function invent(platform: Platform, moment: Moment): Draft {
  const { websockets: _built, ...base } = macWorld(moment);
  const data = platform === "macos" ? base : onLinux(base);
  const place = places[platform];
  return {
    moment,
    platform,
    ...place,
    port: mac.port,
    world: { ...data, websockets: {} },
    config: structuredClone(healthyConfig()) as Record<string, unknown>,
    peer: {},
    answers: structuredClone(payloads(moment.nowMs, moment.startedMs)) as Record<string, unknown>,
    failing: {},
    elsewhere: [],
    log: [],
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** A line as the gateway writes it into its file log. */
export function jsonLine(entry: Omit<LogEntry, "agoMs">, atMs: number): string {
  const { fields, message, subsystem } = entry;
  const name = subsystem === undefined ? "openclaw" : JSON.stringify(subsystem === "cron" ? { module: "cron" } : { subsystem });
  const first =
    subsystem === undefined ? { 0: message } : { 0: name, ...(fields === undefined ? { 1: message } : { 1: fields, 2: message }) };
  const meta = {
    runtime: "node",
    hostname: "studio",
    date: iso(atMs),
    logLevelId: 4,
    logLevelName: "WARN",
    name,
    parentNames: ["openclaw"],
  };
  return `${JSON.stringify({ ...first, _meta: meta, time: iso(atMs).replace("Z", "+00:00"), hostname: "studio", message })}\n`;
}

/** The file of the day, which all gateways of an account share. */
export const logPathOf = ({ moment }: Pick<Draft, "moment">): string => `/tmp/openclaw/openclaw-${iso(moment.nowMs).slice(0, 10)}.log`;

const boot: readonly string[] = ["loading configuration…", "resolving authentication…", "starting...", "starting HTTP server...", "ready"];

function logText({ log, moment }: Draft): string {
  const lines = [
    ...boot.map((message, index) => ({ at: moment.startedMs + 1_000 + index * 700, entry: { subsystem: "gateway", message } })),
    ...log.map((entry) => ({ at: moment.nowMs - entry.agoMs, entry })),
  ];
  return lines
    .sort((a, b) => a.at - b.at)
    .map(({ at, entry }) => jsonLine(entry, at))
    .join("");
}

/** An invented gateway some of whose calls fail. */
function peerOf({ answers, failing, moment, open = false, peer, stateDir }: Draft): WebSocketPeer {
  const options: PeerOptions = { version: VERSION, ...moment, stateDir, token: DEMO_TOKEN, paired: true, answers, ...peer };
  const healthy = gatewayPeer(options);
  return {
    greet: healthy.greet,
    answer: (text) => {
      const request = record(parseJson(text));
      const error = failing[String(request["method"])];
      if (open && request["method"] === "connect") {
        const params = { ...record(request["params"]), auth: { token: options.token } };
        return healthy.answer(JSON.stringify({ ...request, params }));
      }
      if (error === undefined) return healthy.answer(text);
      return { send: [JSON.stringify({ type: "res", id: request["id"], ok: false, error })] };
    },
  };
}

/** The outside that a draft describes. */
export function build(draft: Draft): World {
  const { config, moment, port, stateDir, world } = draft;
  const text = JSON.stringify(config, null, 2).slice(0, draft.configEndsAt);
  const path = `${stateDir}/openclaw.json`;
  const isUp = world.listeners.some((one) => one.port === port);
  return {
    ...world,
    files: {
      [logPathOf(draft)]: { text: logText(draft), mode: 0o600 },
      ...world.files,
      [path]: { mode: 0o600, modifiedMs: moment.startedMs - 86_400_000, ...world.files[path], text },
    },
    websockets: {
      ...(isUp ? { [`ws://127.0.0.1:${port}`]: draft.socket ?? peerOf(draft) } : {}),
      ...Object.fromEntries(draft.elsewhere.map((url) => [url, peerOf(draft)])),
      ...world.websockets,
    },
  };
}

/** Object at a path of keys in a draft's settings or answers, made where it is missing. */
export function part(whole: Record<string, unknown>, ...keys: readonly string[]): Record<string, unknown> {
  let here = whole;
  for (const key of keys) {
    const next = here[key];
    if (typeof next !== "object" || next === null) here[key] = {};
    here = here[key] as Record<string, unknown>;
  }
  return here;
}

export const withFile = (draft: Draft, path: string, file: WorldFile | undefined): void => {
  const { [path]: _old, ...files } = draft.world.files;
  draft.world.files = file === undefined ? files : { ...files, [path]: file };
};

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

/** Changes the gateway's unit, which must be loaded. */
export function changeUnit(draft: Draft, change: Partial<Loaded>): void {
  const before = draft.world.services[draft.label];
  if (before?.kind !== "loaded") return;
  draft.world.services = { ...draft.world.services, [draft.label]: { ...before, ...change } };
}

/** Changes the JSON body of one of the gateway's probe addresses. */
export function changeProbe(draft: Draft, name: "healthz" | "readyz" | "startupz", change: Loose, status?: number): void {
  const key = `GET http://127.0.0.1:${draft.port}/${name}`;
  const before = draft.world.http[key];
  if (before === undefined || before === "hang" || before.kind !== "answered") return;
  const after: HttpAnswer = {
    ...before,
    status: status ?? before.status,
    body: JSON.stringify({ ...record(parseJson(before.body)), ...change }),
  };
  draft.world.http = { ...draft.world.http, [key]: after };
}

/** Takes the gateway's process, port and answers away. */
export function takeDown(draft: Draft): void {
  const { world, port } = draft;
  world.processes = world.processes.filter((one) => one.name !== "openclaw-gateway");
  world.listeners = world.listeners.filter((one) => one.port !== port);
  world.http = Object.fromEntries(Object.entries(world.http).filter(([key]) => !key.includes(`127.0.0.1:${port}`)));
}

/** The gateway's run began so long ago: its process, its lock and its answers say so. */
export function beganAgo(draft: Draft, agoMs: number): void {
  const { moment, world } = draft;
  const startedMs = moment.nowMs - agoMs;
  world.processes = world.processes.map((one) => (one.name === "openclaw-gateway" ? { ...one, startedMs } : one));
  const lock = Object.keys(world.files).find((path) => path.endsWith("gateway.state.lock")) ?? "";
  const text = world.files[lock]?.text.replace(/"createdAt":"[^"]+"/, `"createdAt":"${new Date(startedMs + 400).toISOString()}"`);
  withFile(draft, lock, { text: text ?? "", mode: 0o600 });
  changeProbe(draft, "startupz", { uptimeMs: agoMs });
  changeProbe(draft, "readyz", { uptimeMs: agoMs });
}
