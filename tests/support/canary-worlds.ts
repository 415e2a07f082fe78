import { createHash } from "node:crypto";
import type { World } from "../../main/core/model/world.ts";
import type { ServiceReading } from "../../main/core/ports/service-manager.ts";
import { emptyWorld } from "./empty-world.ts";

const hex = (seed: string): string => createHash("sha256").update(seed).digest("hex").slice(0, 48);
const long = (seed: string): string =>
  createHash("sha512")
    .update(seed)
    .digest("base64")
    .replace(/[^A-Za-z0-9]/g, "")
    .slice(0, 36);

/** One invented secret per hiding place, each in the shape that a secret has there. None of them may ever be seen again. */
export const canaries = {
  configToken: hex("cfgtok"),
  remoteToken: hex("remtok"),
  configPassword: "correct-horse-canary-staple",
  botToken: `123456789:${long("bot")}`,
  dotenvKey: `sk-ant-api03-${long("dotenv")}`,
  environmentToken: long("environment"),
  unitToken: long("serviceunit"),
  argvToken: long("argument"),
  argvPassword: long("password"),
  logBearer: long("bearer"),
  logAssigned: long("assigned"),
  logUrl: long("address"),
  httpToken: hex("httptk"),
  httpKey: `sk-proj-${long("http")}`,
  socketToken: hex("wstokn"),
  closeToken: `sk-ant-oat01-${long("close")}`,
  rejectedBody: `eyJ${long("header")}.eyJ${long("claims")}.${long("signature")}`,
  brokenConfig: hex("broken"),
  commandOutput: `ghp_${long("command")}`,
  foreignItem: `sk-ant-oat01-${long("keyring")}`,
  thrown: `sk-ant-oat01-${long("thrown")}`,
} as const;

export const PORT = 18_789;
const HOME = "/home/sam";
const STATE = `${HOME}/.openclaw`;

const config = {
  meta: { lastTouchedVersion: "2026.9.6" },
  env: { OPENAI_API_KEY: canaries.httpKey },
  gateway: {
    port: PORT,
    mode: "local",
    auth: { mode: "token", token: canaries.configToken, password: canaries.configPassword },
    remote: { url: `ws://sam:${canaries.configPassword}@10.0.0.9:${PORT}`, token: canaries.remoteToken },
  },
  channels: { telegram: { enabled: true, botToken: canaries.botToken } },
};

const logText = (nowMs: number): string =>
  [
    `[gateway] unauthorized: token mismatch for Authorization: Bearer ${canaries.logBearer}`,
    `[ws] closed before connect conn=1 code=1008 reason=token_mismatch token=${canaries.logAssigned}`,
    `[gateway] open http://127.0.0.1:${PORT}/#token=${canaries.logUrl}`,
    `[telegram] getMe failed for bot ${canaries.botToken}: 401 Unauthorized`,
    `[anthropic] 401 authentication_error invalid x-api-key ${canaries.dotenvKey}`,
  ]
    .map((message, i) => {
      const time = new Date(nowMs - 20_000 + i * 1_000).toISOString();
      return JSON.stringify({ 0: '{"subsystem":"gateway"}', 1: message, message, time, _meta: { logLevelName: "ERROR", date: time } });
    })
    .join("\n");

const answered = (status: number, body: string) => ({
  kind: "answered" as const,
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  body,
  truncated: false,
  durationMs: 2,
});

const unit: ServiceReading = {
  kind: "loaded",
  state: "running",
  rawState: "active (running)",
  pid: 4_001,
  runs: 1,
  definitionPath: `${HOME}/.config/systemd/user/openclaw-gateway.service`,
  argv: ["node", "openclaw.mjs", "gateway", "--token", canaries.argvToken],
  environmentNames: ["OPENCLAW_GATEWAY_TOKEN"],
};

const challenge = JSON.stringify({ type: "event", event: "connect.challenge", payload: { nonce: "885cae0d", ts: 1_795_201_004_484 } });

/** Refuses every request and quotes secrets while doing so. */
function rudePeer(text: string) {
  const idOf = (frame: string): string => /"id":"([^"]*)"/.exec(frame)?.[1] ?? "";
  const error = {
    code: "INVALID_REQUEST",
    message: text,
    details: { code: "AUTH_TOKEN_MISMATCH", authReason: "token_mismatch", hint: text },
  };
  return {
    greet: [challenge],
    answer: (frame: string) => ({
      send: [JSON.stringify({ type: "res", id: idOf(frame), ok: false, error })],
      close: { code: 1_008, reason: `unauthorized ${canaries.closeToken}` },
    }),
  };
}

const today = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10);

