import type { InterloperProof } from "../../../../core/engine/interloper.ts";
import type { Check, Past } from "../../../../core/model/check.ts";
import type { Facts } from "../../../../core/model/stack.ts";
import type { ConfigFileSeen } from "../../../probes/config-file/index.ts";
import type { HostSeen } from "../../../probes/host/index.ts";
import type { LogSignatureSeen } from "../../../probes/log-signature/index.ts";
import { startsSeen } from "../../../probes/service-unit/index.ts";
import type { GatewayChecks } from "../checks/index.ts";
import type { InstallsSeen } from "../checks/installs.ts";
import { isGateway } from "../checks/live.ts";
import { type PortOwner, portOwner } from "../checks/port.ts";
import type { ProcessSeen } from "../checks/process.ts";
import { type Readiness, readReadiness } from "../checks/ready.ts";
import { type ServiceSeen, stateOf } from "../checks/service-unit.ts";
import type { SessionSeen } from "../checks/session.ts";
import { readStartup, type Startup } from "../checks/startup.ts";
import type { ConfigFacts } from "../knowledge/config-facts.ts";
import { onlyRestarter } from "../knowledge/service-audit.ts";
import type { Place } from "../place/place.ts";
import { runsSeen } from "./storm.ts";

/** `hung`: the port takes connections and nobody answers. `stranger`: somebody answers who is no gateway. */
export type Up = "yes" | "no" | "hung" | "stranger" | "unknown";

/** What the checks know together, at one moment. Absent means: not known, too old to believe, or not applicable here. */
export type Situation = {
  readonly nowMs: number;
  readonly place: Pick<
    Place,
    "port" | "configuredPort" | "stateDir" | "configPath" | "mode" | "neverSetUp" | "credential" | "facts" | "isPortGuessed"
  > & {
    readonly target: Pick<Place["target"], "local" | "url">;
  };
  readonly bootGraceMs: number;
  readonly up: Up;
  /** How many of the newest looks in a row found it hung. */
  readonly hungFor: number;
  readonly readiness: Readiness;
  readonly startup: Startup;
  readonly session?: SessionSeen;
  readonly process?: ProcessSeen;
  readonly owner?: PortOwner;
  /** What is proved about a holder of the port that is not the gateway of this folder. */
  readonly holder?: InterloperProof;
  /** The one service unit of this account that restarts gateways besides ours. */
  readonly restarter?: string;
  readonly service?: { readonly seen: ServiceSeen; readonly state: ReturnType<typeof stateOf> };
  readonly config?: ConfigFileSeen<ConfigFacts>;
  /** Whether the running gateway accepts the file as it is. */
  readonly accepted?: boolean;
  readonly log?: LogSignatureSeen;
  readonly memory?: HostSeen;
  readonly installs?: InstallsSeen;
  /** Epoch milliseconds at which the present run of the gateway began, as nearly as known. */
  readonly runBeganMs?: number;
  /** New starts within the remembered looks: counted by the service manager, and by the age the gateway tells. */
  readonly restarts: { readonly byManager: number; readonly byItself: number };
};

/** Between the process's first moment and its first answer, milliseconds; /startupz counts from the answer. */
const beforeListeningMs = 30_000;

const readUp = (seen: ReturnType<typeof liveSeen>): Up => {
  if (seen === undefined) return "unknown";
  if (isGateway(seen.answer)) return "yes";
  switch (seen.answer.kind) {
    case "answered":
      return "stranger";
    case "refused":
      return seen.elsewhere.some((one) => isGateway(one.answer)) ? "yes" : "no";
    case "timed-out":
    case "reset":
    case "not-http":
      return "hung";
    default:
      return "unknown";
  }
};

const liveSeen = (checks: GatewayChecks, facts: Facts) => facts.of(checks.live);

function countHung(past: readonly Past<Parameters<typeof readUp>[0]>[]): number {
  const newestFirst = [...past].reverse().map(({ seen }) => readUp(seen));
  const end = newestFirst.findIndex((up) => up !== "hung");
  return end === -1 ? newestFirst.length : end;
}

