import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../main/hosts/cli/main.ts", import.meta.url));

export type CliEnd = { readonly code: number | null; readonly signal: string | null; readonly out: string; readonly errors: string };

export type RunningCli = {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly errors: () => string;
  readonly done: Promise<CliEnd>;
};

/** A throw-away account: its own home, state folder and PATH, so that nothing of the real machine's stacks is found. */
export function throwAwayHome() {
  const home = mkdtempSync(join(tmpdir(), "lamplighter-home-"));
  const env = { HOME: home, LAMPLIGHTER_HOME: join(home, "lamplighter"), PATH: "/usr/bin:/bin", LANG: "C.UTF-8" };
  return { home, env, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** Starts the command line from source, as `npm run cli` does, and keeps what it writes. */
export function startCli(argv: readonly string[], env: Readonly<Record<string, string>>, input = ""): RunningCli {
  const child = spawn(process.execPath, [MAIN, ...argv], { env, stdio: ["pipe", "pipe", "pipe"] });
  let out = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  // The program may end before it has read everything.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const done = new Promise<CliEnd>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, out, errors }));
  });
  return { child, out: () => out, errors: () => errors, done };
}

export const runCliProcess = (argv: readonly string[], env: Readonly<Record<string, string>>, input = ""): Promise<CliEnd> =>
  startCli(argv, env, input).done;
