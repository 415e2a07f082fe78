// Shared by every script here. Runs on the system's Node (20 or newer) before anything is installed, so: no dependencies.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder, absolute. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

const localBin = join(root, "node_modules", ".bin");
const localNode = join(root, "node_modules", "node", "bin", "node");

/** Says one line to the person at the terminal. On standard error, so that standard output stays what the program printed. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends the script with words instead of a stack trace. */
export function giveUp(line) {
  say(line);
  process.exit(1);
}

/**
 * Compares what is installed with what the lock file asks for: null when they agree, else a few words saying what differs.
 * By content, not by file time: a fresh checkout or an edit that changes nothing must not cause a new installation.
 */
export function differenceFromLock(folder = root) {
  const read = (path) => JSON.parse(readFileSync(join(folder, path), "utf8")).packages;
  if (!existsSync(join(folder, "node_modules", ".package-lock.json"))) return "nothing is installed yet";
  const wanted = read("package-lock.json");
  const installed = read(join("node_modules", ".package-lock.json"));
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "" || entry.link) continue;
    const have = installed[path];
    if (have === undefined ? !entry.optional && !entry.devOptional : have.version !== entry.version) {
      return `${path.replace(/^.*node_modules\//, "")} is ${have === undefined ? "missing" : `${have.version}, not ${entry.version}`}`;
    }
  }
  return null;
}

/**
 * The environment as the person has it: `npm run` puts the node_modules/.bin of this folder and of every folder above it on
 * the PATH. What we look at (and the npm that is about to replace our Node) must see the person's own programs instead.
 */
export function ownEnvironment(env = process.env) {
  const added = new Set([join(root, "node_modules", "node", "bin")]);
  for (let folder = root; !added.has(join(folder, "node_modules", ".bin")); folder = dirname(folder)) {
    added.add(join(folder, "node_modules", ".bin"));
  }
  const kept = (env.PATH ?? "").split(delimiter).filter((folder) => !added.has(folder) && !folder.endsWith("node-gyp-bin"));
  return { ...env, PATH: kept.join(delimiter) };
}

function runNpm(args) {
  return spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2], env: ownEnvironment() }).status === 0;
}

/** Makes node_modules fit the lock file; does and says nothing when it already does. */
export function ensureInstalled() {
  const difference = differenceFromLock();
  if (difference !== null) {
    say(`Installing the packages of the lock file (${difference}); this takes about a minute.`);
    if (!runNpm(["ci", "--loglevel=error", "--no-audit", "--no-fund"])) {
      giveUp("npm ci did not succeed; its message is above. Nothing was started.");
    }
  }
  if (!existsSync(localNode) && majorOf(process.version) < 24) {
    say("Fetching Node 24 through npm, because this system's Node is older.");
    if (!runNpm(["rebuild", "node", "--loglevel=error"]) || !existsSync(localNode)) {
      giveUp(`Lamplighter runs on Node 24; this system has ${process.version} and npm could not bring a newer one.`);
    }
  }
}

const majorOf = (version) => Number(/^v(\d+)/.exec(version)?.[1] ?? 0);

/** The Node 24 that every program of ours runs on: the same major that our Electron embeds. */
export function node24() {
  return existsSync(localNode) ? localNode : process.execPath;
}

/**
 * A watcher is asleep nearly always: compiled code and a large young generation would cost it a quarter of its memory and save
 * it nothing. The bench runs with the same flags.
 */
export const calmFlags = ["--max-semi-space-size=1", "--optimize-for-size", "--no-opt", "--no-maglev", "--no-sparkplug"];

/** Environment in which `node` and the installed tools are ours. */
export function toolEnvironment() {
  const folders = [join(localNode, ".."), localBin, process.env.PATH ?? ""];
  return { ...process.env, PATH: folders.join(delimiter) };
}

/** Runs an installed tool by its name in node_modules/.bin and gives back the spawnSync result. */
export function runTool(name, args, options = {}) {
  return spawnSync(join(localBin, name), args, { cwd: root, env: toolEnvironment(), stdio: "inherit", ...options });
}
