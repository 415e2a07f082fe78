import type { CommandOutcome } from "../../../../core/ports/command-runner.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { firstJson } from "../knowledge/loose.ts";
import { prune } from "../knowledge/prune.ts";
import type { Gateway } from "./gateway.ts";

/** What a slow command answered. `payload` is its JSON, cut to size; undefined when there was none. */
export type SlowAnswer = { readonly outcome: CommandOutcome["kind"]; readonly payload: unknown };

/** One read-only command of OpenClaw takes seconds, on a busy machine a minute. Milliseconds. */
export const slowestMs = 115_000;

/** The variables that make the command look at this installation and at no other. */
function selecting({ place }: Gateway): Readonly<Record<string, string>> {
  return {
    OPENCLAW_STATE_DIR: place.stateDir,
    OPENCLAW_CONFIG_PATH: place.configPath,
    OPENCLAW_NO_AUTO_UPDATE: "1",
    NO_COLOR: "1",
    TERM: "dumb",
    ...(place.profile === undefined ? {} : { OPENCLAW_PROFILE: place.profile }),
  };
}

/** Runs one command of the located program to its end, or until somebody cancels. */
export async function askSlowly(
  gateway: Gateway,
  binary: string,
  args: readonly string[],
  { ports, progress, signal }: ProbeContext,
): Promise<SlowAnswer> {
  progress(`Running openclaw ${args.join(" ")}`);
  const request = { file: binary, args, env: selecting(gateway), timeoutMs: slowestMs, maxBytes: 4_194_304, signal };
  const outcome = await ports.commands.run(request);
  return { outcome: outcome.kind, payload: outcome.kind === "exited" ? prune(firstJson(outcome.stdout)).value : undefined };
}