function countStarts({ service }: GatewayChecks, facts: Facts): number {
  const past = service === undefined ? [] : facts.past(service).map(({ at, seen }) => ({ at, seen: seen.reading }));
  const newest = past.at(-1)?.seen;
  return newest?.kind === "loaded" ? startsSeen(newest, past.slice(0, -1)) : 0;
}

/**
 * Installed versions, unless they were read before an update: what runs changed since, or the file was written again. They are
 * looked at rarely, and old ones beside new ones would tell of a mixture that is not there.
 */
/** The check reads one file; when that leaves something to others, what was put together for finding the gateway is the whole. */
const wholeConfig = (config: Situation["config"], found: ConfigFacts | undefined): Situation["config"] =>
  config?.kind === "parsed" && config.parsed.includes === true && found !== undefined ? { ...config, parsed: found } : config;

function installsNow({ installs, startup }: GatewayChecks, facts: Facts, config: Situation["config"]): InstallsSeen | undefined {
  const newest = facts.past(installs).at(-1);
  if (newest === undefined) return undefined;
  const versions = facts.past(startup).map(({ at, seen }) => ({ at, version: readStartup(seen).version }));
  const current = versions.findLast((one) => one.version !== undefined)?.version;
  const before = versions.findLast((one) => one.version !== undefined && one.version !== current);
  const writtenMs = config !== undefined && "facts" in config ? config.facts.modifiedMs : 0;
  return newest.at > (before?.at ?? 0) && newest.at >= Math.min(writtenMs, facts.nowMs) ? newest.seen : undefined;
}

/** Brings the facts of all checks together. */
export function readSituation(checks: GatewayChecks, facts: Facts, place: Situation["place"], bootGraceMs: number): Situation {
  const seenBy = <Seen>(check: Check<Seen> | undefined): Seen | undefined => (check === undefined ? undefined : facts.of(check));
  const startup = readStartup(facts.of(checks.startup));
  const found = readUp(liveSeen(checks, facts));
  const process = seenBy(checks.process);
  const port = seenBy(checks.port);
  const service = seenBy(checks.service);
  const session = facts.of(checks.session);
  const config = wholeConfig(facts.of(checks.config), place.facts);
  const schema = seenBy(checks.schema);
  const log = seenBy(checks.log);
  const memory = seenBy(checks.memory);
  const restarter = onlyRestarter(seenBy(checks.units)?.listings ?? []);
  const installs = installsNow(checks, facts, config);
  const byProcess = process?.owner?.ageMs === undefined ? undefined : process.atMs - process.owner.ageMs;
  const byUptime = startup.uptimeMs === undefined ? undefined : facts.nowMs - startup.uptimeMs - beforeListeningMs;
  const runBeganMs = byProcess ?? byUptime;
  return {
    nowMs: facts.nowMs,
    place,
    bootGraceMs,
    // Nobody at a port that we only guessed proves nothing.
    up: place.isPortGuessed && found === "no" ? "unknown" : found,
    hungFor: countHung(facts.past(checks.live)),
    readiness: readReadiness(facts.of(checks.ready)),
    startup,
    ...(session === undefined ? {} : { session }),
    ...(process === undefined ? {} : { process }),
    ...(port === undefined ? {} : { owner: portOwner(port, process?.owner?.pid) }),
    ...(port?.proof === undefined ? {} : { holder: port.proof }),
    ...(restarter === undefined ? {} : { restarter }),
    ...(service === undefined || checks.service === undefined
      ? {}
      : { service: { seen: service, state: stateOf(service, facts.past(checks.service).slice(0, -1)) } }),
    ...(config === undefined ? {} : { config }),
    ...(schema?.kind === "judged" ? { accepted: schema.valid } : {}),
    ...(log === undefined ? {} : { log }),
    ...(memory === undefined ? {} : { memory }),
    ...(installs === undefined ? {} : { installs }),
    ...(runBeganMs === undefined ? {} : { runBeganMs }),
    restarts: { byManager: countStarts(checks, facts), byItself: runsSeen(facts.past(checks.startup)) },
  };
}