/** A machine where every place that can hold a secret holds one, and every answer quotes one. */
function everywhere(nowMs: number): World {
  const quoted = `got ${canaries.socketToken}, expected another`;
  const error = JSON.stringify({ ok: false, error: `bad token ${canaries.httpToken}`, apiKey: canaries.httpKey });
  const log = `${logText(nowMs)}\n`;
  return {
    ...emptyWorld,
    home: HOME,
    env: { HOME, PATH: "/usr/bin:/bin", OPENCLAW_GATEWAY_TOKEN: canaries.environmentToken },
    serviceManager: "systemd",
    services: { "openclaw-gateway.service": unit },
    serviceEnvironment: { "openclaw-gateway.service": { OPENCLAW_GATEWAY_TOKEN: canaries.unitToken } },
    listings: [{ label: "openclaw-gateway.service", scope: "user", argv: unit.kind === "loaded" ? [...(unit.argv ?? [])] : [] }],
    files: {
      [`${STATE}/openclaw.json`]: { text: JSON.stringify(config, null, 2), mode: 0o644, uid: 1_000, modifiedMs: nowMs - 60_000 },
      [`${STATE}/.env`]: {
        text: `ANTHROPIC_API_KEY=${canaries.dotenvKey}\nOPENCLAW_GATEWAY_TOKEN=${canaries.environmentToken}\n`,
        mode: 0o600,
        uid: 1_000,
      },
      [`/tmp/openclaw/openclaw-${today(nowMs)}.log`]: { text: log, uid: 1_000, modifiedMs: nowMs - 1_000 },
      [`${STATE}/logs/gateway.log`]: { text: log, uid: 1_000 },
      "/usr/bin/openclaw": { text: "#!/usr/bin/env node\n", mode: 0o755 },
    },
    listeners: [{ address: "127.0.0.1", port: PORT, pid: 4_001 }],
    processes: [
      {
        pid: 4_001,
        ppid: 1,
        user: "sam",
        name: "node",
        command: `node openclaw.mjs gateway --token ${canaries.argvToken} --password=${canaries.argvPassword} --port ${PORT}`,
        state: "running",
        startedMs: nowMs - 3_600_000,
        rssBytes: 300_000_000,
      },
    ],
    http: {
      [`GET http://127.0.0.1:${PORT}/healthz`]: answered(200, '{"ok":true,"status":"live"}'),
      [`GET http://127.0.0.1:${PORT}/readyz`]: answered(503, error),
      [`GET http://127.0.0.1:${PORT}/startupz`]: answered(500, error),
    },
    websockets: { [`ws://127.0.0.1:${PORT}`]: rudePeer(quoted), [`ws://127.0.0.1:${PORT}/`]: rudePeer(quoted) },
    commands: [
      { argv: ["openclaw", "--version"], stdout: `OpenClaw 2026.9.6 ${canaries.commandOutput}\n` },
      { argv: ["openclaw"], exitCode: 1, stderr: `Error: token ${canaries.commandOutput} refused\n` },
    ],
    secrets: { "openclaw/gateway": canaries.foreignItem, "Claude Code-credentials/sam": canaries.foreignItem },
  };
}

/** Worlds by what is wrong with them; each is asked for again and again, with the present time. */
export const canaryWorlds: Readonly<Record<string, (nowMs: number) => World>> = {
  "a gateway that refuses and quotes": everywhere,
  "a gateway behind a rude proxy": (nowMs) => ({
    ...everywhere(nowMs),
    websockets: {
      [`ws://127.0.0.1:${PORT}`]: { rejectedWith: 403, body: `denied: ${canaries.rejectedBody}` },
      [`ws://127.0.0.1:${PORT}/`]: { rejectedWith: 403, body: `denied: ${canaries.rejectedBody}` },
    },
    http: { [`GET http://127.0.0.1:${PORT}/healthz`]: answered(200, `<html>${canaries.rejectedBody} ${canaries.httpToken}</html>`) },
  }),
  "a configuration that does not parse": (nowMs) => {
    const world = everywhere(nowMs);
    const text = `{ gateway: { auth: { token: "${canaries.brokenConfig}" password: '${canaries.configPassword}' ]`;
    return { ...world, files: { ...world.files, [`${STATE}/openclaw.json`]: { text, mode: 0o600, uid: 1_000 } } };
  },
  "a stranger on the TCP port": (nowMs) => {
    const world = everywhere(nowMs);
    const stranger = world.processes.map((p) => ({
      ...p,
      name: "python3",
      command: `python3 -m server --api-key ${canaries.argvToken} --password=${canaries.argvPassword}`,
    }));
    return { ...world, services: {}, processes: stranger, http: {}, websockets: {} };
  },
  "a gateway that crashes": (nowMs) => ({
    ...everywhere(nowMs),
    listeners: [],
    processes: [],
    http: {},
    websockets: {},
    services: {
      "openclaw-gateway.service": {
        ...unit,
        kind: "loaded",
        state: "waiting-to-restart",
        rawState: "activating (auto-restart)",
        runs: 9,
        lastEnd: { exitCode: 1, reason: `exit-code ${canaries.thrown}` },
      },
    },
  }),
};

/** Secrets of which at least eight characters in a row stand in the text; the hint of the last four is allowed. */
export function leaksIn(text: string): readonly string[] {
  const windows = (value: string): readonly string[] => Array.from({ length: value.length - 7 }, (_, i) => value.slice(i, i + 8));
  return Object.entries(canaries)
    .filter(([, value]) => windows(value).some((part) => text.includes(part) && !isHarmless(part)))
    .map(([name]) => name);
}

/** Prefixes that name a kind of secret and hide nothing. */
const isHarmless = (part: string): boolean =>
  [
    "sk-ant-a",
    "k-ant-ap",
    "-ant-api",
    "ant-api0",
    "nt-api03",
    "t-api03-",
    "sk-ant-o",
    "k-ant-oa",
    "-ant-oat",
    "ant-oat0",
    "nt-oat01",
    "t-oat01-",
  ].includes(part);
