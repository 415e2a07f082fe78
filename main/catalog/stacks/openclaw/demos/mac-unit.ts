import type { ServiceReading } from "../../../../core/ports/service-manager.ts";

const HOME = "/Users/ada";
export const PACKAGE = "/opt/homebrew/lib/node_modules/openclaw";
export const PROGRAM = "/opt/homebrew/bin/openclaw";
export const NODE = "/opt/homebrew/bin/node";
const LABEL = "ai.openclaw.gateway";
const PLIST = `${HOME}/Library/LaunchAgents/${LABEL}.plist`;
const PORT = 18_789;
const PID = 4_711;

/** Where things are on the invented Mac. */
export const mac = {
  home: HOME,
  stateDir: `${HOME}/.openclaw`,
  label: LABEL,
  plist: PLIST,
  port: PORT,
  pid: PID,
  lock: `${HOME}/.openclaw/tmp/openclaw-501/gateway.state.lock`,
  log: `${HOME}/Library/Logs/openclaw/gateway.log`,
} as const;

/** The gateway's token in these worlds; it opens nothing anywhere. */
export const DEMO_TOKEN = "invented-token-5f1c9a27b3d84e60a1";
export const VERSION = "2026.9.6";

/** One moment of a scenario, epoch milliseconds. */
export type Moment = {
  readonly nowMs: number;
  readonly startedMs: number;
  /** The gateway's process, when it is another one than at first. */
  readonly pid?: number;
};

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
    argv: [NODE, "--max-old-space-size=8192", `${PACKAGE}/dist/index.js`, "gateway", "--port", String(PORT)],
    workingDirectory: mac.stateDir,
    environmentNames: ["OPENCLAW_SERVICE_KIND", "OPENCLAW_SERVICE_MARKER"],
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
