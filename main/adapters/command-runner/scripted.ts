import { basename, isAbsolute, join } from "node:path";
import type { World } from "../../core/model/world.ts";
import type { CommandOutcome, CommandRequest, CommandRunner } from "../../core/ports/command-runner.ts";
import { cappedOutput } from "./capped-output.ts";

type Script = World["commands"][number];
/** Starts a unit for a program that does so; answers with what stood in its way. */
export type StartsUnit = (unit: NonNullable<Script["starts"]>) => Promise<string | undefined>;

/** Answers commands from the world's scripts. A script without an `exitCode` exits 0; one without `takesMs` answers at once. */
export function scriptedCommandRunner(world: () => World, starts?: StartsUnit): CommandRunner {
  const locateAll = async (name: string, extraDirs: readonly string[] = []) => placesOf(world(), name, extraDirs);
  return {
    locateAll,
    locate: async (name, extraDirs) => (await locateAll(name, extraDirs))[0] ?? null,
    async run(request) {
      const scripts = world().commands.filter((script) => isProgram(script, request.file));
      if (scripts.length === 0) return { kind: "not-found", reason: `No program named ${request.file} in this world.` };
      const script = scripts.find(({ argv }) => argv.slice(1).every((word, at) => word === request.args[at]));
      if (script === undefined) return play({ argv: [], exitCode: 2, stderr: "This world does not know these arguments.\n" }, request);
      const outcome = await play({ ...script, ...script.says?.(world()) }, request);
      if (script.starts === undefined || outcome.kind !== "exited" || outcome.exitCode !== 0) return outcome;
      const trouble = await starts?.(script.starts);
      return trouble === undefined ? outcome : { ...outcome, exitCode: 1, stdout: "", stderr: `${trouble}\n` };
    },
  };
}

/** A script may name its program with or without a folder, and so may the caller. */
function isProgram(script: Script, file: string): boolean {
  const named = script.argv[0] ?? "";
  return named === file || ((!isAbsolute(named) || !isAbsolute(file)) && basename(named) === basename(file));
}

function placesOf(world: World, name: string, extraDirs: readonly string[]): readonly string[] {
  const folders = [...(world.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(":"), ...extraDirs];
  const programs = world.commands.map((script) => script.argv[0] ?? "");
  const installed = folders.map((folder) => join(folder, name)).filter((path) => path in world.files || programs.includes(path));
  const somewhere = programs.includes(name) && installed.length === 0 ? [`/usr/bin/${name}`] : [];
  return [...new Set([...installed, ...somewhere])];
}

async function play(script: Script, request: CommandRequest): Promise<CommandOutcome> {
  const stdout = cappedOutput(request.maxBytes ?? 1_048_576);
  const stderr = cappedOutput(request.maxBytes ?? 1_048_576);
  const takesMs = script.takesMs ?? 0;
  const lastsMs = Math.min(takesMs, request.timeoutMs);
  const cancelled = await pause(lastsMs, request.signal);
  if (cancelled) return { kind: "cancelled", stdout: "", stderr: "", durationMs: 0 };
  if (takesMs > request.timeoutMs) return { kind: "timed-out", stdout: "", stderr: "", durationMs: lastsMs };
  stdout.push(new TextEncoder().encode(script.stdout ?? ""));
  stderr.push(new TextEncoder().encode(script.stderr ?? ""));
  return {
    kind: "exited",
    exitCode: script.exitCode ?? 0,
    stdout: stdout.text(),
    stderr: stderr.text(),
    truncated: stdout.truncated || stderr.truncated,
    durationMs: lastsMs,
  };
}

/** Resolves to whether the signal ended the wait. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal?.aborted) return Promise.resolve(true);
  if (ms <= 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const cancel = () => done(true);
    const timer = setTimeout(() => done(false), ms);
    const done = (byCaller: boolean) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
      resolve(byCaller);
    };
    signal?.addEventListener("abort", cancel, { once: true });
  });
}
