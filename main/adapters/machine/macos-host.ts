import type { CommandRunner } from "../../core/ports/command-runner.ts";
import type { Host } from "../../core/ports/machine.ts";
import { localHost } from "./local-host.ts";
import { parseMacosBootTime, parseMacosMemory, sysctlNames } from "./parse-host.ts";

/** Asks `sysctl` and `vm_stat`, both of which answer in a few milliseconds and need no rights. */
export function macosHost(commands: CommandRunner): Host {
  const ask = async (file: string, args: readonly string[]) => {
    const outcome = await commands.run({ file, args, timeoutMs: 2000 });
    return "stdout" in outcome ? outcome.stdout : "";
  };
  return localHost(async () => {
    const [sysctl, vmStat] = await Promise.all([ask("/usr/sbin/sysctl", sysctlNames), ask("/usr/bin/vm_stat", [])]);
    return { memory: parseMacosMemory(sysctl, vmStat), bootedMs: parseMacosBootTime(sysctl) };
  });
}
