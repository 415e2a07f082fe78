import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { installOpenClaw, nodeBinary } from "./openclaw-install.ts";
import { freePort, testToken } from "./real-gateway.ts";
import { type Account, makeThrowAwayAccount } from "./throw-away-account.ts";
import { startUserSystemd, type UserSystemd } from "./user-systemd.ts";

const lamplighter = fileURLToPath(new URL("../../main/hosts/cli/main.ts", import.meta.url));

export const gatewayUnit = "openclaw-gateway.service";

/** How a program ended, and what it said. */
export type Ended = { readonly code: number; readonly out: string; readonly errors: string };
export type Started = { readonly pid: number; readonly ended: Promise<Ended>; readonly kill: () => void };
type Env = Readonly<Record<string, string>>;
/** A process on the gateway's port that its unit did not start. */
export type Stray = { readonly pid: number; isThere(): boolean; end(): void };
export type Terminal = {
  text(): string;
  types(text: string): void;
  shows(pattern: RegExp, timeoutMs?: number): Promise<void>;
  readonly ended: Promise<number>;
};

/** The real gateway as a unit of a real user manager, of an account of its own; installed by `openclaw gateway install`. */
export type ServiceGateway = {
  readonly account: Account;
  readonly systemd: UserSystemd;
  readonly port: number;
  readonly stateDir: string;
  readonly configPath: string;
  readonly unitPath: string;
  /** The program `openclaw` as the account finds it on its PATH. */
  readonly program: string;
  /** Starts a program as the account, in the manager's view of the machine. */
  spawn(file: string, args: readonly string[], env?: Env): Started;
  /** Starts Lamplighter's command line with the present state folder. */
  lamplighter(...args: readonly string[]): Promise<Ended>;
  /** The stack's own command line. */
  openclaw(...args: readonly string[]): Promise<Ended>;
  systemctl(...args: readonly string[]): string;
  /** Values of the unit's properties. */
  show(...names: readonly string[]): Readonly<Record<string, string>>;
  /** Counts the gateway processes of the unit that are there or come, until it is stopped; gives their numbers. */
  watchStarts(): () => readonly string[];
  /** Adds lines to the unit's definition beside its file; `heal` takes them away. Needs a daemon-reload. */
  addToUnit(name: string, text: string): void;
  /** Writes a file as the account, without changing the owner of what is there. */
  write(path: string, text: string): void;
  /** Whether a repair of Lamplighter's is at work: it holds a lock then. */
  holdsLock(): boolean;
  /** A second copy of what the unit runs, with a state folder and a token of its own, on the unit's port; ready when this resolves. */
  startStray(): Promise<Stray>;
  /** A web server on the unit's port that has nothing to do with it. */
  startStranger(): Promise<Stray>;
  /** Lamplighter's command line at a terminal with a person before it. */
  atTerminal(...args: readonly string[]): Terminal;
  /** From now on Lamplighter starts without any memory, as on the day it was installed. */
  forget(): void;
  /** Everything as installed, the gateway running and ready. */
  heal(): Promise<void>;
  ready(timeoutMs?: number): Promise<void>;
  /** Ends everything and removes every trace; safe after a failure anywhere. */
  stop(): Promise<void>;
};

/** The program in the account's own home, as a package manager without privileges puts it: links to the cached files, and a copy of Node. */
async function installFor({ home }: Account): Promise<string> {
  const cached = await installOpenClaw();
  const folder = join(home, "lib");
  mkdirSync(folder, { mode: 0o755 });
  execFileSync("cp", ["-a", "--reflink=auto", "-l", dirname(dirname(cached)), join(folder, "node_modules")]);
  execFileSync("cp", [nodeBinary, join(folder, "node")]);
  return folder;
}

