import { statfs } from "node:fs/promises";
import { availableParallelism, freemem, loadavg, networkInterfaces, totalmem, uptime } from "node:os";
import type { DiskFacts, Host, HostFacts } from "../../core/ports/machine.ts";

/** What the systems tell in different ways; a null is filled from what Node knows. */
export type SystemFigures = {
  readonly memory: HostFacts["memory"] | null;
  readonly bootedMs: number | null;
  readonly clockSynchronised?: boolean;
};

/** The parts of the Host port that Node answers the same way everywhere, around the figures of one system. */
export function localHost(figures: () => Promise<SystemFigures>): Host {
  return {
    async facts() {
      const { memory, bootedMs, clockSynchronised } = await figures();
      return {
        memory: memory ?? { totalBytes: totalmem(), availableBytes: freemem(), swapTotalBytes: 0, swapUsedBytes: 0 },
        load1: loadavg()[0] ?? 0,
        cpuCount: availableParallelism(),
        bootedMs: bootedMs ?? Date.now() - uptime() * 1000,
        ...(clockSynchronised === undefined ? {} : { clockSynchronised }),
      };
    },
    disk: readDisk,
    addresses: async () =>
      Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
        addresses.map(({ address, internal, family }) => ({
          interface: name,
          address,
          internal,
          family: family === "IPv6" ? ("ipv6" as const) : ("ipv4" as const),
        })),
      ),
  };
}

/** Free space is what an ordinary account can use. File systems without a fixed number of inodes report none. */
async function readDisk(path: string): Promise<DiskFacts | null> {
  const system = await statfs(path).catch(() => null);
  if (!system) return null;
  return {
    path,
    totalBytes: system.blocks * system.bsize,
    freeBytes: system.bavail * system.bsize,
    ...(system.files > 0 ? { freeInodesPercent: (system.ffree / system.files) * 100 } : {}),
  };
}
