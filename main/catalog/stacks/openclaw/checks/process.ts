import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { ProcessFacts } from "../../../../core/ports/machine.ts";
import { readLock } from "../place/lock.ts";
import type { Gateway } from "./gateway.ts";
import { ownCheck } from "./own-check.ts";

/** The gateway's process, without its command line. `ageMs` at the time of looking. */
export type GatewayProcess = Pick<ProcessFacts, "pid" | "state"> & { readonly ageMs?: number; readonly rssBytes?: number };

export type ProcessSeen = {
  /** Owner of the instance lock. */
  readonly owner?: GatewayProcess;
  /** Process that left its lock behind when it ended: it was killed, it did not stop. */
  readonly gone?: { readonly pid: number };
  /** Gateways so young that they have no lock yet. They may belong to somebody else. */
  readonly newborn: readonly GatewayProcess[];
  readonly atMs: number;
};

/** A gateway takes its lock some seconds after its process began, milliseconds. */
const newbornMs = 30_000;
const starting =
  /^(?:\S*\/)?(?:node|bun|openclaw|clawdbot|moltbot)\S*\s(?:.{0,400}(?:openclaw|clawdbot|moltbot)\S*\s)?(?:--\S+\s+)*gateway(?:\s+(?:run\b|--)|\s*$)|^openclaw(?:-gateway)?\s*$/;

function shown(facts: ProcessFacts, nowMs: number): GatewayProcess {
  return {
    pid: facts.pid,
    state: facts.state,
    ...(facts.startedMs === undefined ? {} : { ageMs: nowMs - facts.startedMs }),
    ...(facts.rssBytes === undefined ? {} : { rssBytes: facts.rssBytes }),
  };
}

async function look({ place }: Gateway, context: ProbeContext): Promise<ProcessSeen> {
  const { clock, environment, processes } = context.ports;
  const atMs = clock.nowMs();
  const lock = await readLock(place.stateDir, context);
  if (lock?.owner !== undefined) return { owner: shown(lock.owner, atMs), newborn: [], atMs };
  const found = await processes.find(starting);
  // Whoever comes after a gateway that was killed began after that one took its lock; anybody older is another gateway.
  const earliestMs = Math.max(atMs - newbornMs, lock?.createdMs ?? 0);
  const newborn = found
    .filter((one) => one.user === environment.user && one.startedMs !== undefined && one.startedMs > earliestMs)
    .map((one) => shown(one, atMs));
  return { ...(lock === undefined ? {} : { gone: { pid: lock.pid } }), newborn, atMs };
}

export function judgeProcess({ owner, gone }: ProcessSeen): Verdict {
  if (owner?.state === "stopped") {
    const text = `Process ${owner.pid} is suspended: it is there, and does nothing`;
    return {
      light: "red",
      summary: text,
      findings: [{ code: "openclaw.gateway.frozen", light: "red", evidence: [{ source: "process", text }] }],
    };
  }
  if (owner !== undefined) {
    const memory = owner.rssBytes === undefined ? "" : `, ${Math.round(owner.rssBytes / 1_048_576)} MB`;
    return { light: "green", summary: `Process ${owner.pid} runs${memory}` };
  }
  // A gateway in a container has its process elsewhere, so that no process is no proof by itself.
  const summary = gone === undefined ? "No process of its own here" : `Process ${gone.pid} ended without stopping in order`;
  return { light: "grey", summary, applies: false };
}

export const processCheck = (gateway: Gateway) =>
  ownCheck<ProcessSeen>(
    { id: "process", title: "Gateway process", kind: "process", everyMs: 10_000, timeoutMs: 4_000 },
    (context) => look(gateway, context),
    judgeProcess,
  );
