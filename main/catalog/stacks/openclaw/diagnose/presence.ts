import { span } from "../../../../core/engine/words.ts";
import type { Raised } from "../../../../core/model/finding.ts";
import { showEnd } from "../../../probes/service-unit/index.ts";
import { startTrouble } from "../checks/log.ts";
import { oneLine } from "../knowledge/loose.ts";
import type { Situation } from "./situation.ts";
import { startHit } from "./start-trouble.ts";

type Told = Raised["evidence"][number];
const told = (source: string, text: string): Told => ({ source, text });

/** Whether the gateway is there, on its way, suspended, or displaced: process, port and liveness together. */
export function judgePresence(now: Situation): readonly Raised[] {
  if (now.place.neverSetUp && now.up !== "yes") return [];
  if (now.place.mode === "remote") return now.up === "hung" ? [frozen(now)] : now.up === "no" ? noTunnel(now) : [];
  const stranger = now.owner?.kind === "stranger" && now.up !== "yes" ? now.owner.holder : undefined;
  if (stranger !== undefined) return [conflict(now, stranger)];
  if (now.process?.owner?.state === "stopped") return [];
  const boot = booting(now);
  switch (now.up) {
    case "no":
      return boot === undefined ? [absent(now)] : [boot];
    case "hung":
      return boot === undefined ? [frozen(now)] : [boot];
    case "yes":
      return whenUp(now);
    default:
      return [];
  }
}

/** A gateway elsewhere that is meant to be reached through this machine's own loopback: the tunnel to it is what is missing. */
function noTunnel({ place }: Situation): readonly Raised[] {
  const { sshTarget, url } = place.facts?.gateway.remote ?? {};
  if (!place.target.local) return [];
  const where = sshTarget === undefined ? "" : ` to ${sshTarget}`;
  return [
    {
      code: "openclaw.probe.ssh-tunnel-failed",
      light: "red",
      params: { target: sshTarget ?? "" },
      evidence: [
        told(
          "openclaw.json",
          oneLine(`The gateway is elsewhere, reached at ${url ?? place.target.url} through a tunnel${where}; nothing listens there`, 240),
        ),
      ],
      ruledOut: ["A stopped gateway: nobody got as far as asking it"],
    },
  ];
}

/** What a plan needs to know of the process that holds the port: which it is, and whether it is proved to be a copy of ours. */
function holderParams({ holder }: Situation): Readonly<Record<string, string | number>> {
  if (holder?.kind !== "stranger") return {};
  const { pid, name, startedMs } = holder.process;
  return {
    pid,
    process: name,
    ...(startedMs === undefined ? {} : { startedMs }),
    ...(holder.stray && holder.mayEnd ? { stray: "yes" } : {}),
  };
}

const proved = ({ holder }: Situation): readonly Told[] => (holder?.reasons ?? []).map((reason) => told("port owner", reason));

/** Somebody else has the port. Nothing on top of it can work, and no credential is to blame. */
function conflict(now: Situation, holder: string): Raised {
  const { place, service } = now;
  return {
    code: "openclaw.port.conflict",
    params: { port: place.port, named: `(${holder})`, ...holderParams(now) },
    evidence: [
      told("port owner", `Port ${place.port} is held by another program (${holder})`),
      ...proved(now),
      ...(service === undefined ? [] : [told("service unit", `The unit is in state ${service.state}`)]),
    ],
    ruledOut: ["A frozen gateway: the port belongs to another program", "Rejected credentials: nobody who knows them was reached"],
  };
}

/** Who keeps us waiting is somebody else's gateway: after wrong log-ins it answers no more of them, which is no suspended process. */
function whenUp(now: Situation): readonly Raised[] {
  const elsewhere = displaced(now);
  return elsewhere.length > 0 ? elsewhere : silent(now);
}

/**
 * A gateway answers on our port, but it is not the one of this state folder: no lock of its own, and it does not know our secret, or
 * the process that holds the port is proved to be none of the unit's.
 */
function displaced(now: Situation): readonly Raised[] {
  const { owner, place, process, session, startup } = now;
  const foreign = process !== undefined && process.owner === undefined && owner?.kind === "gateway" && startup.version !== undefined;
  const isRefused = session?.kind === "refused" && session.way !== "open";
  const isProved = now.holder?.kind === "stranger" && session?.kind === "mute";
  if (!foreign || !(isRefused || isProved)) return [];
  return [
    {
      code: "openclaw.port.conflict",
      params: { port: place.port, named: "(another gateway)", ...holderParams(now) },
      evidence: [
        told("instance lock", `A gateway answers on port ${place.port}, and none holds the lock of ${place.stateDir}`),
        ...proved(now),
      ],
      ruledOut: ["A changed token: the gateway that refuses it is another one"],
    },
  ];
}

