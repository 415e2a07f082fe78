import type { Check } from "../../../../core/model/check.ts";
import type { HttpAnswer } from "../../../../core/ports/http-client.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { ConfigFileSeen } from "../../../probes/config-file/index.ts";
import type { TcpPortSeen } from "../../../probes/tcp-port/index.ts";
import { judgeAccounts } from "../knowledge/channels.ts";
import type { ConfigFacts } from "../knowledge/config-facts.ts";
import { type Said, yesNo } from "../knowledge/slow-answers.ts";
import { isGateway, type LiveSeen } from "./live.ts";
import { portOwner } from "./port.ts";
import type { ProcessSeen } from "./process.ts";
import type { ReadingSeen } from "./reading.ts";
import { readReadiness } from "./ready.ts";
import { type ServiceSeen, stateOf } from "./service-unit.ts";
import type { SessionSeen } from "./session.ts";

/** The checks whose questions are asked again, at the same moment as OpenClaw's own commands. Absent ones have nothing to look at here. */
export type Askable = {
  readonly service?: Check<ServiceSeen>;
  readonly process?: Check<ProcessSeen>;
  readonly port?: Check<TcpPortSeen>;
  readonly live: Check<LiveSeen>;
  readonly ready: Check<HttpAnswer>;
  readonly session: Check<SessionSeen>;
  readonly channels: Check<ReadingSeen>;
  readonly config: Check<ConfigFileSeen<ConfigFacts>>;
};

const unknown = (said: string): Said => ({ state: "unknown", said });

/** One layer as we see it ourselves. */
type Look = (checks: Askable, context: ProbeContext) => Promise<Said>;

export const ownRungs = {
  "service unit": async ({ service }, context) => {
    if (service === undefined) return unknown("there is no service manager");
    const state = stateOf(await service.observe(context), []);
    // A gateway that somebody started by hand has no unit, and needs none.
    const none = state === "unknown" || state === "no-session" || state === "not-installed";
    return { state: none ? "unknown" : yesNo(state === "up" || state === "starting"), said: `its state is ${state}` };
  },
  process: async ({ process }, context) => {
    const owner = process === undefined ? undefined : (await process.observe(context)).owner;
    if (owner === undefined) return unknown("no process of its own here");
    return { state: yesNo(owner.state !== "stopped"), said: `process ${owner.pid} is ${owner.state}` };
  },
  port: async ({ port }, context) => {
    const owner = port === undefined ? undefined : portOwner(await port.observe(context));
    if (owner === undefined || owner.kind === "hidden") return unknown("its owner cannot be seen");
    return { state: yesNo(owner.kind !== "nobody" && owner.kind !== "stranger"), said: `held by ${owner.kind}` };
  },
  "/healthz": async ({ live }, context) => {
    const { answer } = await live.observe(context);
    const words = answer.kind === "answered" ? `answers ${answer.status}` : answer.kind;
    return { state: yesNo(isGateway(answer)), said: isGateway(answer) ? "says it is live" : words };
  },
  "/readyz": async ({ ready }, context) => {
    const { failing, ready: isReady } = readReadiness(await ready.observe(context));
    return { state: yesNo(isReady), said: isReady === true ? "says it is ready" : failing.join(", ") || "does not tell" };
  },
  connect: async ({ session }, context) => {
    const seen = await session.observe(context);
    return { state: yesNo(seen.kind === "in"), said: seen.kind === "in" ? "lets us in" : seen.kind };
  },
  channels: async ({ channels }, context) => {
    const seen = await channels.observe(context);
    const accounts = seen.kind === "answered" ? judgeAccounts(seen.payloads[0], seen.atMs).filter((one) => one.light !== "grey") : [];
    const bad = accounts.find((one) => one.light === "red");
    if (accounts.length === 0) return unknown("no channel can be seen");
    return { state: yesNo(bad === undefined), said: bad === undefined ? "every account works" : `${bad.channel}: ${bad.reason}` };
  },
  configuration: async ({ config }, context) => {
    const seen = await config.observe(context);
    const isValid = seen.kind === "parsed" && seen.parsed.problems.length === 0;
    return { state: yesNo(isValid), said: isValid ? "openclaw.json reads well" : "openclaw.json does not read well" };
  },
} as const satisfies Readonly<Record<string, Look>>;
