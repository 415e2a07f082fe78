import { z } from "zod";
import { defineProbe } from "../../../core/model/check.ts";
import type { ProbeContext } from "../../../core/ports/index.ts";
import type { ProcessFacts } from "../../../core/ports/machine.ts";
import { oneLine, showBytes } from "../summary.ts";

/** Where a process id comes from when it is not searched by its command line: a pid file, a port owner, a service unit. */
export type PidSource = (context: ProbeContext) => Promise<number | null>;

export const ProcessOptions = z.object({
  /** What is looked for, in the user's words. */
  name: z.string().default("the process"),
  find: z.union([z.instanceof(RegExp), z.custom<PidSource>((value) => typeof value === "function")]),
});

/** Finds processes by command line or by pid and tells whether they live. A stopped (SIGSTOP) process is frozen, not alive. */
export const processProbe = defineProbe<typeof ProcessOptions, readonly ProcessFacts[]>({
  type: "process",
  options: ProcessOptions,
  observe: async ({ find }, context) => {
    if (find instanceof RegExp) return context.ports.processes.find(find);
    const pid = await find(context);
    const facts = pid === null ? null : await context.ports.processes.inspect(pid);
    return facts === null ? [] : [facts];
  },
  judge: ({ name }, seen) => {
    const shown = oneLine(name, 40);
    const alive = seen.filter((one) => one.state !== "zombie");
    const first = alive[0];
    if (first === undefined) return { light: "red", summary: `No sign of ${shown}` };
    const frozen = alive.find((one) => one.state === "stopped");
    if (frozen !== undefined) return { light: "red", summary: `Process ${frozen.pid} (${shown}) is stopped: alive, but frozen` };
    const memory = first.rssBytes === undefined ? "" : `, ${showBytes(first.rssBytes)}`;
    return {
      light: "green",
      summary: alive.length === 1 ? `Process ${first.pid} runs${memory}` : `${alive.length} processes run`,
    };
  },
});