/** Young enough, or told by its manager to be starting: not there yet is not the same as gone. */
function booting({ bootGraceMs, place, process, service, up }: Situation): Raised | undefined {
  const raise = (...evidence: readonly Told[]): Raised => ({
    code: "openclaw.gateway.booting",
    evidence,
    ruledOut: [up === "no" ? `Another program on port ${place.port}: nobody listens there` : "A crash: the process is there"],
  });
  const owner = process?.owner;
  if (owner !== undefined) {
    const age = owner.ageMs ?? 0;
    if (age < bootGraceMs) return raise(told("process", `Process ${owner.pid} began ${span(age)} ago and does not answer yet`));
    if (up === "no")
      return raise(
        told(
          "process",
          `Process ${owner.pid} still holds the lock while its port is closed: it finishes its work, or hangs while stopping`,
        ),
      );
  }
  if (service?.state === "starting") return raise(told("service unit", "The unit is starting"));
  const { reading, atMs } = service?.seen ?? {};
  if (
    service?.state === "up" &&
    reading?.kind === "loaded" &&
    reading.sinceMs !== undefined &&
    atMs !== undefined &&
    atMs - reading.sinceMs < bootGraceMs
  )
    return raise(told("service unit", `The unit was started ${span(atMs - reading.sinceMs)} ago`));
  const young = up === "no" ? process?.newborn[0] : undefined;
  return young === undefined
    ? undefined
    : raise(told("process", `Process ${young.pid} began ${span(young.ageMs ?? 0)} ago and has no lock yet`));
}

/** Not running: what is known about its end, and what it was not. */
function absent(now: Situation): Raised {
  const { process, service } = now;
  const reading = service?.seen.reading;
  const end = reading?.kind === "loaded" ? showEnd(reading.lastEnd) : "";
  const start = Object.values(startTrouble)
    .map((trouble) => startHit(now, trouble))
    .find((hit) => hit !== undefined);
  return {
    code: "openclaw.gateway.not-running",
    evidence: [
      ...(process?.gone === undefined
        ? []
        : [told("instance lock", `Process ${process.gone.pid} left its lock behind: it was killed, it did not stop`)]),
      ...(end === "" ? [] : [told("service unit", `Its last run ${end}`)]),
      ...(reading?.kind === "not-loaded"
        ? [told("service unit", reading.disabled ? "The unit is switched off" : "The unit is not loaded")]
        : []),
      ...(start === undefined ? [] : [told("gateway log", oneLine(start.line, 240))]),
    ],
    ruledOut: [
      ...(now.owner?.kind === "nobody" ? ["Another program on the port: it is free"] : []),
      ...(process !== undefined && process.owner === undefined ? ["A frozen process: there is none"] : []),
      ...(now.config?.kind === "parsed" && now.config.parsed.problems.length === 0 ? ["A broken openclaw.json: it can be read"] : []),
    ],
  };
}

/** Connected, and no answer. Once may be a hiccup; again and again is frozen. */
function frozen({ hungFor, process }: Situation): Raised {
  const pid = process?.owner?.pid;
  return {
    code: "openclaw.gateway.frozen",
    light: hungFor >= 2 ? "red" : "amber",
    evidence: [
      told("GET /healthz", hungFor > 1 ? `Connected, but no answer, ${hungFor} times in a row` : "Connected, but no answer in time"),
      ...(pid === undefined ? [] : [told("process", `Process ${pid} is there`)]),
    ],
    ruledOut: ["Rejected credentials: the gateway did not come to look at any"],
  };
}

/** HTTP answers and the WebSocket does not: half alive. Waiting after wrong log-ins looks the same and is told apart by the log. */
function silent(now: Situation): readonly Raised[] {
  const { session } = now;
  if (session?.kind !== "mute" || now.startup.status === "starting") return [];
  const refused = session.before === "answer" ? startHit(now, "openclaw.own.refused") : undefined;
  if (refused !== undefined && now.nowMs - refused.lastAt < 90_000) {
    return [
      {
        code: "openclaw.auth.token-mismatch",
        evidence: [
          told("connect", "The gateway keeps us waiting, as it does after wrong log-ins"),
          told("gateway log", `It refused our credential ${span(now.nowMs - refused.lastAt)} ago: ${oneLine(refused.line, 200)}`),
          ...(session.credentialFrom === "" ? [] : [told("connect", `Sent ${session.credentialFrom}`)]),
        ],
        ruledOut: ["The gateway process is down: it answers /healthz"],
      },
    ];
  }
  return [
    {
      code: "openclaw.gateway.frozen",
      light: "amber",
      evidence: [
        told("connect", session.before === "challenge" ? "The WebSocket opens and stays silent" : "No answer to our log-in in time"),
      ],
      ruledOut: ["A suspended process: /healthz answers"],
    },
  ];
}