export async function startServiceGateway(): Promise<ServiceGateway> {
  const undo: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await assemble(undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(undo: (() => unknown)[], stop: () => Promise<void>): Promise<ServiceGateway> {
  const account = makeThrowAwayAccount();
  undo.push(() => {
    account.remove();
    rmSync(account.home, { recursive: true, force: true, maxRetries: 3 });
  });
  const folder = await installFor(account);
  const systemd = await startUserSystemd({ user: account.user });
  undo.push(() => systemd.stop());
  await giveSystemBus(systemd, undo);

  const port = await freePort();
  const stateDir = join(account.home, ".openclaw");
  const configPath = join(stateDir, "openclaw.json");
  const unitPath = join(systemd.unitDir, gatewayUnit);
  const own = (path: string): void => chownSync(path, account.uid, account.gid);
  const write = (path: string, text: string): void => {
    const isNew = !existsSync(path);
    writeFileSync(path, text, { mode: 0o600 });
    if (isNew) own(path);
  };
  mkdirSync(stateDir, { mode: 0o700 });
  own(stateDir);
  const config = {
    gateway: { mode: "local", port, bind: "loopback", auth: { mode: "token", token: testToken } },
    logging: { file: join(account.home, "gateway.log") },
  };
  write(configPath, JSON.stringify(config));

  const env: Env = {
    ...systemd.env,
    PATH: `${folder}/node_modules/.bin:${folder}:/usr/bin:/bin`,
    NO_COLOR: "1",
    OPENCLAW_NO_AUTO_UPDATE: "1",
    OPENCLAW_DISABLE_BONJOUR: "1",
  };
  const node = join(folder, "node");
  const start: ServiceGateway["spawn"] = (file, args, added = {}) => startAs(systemd.prefix, [file, ...args], { ...env, ...added });
  const openclaw: ServiceGateway["openclaw"] = (...args) => start(join(folder, "node_modules", ".bin", "openclaw"), args).ended;
  let memories = 0;
  const memory = (): string => join(account.home, `lamplighter-${memories}`);
  const strays: Started[] = [];

  // As the package itself does it; then the settings are written once by its own hand, so that its copies of them exist.
  const dropIns = `${unitPath}.d`;
  const installed = await openclaw("gateway", "install", "--json", "--port", String(port));
  if (installed.code !== 0) throw new Error(`openclaw gateway install: ${installed.out}${installed.errors}`);
  const unitText = readFileSync(unitPath, "utf8");
  const ready = (timeoutMs = 120_000): Promise<void> =>
    answersReady(port, timeoutMs, () => systemd.run("systemctl", ["--user", "status", gatewayUnit]).stdout);
  await ready();
  const set = await openclaw("config", "set", "gateway.controlUi.enabled", "true");
  if (set.code !== 0) throw new Error(`openclaw config set: ${set.out}${set.errors}`);
  for (let tries = 0; tries < 100 && !existsSync(`${configPath}.last-good`); tries += 1) await wait(200);
  const configText = readFileSync(configPath, "utf8");

  return {
    account,
    systemd,
    port,
    stateDir,
    configPath,
    unitPath,
    program: join(folder, "node_modules", ".bin", "openclaw"),
    spawn: start,
    lamplighter: (...args) => start(node, [lamplighter, ...args], { LAMPLIGHTER_HOME: memory() }).ended,
    openclaw,
    systemctl: systemd.systemctl,
    show: (...names) => {
      const lines = systemd.systemctl("show", gatewayUnit, "-p", names.join(",")).trim().split("\n");
      return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
    },
    watchStarts: () => watchStarts(account.uid),
    write,
    addToUnit: (name, text) => {
      mkdirSync(dropIns, { recursive: true });
      own(dropIns);
      write(join(dropIns, name), text);
    },
    holdsLock: () => {
      const locks = join(memory(), "locks");
      return existsSync(locks) && readdirSync(locks).some((name) => name.startsWith("stack-"));
    },
    startStray: async () => {
      const elsewhere = join(account.home, "elsewhere");
      for (const path of [elsewhere, join(elsewhere, ".openclaw")]) {
        if (existsSync(path)) continue;
        mkdirSync(path, { mode: 0o700 });
        own(path);
      }
      const auth = { mode: "token", token: "the-other-gateways-own-token" };
      write(
        join(elsewhere, ".openclaw", "openclaw.json"),
        JSON.stringify({ ...config, gateway: { ...config.gateway, auth }, logging: { file: join(elsewhere, "gateway.log") } }),
      );
      const [file = "", ...args] = (/^ExecStart=(.*)$/m.exec(unitText)?.[1] ?? "").split(" ");
      const started = start(file, args, { HOME: elsewhere });
      strays.push(started);
      await ready();
      return asStray(started);
    },
    startStranger: async () => {
      const program =
        "require('node:http').createServer((q, r) => r.end('<html>hello</html>')).listen(Number(process.argv[1]), '127.0.0.1')";
      const started = start(node, ["-e", program, String(port)]);
      strays.push(started);
      for (let tries = 0; tries < 200; tries += 1) {
        if (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)) break;
        await wait(100);
      }
      return asStray(started);
    },
    atTerminal: (...args) => atTerminal(systemd.prefix, [node, lamplighter, ...args], { ...env, LAMPLIGHTER_HOME: memory() }),
    forget: () => {
      memories += 1;
    },
    ready,
    heal: async () => {
      memories += 1;
      for (const stray of strays.splice(0)) {
        stray.kill();
        await stray.ended;
      }
      const isAs = (path: string, text: string): boolean => existsSync(path) && readFileSync(path, "utf8") === text;
      if (!isAs(unitPath, unitText) || !isAs(configPath, configText) || existsSync(dropIns)) {
        rmSync(dropIns, { recursive: true, force: true });
        write(unitPath, unitText);
        write(configPath, configText);
        systemd.systemctl("stop", gatewayUnit);
        systemd.systemctl("daemon-reload");
      }
      systemd.run("systemctl", ["--user", "reset-failed", gatewayUnit]);
      systemd.systemctl("start", gatewayUnit);
      await ready();
      // What the log says of scenarios before this one is no evidence in it.
      writeFileSync(join(account.home, "gateway.log"), "");
    },
    stop,
  };
}

/**
 * OpenClaw installs and restarts its unit only when it can ask the machine's own manager whether that has a unit of the same name.
 * A container has no such manager: there, a second one of the account, which knows no units, answers on the system's bus instead.
 */
async function giveSystemBus(systemd: UserSystemd, undo: (() => unknown)[]): Promise<void> {
  if (systemd.run("systemctl", ["--system", "show", "--property=UnitPath"]).exitCode === 0) return;
  const second = await startUserSystemd({ user: systemd.user, env: { XDG_CONFIG_HOME: "/nonexistent", XDG_DATA_HOME: "/nonexistent" } });
  undo.push(() => second.stop());
  const bus = second.env["DBUS_SESSION_BUS_ADDRESS"]?.replace("unix:path=", "") ?? "";
  // Only in the manager's own view of the machine.
  const inView = systemd.prefix.slice(0, systemd.prefix.indexOf("setpriv"));
  const [enter = "", ...words] = inView;
  const script = `mkdir -p /run/dbus && mount -t tmpfs tmpfs /run/dbus && ln -s "$1" /run/dbus/system_bus_socket`;
  execFileSync(enter, [...words, "sh", "-c", script, "sh", bus]);
}

function startAs(prefix: readonly string[], argv: readonly string[], env: Env): Started {
  const [enter = "", ...words] = prefix;
  const child = spawn(enter, [...words, ...argv], { env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? -1, out, errors }));
  });
  return { pid: child.pid ?? 0, ended, kill: () => void child.kill("SIGKILL") };
}

