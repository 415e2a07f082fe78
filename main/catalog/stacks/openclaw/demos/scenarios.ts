import type { Scenario, World } from "../../../../core/model/world.ts";
import { DEMO_TOKEN, looping, type Moment, mac, unit } from "./mac-unit.ts";
import { healthyConfig, type MacChanges, macWorld } from "./mac-world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A scenario whose gateway was started `runningForMs` before the scenario itself. */
const scenario = (id: string, title: string, runningForMs: number, changes: (moment: Moment) => MacChanges): Scenario => ({
  id,
  title,
  world: (elapsedMs, startMs): World => {
    const moment = { nowMs: startMs + elapsedMs, startedMs: startMs - runningForMs };
    return macWorld(moment, changes(moment));
  },
});

const withGateway = (change: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  ...healthyConfig(),
  gateway: { ...(healthyConfig()["gateway"] as Readonly<Record<string, unknown>>), ...change },
});

/** Seconds after which the port opens, and after which the gateway is ready. */
const BOOT = { portMs: 6_000, readyMs: 40_000 } as const;

const inLoop = (moment: Moment, exitCode: number, log: readonly string[]): MacChanges => ({
  gateway: "closed",
  service: looping(moment, exitCode),
  log,
});

function stolenPort(moment: Moment): World {
  const world = macWorld(
    moment,
    inLoop(moment, 1, [
      "[gateway] starting...",
      "[gateway] another gateway instance is already listening on ws://127.0.0.1:18789 | listen EADDRINUSE: address already in use 127.0.0.1:18789",
    ]),
  );
  const thief = {
    pid: 900,
    ppid: 1,
    user: "ada",
    name: "python3",
    command: "/usr/bin/python3 -m http.server 18789 --bind 127.0.0.1",
    state: "sleeping" as const,
    startedMs: moment.startedMs,
  };
  const page = "<!DOCTYPE HTML><title>Directory listing for /</title>";
  const answer = {
    kind: "answered" as const,
    status: 200,
    headers: { "content-type": "text/html" },
    body: page,
    truncated: false,
    durationMs: 3,
  };
  const notFound = { ...answer, status: 404, body: "<h1>Error response</h1><p>File not found.</p>" };
  const base = `http://127.0.0.1:${mac.port}`;
  return {
    ...world,
    processes: [thief],
    listeners: [{ address: "127.0.0.1", port: mac.port, pid: thief.pid }],
    http: {
      [`GET ${base}/`]: answer,
      [`GET ${base}/healthz`]: notFound,
      [`GET ${base}/readyz`]: notFound,
      [`GET ${base}/startupz`]: notFound,
    },
    websockets: { [`ws://127.0.0.1:${mac.port}`]: { rejectedWith: 404, body: notFound.body } },
  };
}

function emptyMac(moment: Moment): World {
  const world = macWorld(moment, { gateway: "closed" });
  return { ...world, files: { [`${mac.home}/.zshrc`]: { text: "# nothing here\n" } }, services: {}, commands: [] };
}

function bootChanges({ nowMs, startedMs }: Moment): MacChanges {
  const since = nowMs - startedMs;
  if (since >= BOOT.readyMs) return {};
  if (since >= BOOT.portMs)
    return {
      gateway: "starting",
      log: ["[gateway] loading configuration…", "[gateway] starting...", "[gateway] starting channels and sidecars..."],
    };
  return { gateway: "closed", service: unit({ sinceMs: startedMs }), log: ["[gateway] loading configuration…"] };
}

/** The process is there from the first moment of a boot; only its port is not. */
function booting(moment: Moment): World {
  const world = macWorld(moment, bootChanges(moment));
  const full = macWorld(moment);
  return { ...world, processes: full.processes };
}

const telegramGone = "fetch failed | connect ENETUNREACH 149.154.167.220:443 | ENETUNREACH";

/** Every invented system of the demo. */
export const demos: readonly Scenario[] = [
  scenario("all-green", "Everything works", 6 * HOUR, () => ({})),
  scenario("gateway-401", "The gateway rejects the shared token", 6 * HOUR, () => ({
    peer: { token: `rotated-${DEMO_TOKEN}`, paired: false },
  })),
  scenario("service-not-loaded", "The service unit is not loaded", 0, () => ({
    gateway: "closed",
    service: { kind: "not-loaded", definitionPath: mac.plist, disabled: false },
  })),
  scenario("crash-loop", "The gateway crashes at every start", 10 * 60_000, (moment) =>
    inLoop(moment, 1, ["[gateway] loading configuration…", "Gateway failed to start: Error: Cannot find module '@openclaw/telegram'"]),
  ),
  {
    id: "port-stolen",
    title: "Another program holds the port",
    world: (elapsedMs, startMs) => stolenPort({ nowMs: startMs + elapsedMs, startedMs: startMs - 10 * 60_000 }),
  },
  {
    id: "boot-in-progress",
    title: "The gateway is starting, and gets there",
    world: (elapsedMs, startMs) => booting({ nowMs: startMs + elapsedMs, startedMs: startMs }),
  },
  scenario("everything-hangs", "The gateway is frozen: nothing answers", 6 * HOUR, () => ({ gateway: "silent" })),
  {
    id: "nothing-installed",
    title: "No stack on this machine",
    world: (elapsedMs, startMs) => emptyMac({ nowMs: startMs + elapsedMs, startedMs: startMs }),
  },
  scenario("token-missing", "Only the service knows the token", 6 * HOUR, () => ({ config: withGateway({ auth: { mode: "token" } }) })),
  scenario("config-invalid", "openclaw.json was cut short", 10 * 60_000, (moment) => ({
    ...inLoop(moment, 78, ["[gateway] loading configuration…", "OpenClaw config is invalid: ~/.openclaw/openclaw.json"]),
    config: JSON.stringify(healthyConfig(), null, 2).slice(0, 310),
  })),
  scenario("newer-config", "A newer OpenClaw wrote the configuration", 10 * 60_000, (moment) => ({
    ...inLoop(moment, 1, [
      "[gateway] loading configuration…",
      "Refusing to run automatic gateway startup migrations because this OpenClaw binary (2026.9.6) is older than the config last written by OpenClaw 2026.11.2.",
    ]),
    config: healthyConfig("2026.11.2"),
  })),
  scenario("channel-down", "Telegram has no connection", 6 * HOUR, () => ({ payload: { telegramError: telegramGone } })),
  scenario("credential-expiring", "The Claude token ends in three days", 6 * HOUR, (moment) => ({
    payload: { tokenEndsMs: moment.startedMs + 6 * HOUR + 3 * DAY },
  })),
  scenario("credential-expired", "The Claude token has expired", 6 * HOUR, (moment) => ({ payload: { tokenEndsMs: moment.startedMs } })),
];
