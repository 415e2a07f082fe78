import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { installOpenClaw, nodeBinary } from "./openclaw-install.ts";

export { nodeBinary };

export const testToken = "tkn-5b1f0c9d27e84a63b1f0c9d27e84a63b";

/** A throw-away account's worth of folders with an OpenClaw configuration in it. Nothing runs yet. */
export type GatewayHome = {
  readonly home: string;
  readonly stateDir: string;
  readonly configPath: string;
  readonly logPath: string;
  readonly port: number;
  /** Variables a gateway, and whoever looks at it, is started with. */
  readonly env: Readonly<Record<string, string>>;
  /** Replaces `openclaw.json`: an object as JSON, a string as it is. */
  writeConfig(config: Readonly<Record<string, unknown>> | string): void;
};

export type RealGateway = GatewayHome & {
  readonly pid: number;
  /** What it printed so far, both streams. */
  output(): string;
  /** Exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  /** Resolves when /readyz answers 200; throws with the output when the process ends first or it takes too long. */
  ready(timeoutMs?: number): Promise<void>;
  /** Resolves when it printed a matching text. */
  printed(pattern: RegExp, timeoutMs?: number): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** SIGKILL, as an out-of-memory killer would. */
  kill(): Promise<void>;
  /** SIGTERM, then SIGKILL after five seconds. */
  stop(): Promise<void>;
};

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

const homes = new Set<string>();
const running = new Set<ChildProcess>();

/** The usual configuration: local, loopback, shared token, its own log file. */
export const usualConfig = (home: Pick<GatewayHome, "port" | "logPath">): Record<string, unknown> => ({
  gateway: { mode: "local", port: home.port, bind: "loopback", auth: { mode: "token", token: testToken } },
  logging: { file: home.logPath },
});

/** Makes a home with the usual configuration. `root` defaults to the temporary folder. */
export async function makeGatewayHome(options: { readonly port?: number; readonly root?: string } = {}): Promise<GatewayHome> {
  const home = mkdtempSync(join(options.root ?? tmpdir(), "lamplighter-gateway-"));
  homes.add(home);
  const stateDir = join(home, ".openclaw");
  for (const folder of [stateDir, join(home, "tmp")]) mkdirSync(folder, { mode: 0o700 });
  const configPath = join(stateDir, "openclaw.json");
  const made: GatewayHome = {
    home,
    stateDir,
    configPath,
    logPath: join(home, "gateway.log"),
    port: options.port ?? (await freePort()),
    env: {
      PATH: `${dirname(nodeBinary)}:/usr/local/bin:/usr/bin:/bin`,
      HOME: home,
      TMPDIR: join(home, "tmp"),
      LANG: "C.UTF-8",
      NO_COLOR: "1",
      OPENCLAW_NO_AUTO_UPDATE: "1",
      OPENCLAW_DISABLE_BONJOUR: "1",
      OPENCLAW_NO_RESPAWN: "1",
    },
    writeConfig: (config) => {
      writeFileSync(configPath, typeof config === "string" ? config : JSON.stringify(config, null, 2), { mode: 0o600 });
      chmodSync(configPath, 0o600);
    },
  };
  made.writeConfig(usualConfig(made));
  return made;
}

/** Starts `openclaw gateway run` in that home. Its helpers end with it; nothing outlives the test process. */
export async function startGateway(
  home: GatewayHome,
  options: { readonly env?: Readonly<Record<string, string>>; readonly args?: readonly string[] } = {},
): Promise<RealGateway> {
  const entry = await installOpenClaw();
  const outputPath = join(home.home, `output-${Math.round(performance.now())}.txt`);
  const sink = openSync(outputPath, "w");
  const child = spawn(nodeBinary, [entry, "gateway", "run", ...(options.args ?? [])], {
    cwd: home.home,
    env: { ...home.env, ...options.env },
    stdio: ["ignore", sink, sink],
  });
  closeSync(sink);
  running.add(child);
  const ended = new Promise<number | string>((resolve) => {
    child.once("exit", (code, signal) => {
      running.delete(child);
      resolve(code ?? signal ?? "unknown");
    });
  });
  const output = (): string => readFileSync(outputPath, "utf8");
  const until = async (what: string, holds: () => Promise<boolean> | boolean, timeoutMs: number): Promise<void> => {
    const end = Date.now() + timeoutMs;
    while (!(await holds())) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The gateway ended before ${what}:\n${output()}`);
      if (Date.now() > end) throw new Error(`The gateway took too long: ${what}\n${output()}`);
      await wait(100);
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill("SIGCONT");
    child.kill(signal);
    await Promise.race([ended, wait(5_000)]);
    child.kill("SIGKILL");
    await ended;
    endHelpersOf(home.home);
  };
  if (child.pid === undefined) throw new Error("The gateway could not be started");
  return {
    ...home,
    pid: child.pid,
    output,
    ended,
    ready: (timeoutMs = 90_000) => until("it was ready", () => answersReady(home.port), timeoutMs),
    printed: (pattern, timeoutMs = 60_000) => until(`it printed ${pattern}`, () => pattern.test(output()), timeoutMs),
    freeze: () => child.kill("SIGSTOP"),
    thaw: () => child.kill("SIGCONT"),
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

async function answersReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) });
    await answer.text();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** A killed gateway leaves its broker behind, in a session of its own. Known by the home in its environment (Linux only). */
function endHelpersOf(home: string): void {
  if (process.platform !== "linux") return;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`HOME=${home}`)) process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended meanwhile, or it is not ours to look at.
    }
  }
}

const clean = (): void => {
  for (const child of running) child.kill("SIGKILL");
  for (const home of homes) {
    endHelpersOf(home);
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    homes.delete(home);
  }
};
process.once("exit", clean);

/** Ends every gateway of this process and removes the homes. Call it in `afterAll`. */
export async function cleanGateways(): Promise<void> {
  const ends = [...running].map((child) => new Promise((resolve) => child.once("exit", resolve)));
  for (const child of running) child.kill("SIGKILL");
  await Promise.all(ends);
  clean();
}
