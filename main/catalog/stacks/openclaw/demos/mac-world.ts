import type { World, WorldFile } from "../../../../core/model/world.ts";
import type { HttpAnswer } from "../../../../core/ports/http-client.ts";
import type { ServiceReading } from "../../../../core/ports/service-manager.ts";
import { gatewayPeer, notReadyYet, type PeerOptions } from "./gateway-peer.ts";
import { isoFrom } from "./iso.ts";
import { type PayloadChanges, payloads } from "./payloads.ts";

const HOME = "/Users/ada";
const PACKAGE = "/opt/homebrew/lib/node_modules/openclaw";
const PROGRAM = "/opt/homebrew/bin/openclaw";
const LABEL = "ai.openclaw.gateway";
const PLIST = `${HOME}/Library/LaunchAgents/${LABEL}.plist`;
const PORT = 18_789;
const PID = 4_711;
const GIB = 1_073_741_824;

/** Where things are on the invented Mac. */
export const mac = {
  home: HOME,
  stateDir: `${HOME}/.openclaw`,
  label: LABEL,
  plist: PLIST,
  port: PORT,
  pid: PID,
  log: `${HOME}/Library/Logs/openclaw/gateway.log`,
} as const;

/** The gateway's token in these worlds; it opens nothing anywhere. */
export const DEMO_TOKEN = "invented-token-5f1c9a27b3d84e60a1";
export const VERSION = "2026.9.6";

/** One moment of a scenario, epoch milliseconds. */
export type Moment = { readonly nowMs: number; readonly startedMs: number };

/** What differs from a Mac on which everything works. */
export type MacChanges = {
  /** openclaw.json as an object, or as broken text. */
  readonly config?: Readonly<Record<string, unknown>> | string;
  readonly service?: ServiceReading;
  /** `up`, `starting` (answers, but is not ready), `closed` (no process, no port), `silent` (port open, no answers). */
  readonly gateway?: "up" | "starting" | "closed" | "silent";
  readonly peer?: Partial<PeerOptions>;
  readonly payload?: PayloadChanges;
  readonly log?: readonly string[];
  readonly files?: Readonly<Record<string, WorldFile>>;
};

export const healthyConfig = (version = VERSION): Readonly<Record<string, unknown>> => ({
  gateway: { mode: "local", bind: "loopback", auth: { mode: "token", token: DEMO_TOKEN }, controlUi: { enabled: true } },
  agents: { defaults: { model: { primary: "anthropic/claude-opus-4-6", fallbacks: ["openai/gpt-6-astra"] } } },
  channels: {
    telegram: { enabled: true, dmPolicy: "allowlist", allowFrom: ["123456789"] },
    discord: { enabled: true, dmPolicy: "pairing", groupPolicy: "allowlist", guilds: { home: { requireMention: true } } },
  },
  messages: { groupChat: { mentionPatterns: ["@claw"] } },
  meta: { lastTouchedVersion: version },
});

/** The unit as launchd shows it while the gateway runs. */
export function unit(change: Partial<Extract<ServiceReading, { kind: "loaded" }>> = {}): ServiceReading {
  const log = mac.log;
  return {
    kind: "loaded",
    state: "running",
    rawState: "running",
    pid: PID,
    runs: 1,
    keepAlive: "always",
    runAtLoad: true,
    enabled: true,
    definitionPath: PLIST,
    argv: ["/opt/homebrew/bin/node", "--max-old-space-size=8192", `${PACKAGE}/dist/index.js`, "gateway", "--port", String(PORT)],
    workingDirectory: mac.stateDir,
    environmentNames: [],
    stdoutPath: log,
    stderrPath: log,
    throttleSeconds: 10,
    ...change,
  };
}

/** A unit that launchd keeps starting without success; `runs` grows with every throttle interval. */
export function looping({ nowMs, startedMs }: Moment, exitCode: number): ServiceReading {
  const { pid: _ended, ...loaded } = unit() as Extract<ServiceReading, { kind: "loaded" }>;
  return {
    ...loaded,
    state: "waiting-to-restart",
    rawState: "spawn scheduled",
    runs: 24 + Math.floor((nowMs - startedMs) / 11_000),
    lastEnd: { exitCode },
  };
}

const json = (status: number, body: unknown): HttpAnswer => ({
  kind: "answered",
  status,
  headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  body: JSON.stringify(body),
  truncated: false,
  durationMs: 2,
});

/** Bodies of the probe addresses of a gateway that is up or still starting. */
export function probeAnswers(base: string, { nowMs, startedMs }: Moment, ready: boolean): Record<string, HttpAnswer> {
  const uptimeMs = nowMs - startedMs;
  const eventLoop = {
    degraded: false,
    degradedSinceMs: null,
    reasons: [],
    intervalMs: 1_012,
    delayP99Ms: 24,
    delayMaxMs: 24,
    utilization: 0.02,
    cpuCoreRatio: 0.01,
  };
  return {
    [`GET ${base}/healthz`]: json(200, { ok: true, status: "live" }),
    [`GET ${base}/readyz`]: json(ready ? 200 : 503, { ready, failing: ready ? [] : ["startup-sidecars"], uptimeMs, eventLoop }),
    [`GET ${base}/startupz`]: ready
      ? json(200, { ok: true, status: "started", version: VERSION, uptimeMs })
      : json(503, { ok: false, status: "starting", version: VERSION, uptimeMs, pendingReason: "startup-sidecars" }),
  };
}

