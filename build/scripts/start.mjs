// `npm start`: the menu bar program where Electron can run, the same page in the browser everywhere else.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { calmFlags, ensureInstalled, giveUp, node24, ownEnvironment, root, runTool, say } from "./ensure.mjs";
import { replaceBy } from "./replace.mjs";

const FETCH_LIMIT_MS = 20_000;

ensureInstalled();
const refusal = noElectronBecause();
if (refusal === null) {
  buildIfStale(["renderer", "preload", "electron"]);
  // Electron is handed the repository: package.json names the entry file.
  replaceBy(electronBinary(), [root, ...process.argv.slice(2)], { env: ownEnvironment() });
} else {
  buildIfStale(["renderer"]);
  say(`Electron is not used here (${refusal}); serving the same page for your browser instead.`);
  const serve = [join(root, "main", "hosts", "cli", "main.ts"), "serve", "--open-demo-if-empty", ...process.argv.slice(2)];
  replaceBy(node24(), [...calmFlags, ...serve], { env: ownEnvironment() });
}

/** Why the menu bar program cannot run here, in a few words; null when it can. Fetches the binary when that is all that is missing. */
function noElectronBecause() {
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return "there is no display";
  if (process.platform === "darwin" && process.env.SSH_CONNECTION) return "this is a remote session without a display";
  if (process.platform === "linux" && process.getuid?.() === 0) return "it refuses to run as root, and we do not switch off its sandbox";
  if (electronBinary() !== null) return null;
  say("Fetching the Electron binary once (20 seconds at most).");
  const fetched = runTool("install-electron", ["--no"], { stdio: "ignore", timeout: FETCH_LIMIT_MS, killSignal: "SIGKILL" });
  if (fetched.status === 0 && electronBinary() !== null) return null;
  return "its binary did not arrive within 20 seconds; `npx install-electron --no` fetches it without that limit";
}

function electronBinary() {
  const folder = join(root, "node_modules", "electron");
  const name = join(folder, "path.txt");
  if (!existsSync(name)) return null;
  const binary = join(folder, "dist", readFileSync(name, "utf8"));
  return existsSync(binary) ? binary : null;
}

/** Builds the bundles whose newest source is younger than what was built from it. */
function buildIfStale(names) {
  const sources = ["main", "preload", "renderer", "build/scripts", "package-lock.json"];
  const newest = Math.max(...sources.map((path) => newestIn(join(root, path))));
  const stale = names.filter((name) => newestIn(join(root, "out", name)) < newest);
  if (stale.length === 0) return;
  const built = spawnSync(node24(), [join(root, "build", "scripts", "build.mjs"), ...stale], { cwd: root, stdio: ["ignore", 2, 2] });
  if (built.status !== 0) giveUp("The page could not be built; the reason is above.");
}

/** Modification time of the youngest file below a path, epoch milliseconds; 0 when there is none. */
function newestIn(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const below = readdirSync(path).map((name) => newestIn(join(path, name)));
  return Math.max(0, ...below);
}
