import { z } from "zod";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { ProcessFacts } from "../../../../core/ports/machine.ts";
import { isoTime } from "../../../probes/log-signature/iso-time.ts";
import { join } from "./paths.ts";

const Lock = z.object({
  pid: z.number().int().positive(),
  createdAt: z.string().optional(),
  // Another port than there can be is not told: then the one of the configuration counts.
  port: z.number().int().min(1).max(65_535).optional().catch(undefined),
  configPath: z.string().optional(),
  role: z.string().optional(),
});

/** The lock a gateway keeps while it lives. A lock whose process is gone was left by a gateway that did not stop in order. */
export type GatewayLock = {
  readonly pid: number;
  readonly port?: number;
  readonly createdMs?: number;
  /** The process, when it still is the one that made the lock. */
  readonly owner?: ProcessFacts;
};

/** OpenClaw pads the file with blanks behind the JSON. */
function parse(content: string): z.output<typeof Lock> | undefined {
  try {
    return Lock.safeParse(JSON.parse(content.slice(0, content.lastIndexOf("}") + 1))).data;
  } catch {
    return undefined;
  }
}

/** A process that began after the lock was made only inherited its number. */
const madeBy = (owner: ProcessFacts, createdMs: number | undefined): boolean =>
  owner.state !== "zombie" && (owner.startedMs === undefined || createdMs === undefined || owner.startedMs <= createdMs + 2_000);

/** Reads the lock of a state folder: the place of current releases first, then where older ones kept theirs. */
export async function readLock(stateDir: string, context: Pick<ProbeContext, "ports">): Promise<GatewayLock | undefined> {
  const { environment, files, processes } = context.ports;
  const folder = join(stateDir, "tmp", `openclaw-${environment.uid}`);
  const older = join(environment.tempDir, `openclaw-${environment.uid}`);
  const names = (await files.list(older)).filter((name) => /^gateway\.[0-9a-f]+\.lock$/.test(name)).slice(0, 8);
  for (const path of [join(folder, "gateway.state.lock"), ...names.map((name) => join(older, name))]) {
    const file = await files.read(path, { maxBytes: 65_536 });
    const lock = file.kind === "text" ? parse(file.text) : undefined;
    if (lock === undefined || (lock.role !== undefined && lock.role !== "gateway")) continue;
    if (!path.startsWith(folder) && lock.configPath?.startsWith(`${stateDir}/`) !== true) continue;
    const createdMs = lock.createdAt === undefined ? undefined : isoTime(lock.createdAt);
    const process = await processes.inspect(lock.pid);
    const owner = process !== null && madeBy(process, createdMs) ? process : undefined;
    return {
      pid: lock.pid,
      ...(lock.port === undefined ? {} : { port: lock.port }),
      ...(createdMs === undefined ? {} : { createdMs }),
      ...(owner === undefined ? {} : { owner }),
    };
  }
  return undefined;
}