const logLines = (startedMs: number, lines: readonly string[]): string =>
  lines.map((line, index) => `${isoFrom(startedMs + index * 900)} ${line}\n`).join("");

const normalBoot = [
  "[gateway] loading configuration…",
  "[gateway] resolving authentication…",
  "[gateway] starting...",
  "[gateway] http server listening (14 plugins; 2.1s)",
  "[gateway] ready",
  "[heartbeat] started",
];

function filesOf(
  { config = healthyConfig(), log = normalBoot, files = {} }: MacChanges,
  moment: Moment,
  alive: boolean,
): Record<string, WorldFile> {
  const secret = (text: string): WorldFile => ({ text, mode: 0o600, modifiedMs: moment.startedMs - 86_400_000 });
  const lock = {
    pid: PID,
    ownerId: "demo",
    createdAt: isoFrom(moment.startedMs + 400),
    configPath: `${mac.stateDir}/openclaw.json`,
    stateDir: mac.stateDir,
    port: PORT,
  };
  return {
    [`${mac.stateDir}/openclaw.json`]: secret(typeof config === "string" ? config : JSON.stringify(config, null, 2)),
    [`${mac.stateDir}/openclaw.json.bak`]: secret(JSON.stringify(healthyConfig(), null, 2)),
    [`${PACKAGE}/package.json`]: { text: JSON.stringify({ name: "openclaw", version: VERSION }) },
    [PLIST]: { text: '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict></dict></plist>\n' },
    [mac.log]: { text: logLines(moment.startedMs, log), mode: 0o600 },
    ...(alive ? { [`${mac.stateDir}/tmp/openclaw-501/gateway.state.lock`]: secret(JSON.stringify(lock)) } : {}),
    ...files,
  };
}

/** An invented Mac with OpenClaw on it. Without changes everything works. */
export function macWorld(moment: Moment, changes: MacChanges = {}): World {
  const { gateway = "up" } = changes;
  const { nowMs, startedMs } = moment;
  const alive = gateway !== "closed";
  const answers = gateway === "up" || gateway === "starting";
  const base = `http://127.0.0.1:${PORT}`;
  const peer = gatewayPeer({
    version: VERSION,
    nowMs,
    startedMs,
    stateDir: mac.stateDir,
    token: DEMO_TOKEN,
    paired: true,
    answers: payloads(nowMs, startedMs, changes.payload),
    ...(gateway === "starting" ? { refusesAll: notReadyYet } : {}),
    ...changes.peer,
  });
  const hang = { [`GET ${base}/healthz`]: "hang", [`GET ${base}/readyz`]: "hang", [`GET ${base}/startupz`]: "hang" } as const;
  return {
    platform: "macos",
    home: HOME,
    user: "ada",
    uid: 501,
    hostName: "studio.local",
    env: { PATH: "/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin", HOME, USER: "ada" },
    files: filesOf(changes, moment, alive),
    serviceManager: "launchd",
    services: { [LABEL]: changes.service ?? unit() },
    processes: alive
      ? [
          {
            pid: PID,
            ppid: 1,
            user: "ada",
            name: "openclaw-gateway",
            command: "openclaw-gateway",
            state: gateway === "silent" ? "stopped" : "sleeping",
            startedMs,
            rssBytes: 412_000_000,
          },
        ]
      : [],
    listeners: alive ? ["127.0.0.1", "::1"].map((address) => ({ address, port: PORT, pid: PID })) : [],
    http: gateway === "silent" ? hang : answers ? probeAnswers(base, moment, gateway === "up") : {},
    websockets: gateway === "silent" ? { [`ws://127.0.0.1:${PORT}`]: "hang" } : answers ? { [`ws://127.0.0.1:${PORT}`]: peer } : {},
    commands: [
      { argv: [PROGRAM, "--version"], stdout: `OpenClaw ${VERSION}\n` },
      {
        argv: [PROGRAM, "doctor", "--lint", "--json"],
        stdout: JSON.stringify({ schemaVersion: 1, ok: true, checksRun: 65, checksSkipped: 0, findings: [] }),
        takesMs: 3_000,
      },
      {
        argv: [PROGRAM, "secrets", "audit", "--json"],
        stdout: JSON.stringify({ version: 1, status: "clean", summary: { plaintextCount: 0, unresolvedRefCount: 0 }, findings: [] }),
        takesMs: 2_000,
      },
    ],
    host: {
      memory: { totalBytes: 32 * GIB, availableBytes: 18 * GIB, swapTotalBytes: 2 * GIB, swapUsedBytes: 0, pressureLevel: 1 },
      load1: 1.4,
      cpuCount: 10,
      bootedMs: startedMs - 6 * 86_400_000,
      clockSynchronised: true,
    },
    disks: { "/": { path: "/", totalBytes: 994 * GIB, freeBytes: 412 * GIB, freeInodesPercent: 96 } },
  };
}
