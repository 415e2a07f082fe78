import type { ChildProcess } from "node:child_process";
import { stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { CommandOutcome, CommandRequest, CommandRunner } from "../../core/ports/command-runner.ts";
import { type CappedOutput, cappedOutput } from "./capped-output.ts";
import { endProcessTree } from "./end-process-tree.ts";
import { endWithUs } from "./end-with-us.ts";
import { minimalEnvironment } from "./minimal-environment.ts";
import { pathFolders, programState, programsNamed } from "./program-path.ts";

export type ExecaOptions = {
  /** Our own environment, of which only a few variables are passed on (default: this process's). */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** How long a program may take to end after SIGTERM, milliseconds (default 400). */
  readonly graceMs?: number;
};

const defaultMaxBytes = 1_048_576;

/** After a program ended, a child it left behind may hold its output open; we read on for this long, milliseconds. */
const drainMs = 150;

/** Node fires timers beyond this at once. */
const longestTimerMs = 2 ** 31 - 1;

type Spawned = { readonly child: ChildProcess; readonly settled: Promise<unknown> };

/** Runs programs with execa: never through a shell, in a process group of their own, with capped output. */
export function execaCommandRunner(options: ExecaOptions = {}): CommandRunner {
  const variables = options.variables ?? process.env;
  const folders = (extra: readonly string[] = []) => [...pathFolders(minimalEnvironment(variables)["PATH"]), ...extra];
  const locateAll = (name: string, extra?: readonly string[]) => programsNamed(name, folders(extra));
  return {
    locateAll,
    locate: async (name, extra) => (await locateAll(name, extra))[0] ?? null,
    async run(request) {
      const began = performance.now();
      if (request.signal?.aborted) return { kind: "cancelled", stdout: "", stderr: "", durationMs: 0 };
      const file = isAbsolute(request.file) ? request.file : (await locateAll(request.file))[0];
      const obstacle = await obstacleTo(file, request);
      if (obstacle || file === undefined) return obstacle ?? { kind: "not-found", reason: "No such program." };
      const spawned = await spawn(file, request, minimalEnvironment(variables, request.env));
      return "kind" in spawned ? spawned : follow(spawned, request, options.graceMs ?? 400, began);
    },
  };
}

/** Reasons name the program only: arguments, input and environment may hold secrets. */
async function obstacleTo(file: string | undefined, request: CommandRequest): Promise<CommandOutcome | null> {
  if (file === undefined) return { kind: "not-found", reason: `No program named ${request.file} on PATH.` };
  const state = await programState(file);
  if (state === "missing") return { kind: "not-found", reason: `Nothing is at ${file}.` };
  if (state === "not-executable") return { kind: "not-executable", reason: `${file} is not a program we may run.` };
  if (request.cwd === undefined) return null;
  const folder = await stat(request.cwd).catch(() => null);
  return folder?.isDirectory() ? null : { kind: "not-executable", reason: `The folder ${request.cwd} to run in does not exist.` };
}

async function spawn(file: string, request: CommandRequest, env: Readonly<Record<string, string>>): Promise<Spawned | CommandOutcome> {
  // Loaded on first use: most starts of the command line tool never run a program.
  const { execa } = await import("execa");
  try {
    const subprocess = execa(file, request.args, {
      env,
      extendEnv: false,
      shell: false,
      reject: false,
      buffer: false,
      killDescendants: true,
      ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
      stdin: request.stdin === undefined ? "ignore" : "pipe",
      stdout: "pipe",
      stderr: "pipe",
    });
    const child = subprocess.nodeChildProcess;
    child.stdin?.on("error", ignoreClosedInput).end(request.stdin);
    if (child.pid !== undefined) return { child, settled: subprocess };
    await subprocess;
  } catch {
    // The error repeats arguments and values, such as one with a NUL character, so nothing of it is passed on.
  }
  return { kind: "not-executable", reason: `${file} could not be started.` };
}

/** A program may end, or close its input, without reading all of it. */
const ignoreClosedInput = (): void => {};

type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

async function follow({ child, settled }: Spawned, request: CommandRequest, graceMs: number, began: number): Promise<CommandOutcome> {
  const stdout = cappedOutput(request.maxBytes ?? defaultMaxBytes);
  const stderr = cappedOutput(request.maxBytes ?? defaultMaxBytes);
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const ended = new Promise<Ending>((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  child.stdout?.on("data", stdout.push);
  child.stderr?.on("data", stderr.push);

  const letGo = endWithUs(child.pid ?? 0);
  const stop = stopping(request);
  const first = await Promise.race([ended, stop.reached]);
  stop.forget();
  if (typeof first === "string") {
    await endProcessTree(child.pid ?? 0, { graceMs });
    await Promise.race([ended, wait(200, undefined, { ref: false })]);
  } else {
    await Promise.race([closed, wait(drainMs)]);
  }
  letGo();
  release(child, settled);
  return outcome(first, stdout, stderr, performance.now() - began);
}

function stopping(request: CommandRequest) {
  let forget = (): void => {};
  const reached = new Promise<"timed-out" | "cancelled">((resolve) => {
    const cancel = () => resolve("cancelled");
    // Not at once: when timers run late, the program may have ended in time, and that is read between timers and immediates.
    const expire = () => setImmediate(() => resolve("timed-out"));
    const timer = setTimeout(expire, Math.min(request.timeoutMs, longestTimerMs));
    request.signal?.addEventListener("abort", cancel, { once: true });
    if (request.signal?.aborted) cancel();
    forget = () => {
      clearTimeout(timer);
      request.signal?.removeEventListener("abort", cancel);
    };
  });
  return { reached, forget: () => forget() };
}

/** Lets go of pipes that a child left behind may still hold open. */
function release(child: ChildProcess, settled: Promise<unknown>): void {
  settled.catch(() => {});
  for (const stream of child.stdio) stream?.destroy();
}

function outcome(first: Ending | "timed-out" | "cancelled", out: CappedOutput, err: CappedOutput, ms: number): CommandOutcome {
  const shown = { stdout: out.text(), stderr: err.text(), durationMs: Math.round(ms) };
  if (typeof first === "string") return { kind: first, ...shown };
  if (first.code === null) return { kind: "killed", signal: first.signal ?? "unknown", ...shown };
  return { kind: "exited", exitCode: first.code, truncated: out.truncated || err.truncated, ...shown };
}
