import { quoteArgv } from "../core/model/shell-words.ts";
import type { CommandOutcome } from "../core/ports/command-runner.ts";
import { cancelled, done, type EffectOf, failed, type StepResult, type StepWork } from "./step-work.ts";

const defaultLimitMs = 60_000;
/** Bytes kept of each stream of a command. */
const keptBytes = 65_536;

/** Both streams, as a person would have seen them. */
const said = (outcome: { readonly stdout: string; readonly stderr: string }): string =>
  [outcome.stdout, outcome.stderr].filter((text) => text.trim() !== "").join("\n");

function judge(outcome: CommandOutcome, accepts: readonly number[], limitMs: number): StepResult {
  switch (outcome.kind) {
    case "exited":
      return accepts.includes(outcome.exitCode)
        ? done(`Exit code ${outcome.exitCode}`, said(outcome))
        : failed(`It ended with exit code ${outcome.exitCode}`, said(outcome));
    case "killed":
      return failed(`It was ended by ${outcome.signal}`, said(outcome));
    case "timed-out":
      return failed(`It did not end within ${Math.round(limitMs / 1000)} s and was ended with everything it had started`, said(outcome));
    case "cancelled":
      return { ...cancelled, output: said(outcome) };
    case "not-found":
    case "not-executable":
      return failed(outcome.reason);
  }
}

/** Runs the program by its own words, never through a shell. Only variables that are named get in, with our own values. */
export async function runCommand(effect: EffectOf<"run-command">, { ports, repair }: StepWork): Promise<StepResult> {
  const { argv, cwd, envNames, accepts = [0], timeoutMs = defaultLimitMs } = effect;
  const [file = "", ...args] = argv;
  const env = Object.fromEntries(
    envNames.flatMap((name) => {
      const value = ports.environment.variable(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const outcome = await ports.commands.run({
    file,
    args,
    ...(cwd === undefined ? {} : { cwd }),
    env,
    timeoutMs,
    maxBytes: keptBytes,
    signal: repair.signal,
  });
  const result = judge(outcome, accepts, timeoutMs);
  return result.state === "failed" ? { ...result, detail: `${quoteArgv(argv)}: ${result.detail}` } : result;
}
