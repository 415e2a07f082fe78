import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { accountOf, ownAccount } from "./throw-away-account.ts";

export type Ran = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

/** A `systemd --user` of our own, with its bus, for as long as a test needs it. */
export type UserSystemd = {
  /** With these variables `systemctl --user`, `busctl --user` and every other program reach this manager. */
  readonly env: Readonly<Record<string, string>>;
  /** Folder for the account's unit files. It exists. */
  readonly unitDir: string;
  readonly home: string;
  readonly user: string;
  readonly uid: number;
  /** Words to put before a command so that it runs as the account, in the manager's view of the machine. */
  readonly prefix: readonly string[];
  /** Runs a program as the manager's account with `env`; never rejects for an exit code. Ends it after `timeoutMs` (default 10000). */
  run(
    file: string,
    args: readonly string[],
    options?: { readonly timeoutMs?: number; readonly env?: Readonly<Record<string, string>> },
  ): Ran;
  /** `systemctl --user …`; throws with the message of systemctl when it fails. Gives stdout. */
  systemctl(...args: readonly string[]): string;
  /** Ends the manager and everything it started, and removes every trace. Takes at most about eight seconds. */
  stop(): Promise<void>;
};

const systemd = ["/usr/lib/systemd/systemd", "/lib/systemd/systemd"].find(existsSync);
const cgroupRoots = ["/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup"].filter((root) =>
  existsSync(join(root, "cgroup.procs")),
);

const works = (file: string, ...args: string[]): boolean => {
  try {
    execFileSync(file, args, { stdio: "ignore", timeout: 5000 });
    return true;
  } catch {
    return false;
  }
};

/** Why a user manager cannot be started here; null when it can. */
export function whyNoUserSystemd(): string | null {
  if (process.platform !== "linux") return "systemd exists on Linux only";
  if (systemd === undefined) return "systemd is not installed";
  if (process.getuid?.() !== 0) return "starting a separate user manager needs root";
  if (!existsSync("/usr/lib/systemd/user/dbus.socket")) return "dbus-user-session is not installed";
  if (!works("setpriv", "--version") || !works("nsenter", "--version")) return "setpriv and nsenter (util-linux) are not installed";
  if (!works("unshare", "--mount", "true")) return "mount name spaces are not allowed here";
  return cgroupRoots.length === 0 ? "no control groups are mounted" : null;
}

/**
 * Runs in its own mount name space, because the manager insists on a machine booted with systemd and we will not pretend
 * that to everybody else; and in its own control group, because it takes hold of every process in the group it starts in.
 * Arguments: group name, "uid:gid", then the command.
 */
const prepare = `set -e
group=$1; owner=$2; shift 2
for root in ${cgroupRoots.join(" ")}; do
  mkdir "$root/$group"
  echo $$ > "$root/$group/cgroup.procs"
  chown "$owner" "$root/$group" "$root/$group/cgroup.procs" "$root/$group/cgroup.subtree_control" 2>/dev/null || :
done
if ! [ -d /run/systemd/system ]; then
  mkdir -p /run/systemd
  mount -t tmpfs tmpfs /run/systemd
  mkdir /run/systemd/system
fi
exec "$@"`;

