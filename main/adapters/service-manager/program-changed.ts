import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { Files } from "../../core/ports/files.ts";
import type { LaunchdJob } from "./launchctl-jobs.ts";

/** Times of files and of processes are told in different fractions. */
const slackMs = 2000;

/**
 * Whether the program of a running job was replaced after that process started. launchd remembers the identity of the program it
 * loaded and kills a changed one, and not every release says so beforehand. False when it cannot be told.
 */
export async function programChanged({ reading, definition }: LaunchdJob, commands: CommandRunner, files: Files): Promise<boolean> {
  const program = definition?.program;
  if (reading.kind !== "loaded" || reading.pid === undefined || !program?.startsWith("/")) return false;
  const facts = await files.facts(program);
  if (facts === null) return false;
  const args = ["-o", "lstart=", "-p", String(reading.pid)];
  const outcome = await commands.run({ file: "/bin/ps", args, timeoutMs: 3000, env: { LC_ALL: "C", TZ: "UTC" } });
  const startedMs = outcome.kind === "exited" && outcome.exitCode === 0 ? Date.parse(`${outcome.stdout.trim()} UTC`) : Number.NaN;
  return facts.modifiedMs > startedMs + slackMs;
}
