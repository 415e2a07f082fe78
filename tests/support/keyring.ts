import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** A D-Bus session with a gnome-keyring of its own, in a throw-away home. No screen, so that no prompt can ever appear. */
export type PrivateKeyring = {
  /** With these variables keytar, secret-tool and busctl reach this session and nothing of the real account. */
  readonly env: Readonly<Record<string, string>>;
  lock(): void;
  /** Ends both programs and removes the home. */
  stop(): void;
};

const programs = ["dbus-daemon", "gnome-keyring-daemon", "busctl"];

/** Why there can be no private keyring here; null when there can. */
export function whyNoKeyring(): string | null {
  if (process.platform !== "linux") return "the Secret Service exists on Linux only";
  const folders = ["/usr/bin", "/bin", "/usr/local/bin"];
  const lacking = programs.find((name) => !folders.some((folder) => existsSync(join(folder, name))));
  return lacking === undefined ? null : `${lacking} is not installed`;
}

/** `open`: with an unlocked default keyring. `empty`: the keyring service runs, but there is no default keyring. */
export async function startKeyring(kind: "open" | "empty" = "open"): Promise<PrivateKeyring> {
  const home = mkdtempSync(join(tmpdir(), "lamplighter-keyring-"));
  mkdirSync(join(home, "run"), { mode: 0o700 });
  const address = `unix:path=${join(home, "bus")}`;
  const env = {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: home,
    LANG: "C.UTF-8",
    XDG_RUNTIME_DIR: join(home, "run"),
    DBUS_SESSION_BUS_ADDRESS: address,
  };
  const bus = spawn("dbus-daemon", ["--session", "--nofork", "--nopidfile", `--address=${address}`], { env, stdio: "ignore" });
  await until(() => existsSync(join(home, "bus")));

  const mode = kind === "open" ? ["--unlock"] : ["--start"];
  const daemon = spawn("gnome-keyring-daemon", [...mode, "--foreground", "--components=secrets"], {
    env,
    stdio: ["pipe", "ignore", "ignore"],
  });
  daemon.stdin?.end(kind === "open" ? "a password for nobody" : "");
  const asks = (...args: string[]) =>
    execFileSync("busctl", ["--user", ...args], { env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  await until(() => asks("list", "--acquired", "--no-pager").includes("org.freedesktop.secrets"));

  return {
    env,
    lock: () => {
      const service = "/org/freedesktop/secrets";
      asks("call", "org.freedesktop.secrets", service, "org.freedesktop.Secret.Service", "Lock", "ao", "1", `${service}/collection/login`);
    },
    stop: () => {
      daemon.kill("SIGKILL");
      bus.kill("SIGKILL");
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function until(ready: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (ready()) return;
    await wait(25);
  }
  throw new Error("the private keyring did not start within five seconds");
}
