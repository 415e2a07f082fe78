import type { Scenario, World } from "../../../../core/model/world.ts";
import type { ServiceReading } from "../../../../core/ports/service-manager.ts";
import { readObject } from "../knowledge/parse-config.ts";
import { type Boot, booting, type Outcome, withStart } from "./gateway-start.ts";
import { DEMO_TOKEN, looping, type Moment, mac, NODE, unit } from "./mac-unit.ts";
import { healthyConfig, type Installation, type MacChanges, macWorld } from "./mac-world.ts";
import { besideStray, strayPid } from "./stray-gateway.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * A scenario whose gateway was started `runningForMs` before the scenario itself. `after` is what a new start of the gateway makes of it,
 * by default the same again.
 */
const scenario = (id: string, title: string, runningForMs: number, changes: (moment: Moment) => MacChanges, after?: Outcome): Scenario => ({
  id,
  title,
  world: (elapsedMs, startMs): World => {
    const moment = { nowMs: startMs + elapsedMs, startedMs: startMs - runningForMs };
    return withStart(macWorld(moment, changes(moment)), moment.nowMs, after ?? (() => changes(moment)));
  },
});

const withGateway = (change: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  ...healthyConfig(),
  gateway: { ...(healthyConfig()["gateway"] as Readonly<Record<string, unknown>>), ...change },
});

/** Works as soon as it is started. */
const works: Outcome = () => ({});

const inLoop = (moment: Moment, exitCode: number, log: readonly string[]): MacChanges => ({
  gateway: "closed",
  service: looping(moment, exitCode),
  log,
});

function stolenPort(moment: Moment): World {
  const inUse =
    "[gateway] another gateway instance is already listening on ws://127.0.0.1:18789 | listen EADDRINUSE: address already in use 127.0.0.1:18789";
  const world = macWorld(moment, inLoop(moment, 1, ["[gateway] starting...", inUse]));
  const isFree: Outcome = (_start, before) => (before.processes.some(({ pid }) => pid === strayPid) ? undefined : {});
  return withStart(besideStray(world, moment), moment.nowMs, isFree);
}

/** Slow, so that it can be watched. */
const SLOW: Boot = { portMs: 6_000, readyMs: 40_000 };
const slowBoot = (moment: Moment): World => withStart(booting(moment, SLOW), moment.nowMs, works);

const NEWER: Installation = {
  version: "2026.11.2",
  folder: `${mac.home}/.npm-global/lib/node_modules/openclaw`,
  program: `${mac.home}/.npm-global/bin/openclaw`,
};

function emptyMac(moment: Moment): World {
  const world = macWorld(moment, { gateway: "closed" });
  return { ...world, files: { [`${mac.home}/.zshrc`]: { text: "# nothing here\n" } }, services: {}, commands: [] };
}

const telegramGone = "fetch failed | connect ENETUNREACH 149.154.167.220:443 | ENETUNREACH";

/** Where OpenClaw was before it was installed anew; nothing is left there. */
const formerly = `${mac.home}/.nvm/versions/node/v22.14.0/lib/node_modules/openclaw/dist/index.js`;
const inLoopFrom = (moment: Moment, script: string): ServiceReading => ({
  ...(looping(moment, 1) as Extract<ServiceReading, { kind: "loaded" }>),
  argv: [NODE, script, "gateway", "--port", String(mac.port)],
});

const isWhole = (world: World): boolean => readObject(world.files[`${mac.stateDir}/openclaw.json`]?.text ?? "").ok;

/** Every invented system of the demo. */
export const demos: readonly Scenario[] = [
  scenario("all-green", "Everything works", 6 * HOUR, () => ({})),
  scenario(
    "gateway-401",
    "The gateway rejects the shared token",
    6 * HOUR,
    () => ({ peer: { token: `rotated-${DEMO_TOKEN}`, paired: false } }),
    ({ rewritten }) => (rewritten ? {} : { peer: { token: `rotated-${DEMO_TOKEN}`, paired: false } }),
  ),
  scenario(
    "service-not-loaded",
    "The service unit is not loaded",
    6 * HOUR,
    () => ({ gateway: "closed", service: { kind: "not-loaded", definitionPath: mac.plist, disabled: false } }),
    works,
  ),
  scenario(
    "crash-loop",
    "The gateway crashes at every start",
    10 * 60_000,
    (moment) => ({
      ...inLoop(moment, 1, ["node:internal/modules/cjs/loader:1408", `Error: Cannot find module '${formerly}'`]),
      service: inLoopFrom(moment, formerly),
    }),
    ({ rewritten }) => (rewritten ? {} : undefined),
  ),
  {
    id: "port-stolen",
    title: "A stray gateway holds the port",
    world: (elapsedMs, startMs) => stolenPort({ nowMs: startMs + elapsedMs, startedMs: startMs - 10 * 60_000 }),
  },
  {
    id: "boot-in-progress",
    title: "The gateway is starting, and gets there",
    world: (elapsedMs, startMs) => slowBoot({ nowMs: startMs + elapsedMs, startedMs: startMs }),
  },
  // A new process hangs as the old one did: a repair that does not help has to say so.
  scenario("everything-hangs", "The gateway is frozen: nothing answers", 6 * HOUR, () => ({ gateway: "silent" })),
  {
    id: "nothing-installed",
    title: "No stack on this machine",
    world: (elapsedMs, startMs) => emptyMac({ nowMs: startMs + elapsedMs, startedMs: startMs }),
  },
  scenario("token-missing", "Only the service knows the token", 6 * HOUR, () => ({ config: withGateway({ auth: { mode: "token" } }) })),
  scenario(
    "config-invalid",
    "openclaw.json was cut short",
    10 * 60_000,
    (moment) => ({
      ...inLoop(moment, 78, ["[gateway] loading configuration…", "OpenClaw config is invalid: ~/.openclaw/openclaw.json"]),
      config: JSON.stringify(healthyConfig(), null, 2).slice(0, 310),
    }),
    (_start, before) => (isWhole(before) ? {} : undefined),
  ),
  scenario(
    "newer-config",
    "A newer OpenClaw wrote the configuration",
    10 * 60_000,
    (moment) => ({
      ...inLoop(moment, 1, [
        "[gateway] loading configuration…",
        `Refusing to run automatic gateway startup migrations because this OpenClaw binary (2026.9.6) is older than the config last written by OpenClaw ${NEWER.version}.`,
      ]),
      config: healthyConfig(NEWER.version),
      newer: NEWER,
    }),
    ({ pid, rewritten, startedMs }) =>
      rewritten
        ? {
            version: NEWER.version,
            newer: NEWER,
            service: unit({
              argv: [NODE, `${NEWER.folder}/dist/index.js`, "gateway", "--port", String(mac.port)],
              pid,
              sinceMs: startedMs,
            }),
          }
        : undefined,
  ),
  scenario("channel-down", "Telegram has no connection", 6 * HOUR, () => ({ payload: { telegramError: telegramGone } })),
  scenario("credential-expiring", "The Claude token ends in three days", 6 * HOUR, ({ startedMs }) => ({
    payload: { tokenEndsMs: startedMs + 6 * HOUR + 3 * DAY },
  })),
  scenario("credential-expired", "The Claude token has expired", 6 * HOUR, (moment) => ({ payload: { tokenEndsMs: moment.startedMs } })),
];
