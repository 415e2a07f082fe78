import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The release whose behaviour the real suite proves. */
export const openclawVersion = "2026.9.6";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** A Node that OpenClaw accepts (24.16 or newer): our own when it is one, else the one of this repository. */
export const nodeBinary: string =
  Number(process.versions.node.split(".")[0]) >= 24 ? process.execPath : join(repository, "node_modules", "node", "bin", "node");

const cacheRoot = (): string => {
  const set = process.env["XDG_CACHE_HOME"];
  if (set !== undefined && set !== "") return set;
  return process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
};

const entryIn = (folder: string): string => join(folder, "node_modules", "openclaw", "openclaw.mjs");

const isComplete = (folder: string): boolean => {
  const manifest = join(folder, "node_modules", "openclaw", "package.json");
  return existsSync(entryIn(folder)) && readFileSync(manifest, "utf8").includes(`"version": "${openclawVersion}"`);
};

/**
 * Path of the real program's entry file, in a cache folder of its own outside this repository. Installs it there the first
 * time, which takes about a minute and 800 MB. Two test runs at once are fine: the last one to finish wins the rename.
 */
export async function installOpenClaw(): Promise<string> {
  const folder = join(cacheRoot(), `lamplighter-openclaw-${openclawVersion}`);
  if (isComplete(folder)) return entryIn(folder);
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}.`);
  try {
    const args = ["install", "--prefix", fresh, "--no-audit", "--no-fund", "--ignore-scripts", `openclaw@${openclawVersion}`];
    const path = [dirname(nodeBinary), process.env["PATH"] ?? ""].join(delimiter);
    await promisify(execFile)("npm", args, { cwd: fresh, env: { ...process.env, PATH: path }, timeout: 540_000, maxBuffer: 16_777_216 });
    if (!isComplete(fresh)) throw new Error(`npm ended well, but openclaw ${openclawVersion} is not in ${fresh}`);
    if (!isComplete(folder)) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(fresh, folder);
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return entryIn(folder);
}
