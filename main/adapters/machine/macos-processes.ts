import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { Processes } from "../../core/ports/machine.ts";
import { parsePs, psColumns } from "./parse-ps.ts";

const mostFound = 50;

export type MacosProcessesOptions = { readonly commands: CommandRunner; readonly ps?: string };

/** Reads `ps`, which also exists on Linux with the same columns. Neither we nor the `ps` itself is ever found. */
export function macosProcesses({ commands, ps = "/bin/ps" }: MacosProcessesOptions): Processes {
  const list = async (...which: readonly string[]) => {
    const args = ["-ww", ...which, "-o", psColumns];
    const outcome = await commands.run({ file: ps, args, env: { LC_ALL: "C", TZ: "UTC" }, timeoutMs: 3000, maxBytes: 4 << 20 });
    return "stdout" in outcome ? parsePs(outcome.stdout) : [];
  };
  return {
    inspect: async (pid) => (await list("-p", String(pid)))[0] ?? null,
    async find(matches) {
      const all = await list("-A");
      const others = all.filter((each) => each.pid !== process.pid && !each.command.includes(psColumns));
      return others.filter((each) => each.command.search(matches) >= 0).slice(0, mostFound);
    },
  };
}