const asStray = ({ pid, kill }: Started): Stray => ({ pid, end: kill, isThere: () => existsSync(`/proc/${pid}`) });

/** With a pseudo terminal of util-linux between us and the program. */
function atTerminal(prefix: readonly string[], argv: readonly string[], env: Env): Terminal {
  const [enter = "", ...words] = prefix;
  const quoted = argv.map((word) => `'${word}'`).join(" ");
  const child = spawn(enter, [...words, "script", "--quiet", "--return", "--command", quoted, "/dev/null"], {
    env: { ...env, TERM: "dumb", SHELL: "/bin/sh" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? -1));
  });
  // The program may end before it has read everything.
  child.stdin.on("error", () => {});
  return {
    text: () => text,
    types: (typed) => void child.stdin.write(typed),
    shows: async (pattern, timeoutMs = 60_000) => {
      const end = Date.now() + timeoutMs;
      while (!pattern.test(text)) {
        if (Date.now() > end || child.exitCode !== null) throw new Error(`The screen never showed ${pattern}:\n${text}`);
        await wait(50);
      }
    },
    ended,
  };
}

/**
 * Looks often enough to see every process that lives for longer than a moment. A child of a gateway wears its parent's words until it
 * becomes another program, and is none.
 */
function watchStarts(uid: number): () => readonly string[] {
  const seen = new Set<string>();
  const isGateway = (pid: string): boolean =>
    statSync(`/proc/${pid}`).uid === uid && /index\.js\0gateway\0--port\0/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
  const look = (): void => {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        const parent = isGateway(pid) ? /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] : undefined;
        if (parent !== undefined && !seen.has(parent) && !isGateway(parent)) seen.add(pid);
      } catch {
        // It ended meanwhile.
      }
    }
  };
  look();
  const timer = setInterval(look, 50);
  return () => {
    clearInterval(timer);
    look();
    return [...seen];
  };
}

async function answersReady(port: number, timeoutMs: number, complaint: () => string): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.status === 200) return;
    await wait(200);
  }
  throw new Error(`The gateway did not become ready:\n${complaint()}`);
}
