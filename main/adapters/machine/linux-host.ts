import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Host } from "../../core/ports/machine.ts";
import { localHost } from "./local-host.ts";
import { parseMeminfo } from "./parse-host.ts";
import { parseBootTime } from "./parse-proc.ts";

/** Reads `/proc`, and the mark that systemd's time keeper leaves. `root` stands before these paths in tests. */
export function linuxHost(root = "/"): Host {
  const read = (path: string) => readFile(join(root, path), "utf8").catch(() => "");
  return localHost(async () => {
    const [meminfo, pressure, stat] = await Promise.all(["proc/meminfo", "proc/pressure/memory", "proc/stat"].map(read));
    const synchronised = clockMark(root);
    return {
      memory: parseMeminfo(meminfo ?? "", pressure ?? ""),
      bootedMs: parseBootTime(stat ?? ""),
      ...(synchronised === undefined ? {} : { clockSynchronised: synchronised }),
    };
  });
}

/** Unknown where another time keeper is at work, because then nobody leaves the mark. */
function clockMark(root: string): boolean | undefined {
  const folder = join(root, "run/systemd/timesync");
  return existsSync(folder) ? existsSync(join(folder, "synchronized")) : undefined;
}
