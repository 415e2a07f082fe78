import { z } from "zod";
import { defineProbe } from "../../../core/model/check.ts";
import type { Light } from "../../../core/model/light.ts";
import type { CommandOutcome } from "../../../core/ports/command-runner.ts";
import { oneLine, showDuration } from "../summary.ts";

export const CommandOptions = z.object({
  /** Program and arguments, no shell. The program is an absolute path or a name on PATH. */
  argv: z.array(z.string()).min(1),
  cwd: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  timeoutMs: z.number().positive().default(5_000),
  maxBytes: z.number().positive().default(65_536),
  okExitCodes: z.array(z.number().int()).default([0]),
  /** Read the exit code as monitoring plugins mean it: 0 good, 1 warning, 2 critical, 3 unknown; the first line is the summary. */
  nagios: z.boolean().default(false),
});

const pluginLights: readonly Light[] = ["green", "amber", "red", "grey"];

/** First line a program wrote, without a monitoring plugin's performance figures after the bar. */
function firstLine(outcome: { readonly stdout: string; readonly stderr: string }, plugin: boolean): string {
  const text = outcome.stdout.trim() === "" ? outcome.stderr : outcome.stdout;
  const line = text.trimStart().split("\n", 1)[0] ?? "";
  return oneLine(plugin ? (line.split("|", 1)[0] ?? "") : line);
}

/** Runs a program that only looks. A program that cannot be run or does not end is grey, never green. */
export const commandProbe = defineProbe<typeof CommandOptions, CommandOutcome>({
  type: "command",
  options: CommandOptions,
  observe: async ({ argv, cwd, env, timeoutMs, maxBytes }, { ports, signal }) => {
    const [file, ...args] = argv;
    if (file === undefined) return { kind: "not-found", reason: "no program was named" };
    const request = { file, args, timeoutMs, maxBytes, signal };
    return ports.commands.run({ ...request, ...(cwd === undefined ? {} : { cwd }), ...(env === undefined ? {} : { env }) });
  },
  judge: ({ argv, okExitCodes, nagios, timeoutMs }, outcome) => {
    const program = oneLine(argv[0] ?? "", 40);
    switch (outcome.kind) {
      case "exited": {
        const said = firstLine(outcome, nagios);
        if (nagios) return { light: pluginLights[outcome.exitCode] ?? "grey", summary: said === "" ? `${program} said nothing` : said };
        if (okExitCodes.includes(outcome.exitCode)) return { light: "green", summary: said === "" ? `${program} ended well` : said };
        return { light: "red", summary: oneLine(`${program} ended with ${outcome.exitCode}${said === "" ? "" : `: ${said}`}`) };
      }
      case "killed":
        return { light: "grey", summary: `${program} was ended by ${oneLine(outcome.signal, 20)}` };
      case "timed-out":
        return { light: "grey", summary: `${program} did not end within ${showDuration(timeoutMs)}` };
      case "cancelled":
        return { light: "grey", summary: `${program} was cancelled` };
      case "not-found":
        return { light: "grey", summary: `${program} is not on this machine` };
      case "not-executable":
        return { light: "grey", summary: `${program} cannot be run` };
    }
  },
});
