import type { Raised } from "../../../../core/model/finding.ts";
import type { Facts } from "../../../../core/model/stack.ts";
import type { SlowName } from "../checks/deep.ts";
import type { GatewayChecks } from "../checks/index.ts";
import { judgeAccounts } from "../knowledge/channels.ts";
import { judgeAnswers } from "../knowledge/cross-check.ts";
import type { RungState } from "../knowledge/ladder.ts";
import type { Situation } from "./situation.ts";

/** Answers older than this are about another moment than ours, milliseconds. */
const freshMs = 300_000;

const yes = (holds: boolean | undefined): RungState => (holds === undefined ? "unknown" : holds ? "yes" : "no");

/**
 * Where OpenClaw's own slow commands and our probes describe different states. A note and never more: those commands are
 * known to be wrong in both directions, and the slow lane does not drive the light.
 */
export function judgeSecondOpinion(checks: GatewayChecks, facts: Facts, now: Situation): readonly Raised[] {
  const answer = (name: SlowName): unknown => {
    const newest = facts.past(checks.deep[name]).at(-1);
    return newest !== undefined && facts.nowMs - newest.at <= freshMs ? newest.seen.payload : undefined;
  };
  const [doctor, status, channels] = [answer("doctor"), answer("gateway-status"), answer("channels-status")];
  if (doctor === undefined && status === undefined && channels === undefined) return [];
  const read = facts.of(checks.channels);
  const accounts = read?.kind === "answered" ? judgeAccounts(read.payloads[0], read.atMs).filter((one) => one.light !== "grey") : [];
  const ours = {
    answers: now.up === "unknown" ? "unknown" : yes(now.up === "yes"),
    letsIn: yes(now.session === undefined ? undefined : now.session.kind === "in"),
    channelsWork: accounts.length === 0 ? "unknown" : yes(accounts.every((one) => one.light !== "red")),
    configValid: yes(now.config === undefined ? undefined : now.config.kind === "parsed" && now.config.parsed.problems.length === 0),
  } as const;
  return judgeAnswers({ doctor, status, channels }, ours).map((raised) => ({ ...raised, light: "green" }));
}
