import type { World, WorldFile } from "../../../../core/model/world.ts";
import type { ServiceReading } from "../../../../core/ports/service-manager.ts";
import { gatewayPeer, notReadyYet, type PeerOptions } from "./gateway-peer.ts";
import { isoFrom } from "./iso.ts";
import { DEMO_TOKEN, type Moment, mac, NODE, PACKAGE, PROGRAM, unit, VERSION } from "./mac-unit.ts";
import { type PayloadChanges, payloads } from "./payloads.ts";
import { probeAnswers } from "./probe-answers.ts";
import { slowCommands } from "./slow-commands.ts";

const { home: HOME, label: LABEL, plist: PLIST, port: PORT } = mac;

const GIB = 1_073_741_824;

/** A second OpenClaw. `folder` is its package, `program` its command. */
export type Installation = { readonly version: string; readonly folder: string; readonly program: string };

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
  /** Another installation of OpenClaw on the same Mac. */
  readonly newer?: Installation;
  /** What the running gateway says its release is. */
  readonly version?: string;
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
  { config = healthyConfig(), log = normalBoot, files = {}, newer }: MacChanges,
  moment: Moment,
  alive: boolean,
): Record<string, WorldFile> {
  const secret = (text: string): WorldFile => ({ text, mode: 0o600, modifiedMs: moment.startedMs - 86_400_000 });
  const lock = {
    pid: moment.pid ?? mac.pid,
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
    [`${PACKAGE}/dist/index.js`]: { text: "" },
    [NODE]: { text: "" },
    [PLIST]: { text: '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict></dict></plist>\n' },
    [mac.log]: { text: logLines(moment.startedMs, log), mode: 0o600 },
    ...(alive ? { [mac.lock]: secret(JSON.stringify(lock)) } : {}),
    ...(newer === undefined ? {} : installed(newer)),
    ...files,
  };
}

/** Its version is found above the command and above what the unit starts. */
function installed({ folder, program, version }: Installation): Record<string, WorldFile> {
  const manifest = { text: JSON.stringify({ name: "openclaw", version }) };
  const above = program.slice(0, program.lastIndexOf("/bin/"));
  return { [`${folder}/package.json`]: manifest, [`${folder}/dist/index.js`]: { text: "" }, [`${above}/package.json`]: manifest };
}

/** An invented Mac with OpenClaw on it. Without changes everything works. */
export function macWorld(moment: Moment, changes: MacChanges = {}): World {
  const { gateway = "up" } = changes;
  const { nowMs, pid = mac.pid, startedMs } = moment;
  const { newer, version = VERSION } = changes;
  const alive = gateway !== "closed";
  const answers = gateway === "up" || gateway === "starting";
  const base = `http://127.0.0.1:${PORT}`;
  const calls = payloads(nowMs, startedMs, changes.payload);
  const peer = gatewayPeer({
    version,
    nowMs,
    startedMs,
    stateDir: mac.stateDir,
    token: DEMO_TOKEN,
    paired: true,
    answers: calls,
    ...(gateway === "starting" ? { refusesAll: notReadyYet } : {}),
    ...changes.peer,
  });
  const hang = { [`GET ${base}/healthz`]: "hang", [`GET ${base}/readyz`]: "hang", [`GET ${base}/startupz`]: "hang" } as const;
  const view = {
    reached: answers,
    letIn: gateway === "up" && changes.peer?.token === undefined,
    channels: calls["channels.status"],
    models: calls["models.authStatus"],
    label: LABEL,
    configPath: `${mac.stateDir}/openclaw.json`,
  };
  return {
    platform: "macos",
    home: HOME,
    user: "ada",
    uid: 501,
    hostName: "studio.local",
    env: { PATH: "/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin", HOME, USER: "ada" },
    files: filesOf(changes, moment, alive),
    serviceManager: "launchd",
    services: { [LABEL]: changes.service ?? unit({ pid, sinceMs: startedMs }) },
    processes: alive
      ? [
          {
            pid,
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
    listeners: alive ? ["127.0.0.1", "::1"].map((address) => ({ address, port: PORT, pid })) : [],
    http: gateway === "silent" ? hang : answers ? probeAnswers(base, moment, gateway === "up", version) : {},
    websockets: gateway === "silent" ? { [`ws://127.0.0.1:${PORT}`]: "hang" } : answers ? { [`ws://127.0.0.1:${PORT}`]: peer } : {},
    commands: [[PROGRAM, VERSION] as const, ...(newer === undefined ? [] : [[newer.program, newer.version] as const])].flatMap(
      ([program, release]) => slowCommands(program, release, view),
    ),
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
