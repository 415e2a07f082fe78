// What the test suites need from the machine beyond npm packages, and what may honestly be missing.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { delimiter, join } from "node:path";
import { root, say } from "./ensure.mjs";

/** Debian packages behind the real suites: a browser, a real keyring, a real user service manager, a virtual display. */
const debianPackages = [
  "gnome-keyring",
  "dbus",
  "dbus-user-session",
  "libsecret-1-0",
  "libsecret-tools",
  "systemd",
  "lsof",
  "procps",
  "xvfb",
];

const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Installs what is missing when this is Debian and we are root; otherwise says what to install and gives false. */
export function ensureMachineParts() {
  if (process.platform !== "linux") return true;
  if (!existsSync("/etc/debian_version")) {
    say(`The real suites need, from your distribution: ${browsers[0]} ${debianPackages.join(" ")}.`);
    return true;
  }
  const missing = debianPackages.filter((name) => !isPackageInstalled(name));
  if (!browsers.some(isOnPath)) missing.unshift("chromium");
  if (missing.length === 0) return true;
  if (process.getuid?.() !== 0) {
    say(
      `The test suites need Debian packages that are not here. Please run:\n  sudo apt-get install --no-install-recommends ${missing.join(" ")}`,
    );
    return false;
  }
  say(`Installing Debian packages the test suites need: ${missing.join(" ")}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (args) => spawnSync("apt-get", ["-q", ...args], { env, stdio: ["ignore", "ignore", 2] }).status === 0;
  return apt(["update"]) && apt(["install", "-y", "--no-install-recommends", ...missing]);
}

function isPackageInstalled(name) {
  const asked = spawnSync("dpkg-query", ["-W", "-f=$" + "{Status}", name], { encoding: "utf8" });
  return asked.status === 0 && asked.stdout.includes("ok installed");
}

/** True when a program of that name can be started by name. */
export function isOnPath(name) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/** True when the Electron binary was fetched; it is not part of the npm package. */
export function isElectronFetched() {
  const name = join(root, "node_modules", "electron", "path.txt");
  return existsSync(name) && existsSync(join(root, "node_modules", "electron", "dist", readFileSync(name, "utf8")));
}

/** True where a window can be opened. */
export function hasScreen(env = process.env) {
  return process.platform === "darwin" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * A virtual screen for a real Electron on a machine without one: gives `{ env, stop }`, or null when it is not needed or
 * cannot be had. The X server picks a free number itself.
 */
export async function startScreen(isNeeded = !hasScreen() && isElectronFetched()) {
  if (!isNeeded || !isOnPath("Xvfb")) return null;
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const number = await new Promise((resolve) => {
    server.stdio[3].once("data", (data) => resolve(String(data).trim()));
    server.once("exit", () => resolve(null));
    server.once("error", () => resolve(null));
  });
  return number === null ? null : { env: { DISPLAY: `:${number}` }, stop: () => server.kill() };
}

/**
 * Reasons for which a test may be skipped, as they stand in its title: `(needs macOS)`.
 * A reason counts only while it is true: a test that needs macOS and is skipped on macOS fails the run.
 */
const absences = [
  { need: /\bmacOS\b/, missing: () => process.platform !== "darwin" },
  { need: /\bLinux\b/, missing: () => process.platform !== "linux" },
  { need: /\bDebian\b/, missing: () => !existsSync("/etc/debian_version") },
  { need: /\bElectron\b/, missing: () => !isElectronFetched() },
  { need: /\bscreen\b/, missing: () => !hasScreen() },
  { need: /\bsamples\b/, missing: () => !existsSync(join(root, "..", "shared", "samples")) },
  { need: /\blsof\b/, missing: () => !isOnPath("lsof") },
  { need: /\bXvfb\b/, missing: () => !isOnPath("Xvfb") },
  { need: /\ba keyring\b/, missing: () => !["gnome-keyring-daemon", "dbus-run-session"].every(isOnPath) },
  { need: /\ba user service manager\b/, missing: () => !mayStartUserManager() },
  {
    need: /\ba network interface\b/,
    missing: () =>
      Object.values(networkInterfaces())
        .flat()
        .every((one) => one?.internal !== false),
  },
  { need: /\broot\b/, missing: () => process.getuid?.() !== 0 },
  { need: /\ban ordinary account\b/, missing: () => process.getuid?.() === 0 },
];

/** A second systemd needs its own mount name space and control group, which only root gets, and not in every container. */
function mayStartUserManager() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const hasGroups = ["/sys/fs/cgroup", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified"].some((at) =>
    existsSync(join(at, "cgroup.procs")),
  );
  return hasGroups && spawnSync("unshare", ["--mount", "true"], { stdio: "ignore" }).status === 0;
}

/** Reads `(needs …)` from a full test title. `accepted` says whether that need is truly missing here. */
export function skipReason(title) {
  const reason = /\(needs ([^)]+)\)/.exec(title)?.[1];
  if (reason === undefined) return { reason: "no reason in its title", accepted: false };
  return { reason: `needs ${reason}`, accepted: absences.some(({ need, missing }) => need.test(reason) && missing()) };
}