/** Starts a manager for an existing account, or for ourselves with a home folder of its own. */
export async function startUserSystemd(
  options: { readonly user?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<UserSystemd> {
  const obstacle = whyNoUserSystemd();
  if (obstacle !== null || systemd === undefined) throw new Error(`No user systemd: ${obstacle}`);
  const scratch = mkdtempSync(join(tmpdir(), "lamplighter-systemd-"));
  const account = options.user === undefined ? { ...ownAccount(), home: join(scratch, "home") } : accountOf(options.user);
  const runtimeDir = join(scratch, "run");
  execFileSync("chmod", ["0755", scratch]);
  for (const folder of [runtimeDir, join(account.home, ".config/systemd/user")]) makeFolder(folder, account);

  const env = {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    LANG: "C.UTF-8",
    HOME: account.home,
    USER: account.user,
    LOGNAME: account.user,
    XDG_RUNTIME_DIR: runtimeDir,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(runtimeDir, "bus")}`,
    ...options.env,
  };
  const become = ["setpriv", "--reuid", `${account.uid}`, "--regid", `${account.gid}`, "--init-groups"];
  const group = `lamplighter-${scratch.slice(-6)}`;
  const owner = `${account.uid}:${account.gid}`;
  // The death signal ends the manager even when the test process is killed outright.
  const command = [...become, "--pdeathsig", "TERM", systemd, "--user"];
  const manager = spawn("unshare", ["--mount", "--propagation", "private", "sh", "-c", prepare, "sh", group, owner, ...command], {
    env,
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  manager.stderr?.on("data", (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(-2000);
  });

  // Seen from outside, the machine was not booted with systemd, and systemctl then does some things behind the manager's back.
  const prefix = ["nsenter", "--mount", "--target", `${manager.pid}`, "--wd=/", ...become];
  const run: UserSystemd["run"] = (file, args, { timeoutMs = 10_000, env: added = {} } = {}) =>
    runQuietly([...prefix, file, ...args], { ...env, ...added }, timeoutMs);
  const systemctl = (...args: readonly string[]): string => {
    const ran = run("systemctl", ["--user", "--no-pager", ...args]);
    if (ran.exitCode !== 0) throw new Error(`systemctl ${args.join(" ")}: ${ran.stderr || ran.stdout}`);
    return ran.stdout;
  };
  const clean = () => {
    emptyGroups(group);
    rmSync(scratch, { recursive: true, force: true });
  };
  process.once("exit", clean);
  const stop = async (): Promise<void> => {
    process.removeListener("exit", clean);
    await endManager(manager);
    for (let tries = 0; tries < 40 && !emptyGroups(group); tries++) await wait(50);
    clean();
  };

  for (let tries = 0; tries < 100; tries++) {
    if (manager.exitCode !== null) break;
    if (/running|degraded/.test(run("systemctl", ["--user", "show", "-p", "SystemState", "--value"]).stdout)) {
      return { env, unitDir: join(account.home, ".config/systemd/user"), ...account, prefix, run, systemctl, stop };
    }
    await wait(100);
  }
  await stop();
  throw new Error(`The user manager did not come up. ${complaint}`);
}

function makeFolder(path: string, owner: { readonly uid: number; readonly gid: number }): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path), owner);
  mkdirSync(path, { mode: 0o700 });
  chownSync(path, owner.uid, owner.gid);
}

function runQuietly(argv: readonly string[], env: Readonly<Record<string, string>>, timeoutMs: number): Ran {
  const [file = "", ...args] = argv;
  try {
    const stdout = execFileSync(file, args, { env, encoding: "utf8", timeout: timeoutMs, stdio: ["ignore", "pipe", "pipe"] });
    return { exitCode: 0, stdout, stderr: "" };
  } catch (error) {
    const failed = error as { readonly status?: number | null; readonly stdout?: string; readonly stderr?: string };
    return { exitCode: failed.status ?? -1, stdout: failed.stdout ?? "", stderr: failed.stderr ?? "" };
  }
}

/** Units with a long stop time-out must not hold a test up, so the manager gets three seconds. */
async function endManager(manager: ChildProcess): Promise<void> {
  if (manager.exitCode !== null || manager.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => manager.once("exit", () => resolve()));
  manager.kill("SIGTERM");
  await Promise.race([gone, wait(3000)]);
  manager.kill("SIGKILL");
  await Promise.race([gone, wait(1000)]);
}

function foldersBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...inner.flatMap((entry) => foldersBelow(join(folder, entry.name))), folder];
}

/** Kills what is left in our control groups and removes them; true when none is left. */
function emptyGroups(group: string): boolean {
  const folders = cgroupRoots.flatMap((root) => foldersBelow(join(root, group)));
  for (const folder of folders) {
    for (const pid of readFileSync(join(folder, "cgroup.procs"), "utf8").split("\n").filter(Boolean)) {
      try {
        process.kill(Number(pid), "SIGKILL");
      } catch {
        // It ended between the two lines.
      }
    }
    try {
      rmdirSync(folder);
    } catch {
      // Its last process is still going; the caller tries again.
    }
  }
  return cgroupRoots.every((root) => !existsSync(join(root, group)));
}

/** Writes a unit file of the account and makes the manager read it. `lines` are the lines below `[Service]`; `unit` those below `[Unit]`. */
export function writeUnit(systemd: UserSystemd, name: string, lines: readonly string[], unit: readonly string[] = []): string {
  const path = join(systemd.unitDir, name);
  writeFileSync(path, ["[Unit]", ...unit, "[Service]", ...lines, "[Install]", "WantedBy=default.target", ""].join("\n"));
  chownSync(path, systemd.uid, systemd.uid === 0 ? 0 : accountOf(systemd.user).gid);
  systemd.systemctl("daemon-reload");
  return path;
}
