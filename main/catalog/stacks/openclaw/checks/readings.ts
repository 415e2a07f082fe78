import { count } from "../../../../core/engine/words.ts";
import type { Raised } from "../../../../core/model/finding.ts";
import type { Verdict } from "../../../../core/model/observation.ts";
import { judgeAccounts, judgeChannels } from "../knowledge/channels.ts";
import { judgeCronStatus, judgeHeartbeat, judgeJobs } from "../knowledge/cron.ts";
import { judgeDevices, judgeSenders } from "../knowledge/devices.ts";
import { at, flag, isRecord, number, oneLine, records, text } from "../knowledge/loose.ts";
import { judgeModelAuth } from "../knowledge/models.ts";
import { judgeNodes } from "../knowledge/nodes.ts";
import type { Gateway } from "./gateway.ts";
import { lightOf, worstOf } from "./light-of.ts";
import { readingCheck } from "./reading.ts";

/** Light and line from what was raised; without complaints, the good line. */
function verdict(findings: readonly Raised[], good: string): Verdict {
  const light = worstOf(findings);
  const worst = light === "green" ? undefined : findings.find((one) => lightOf(one) === light);
  return { light, summary: oneLine(worst?.evidence[0]?.text ?? good, 90), findings };
}

const nothing = (summary: string): Verdict => ({ light: "grey", summary, applies: false });

/**
 * Why an answer is not judged: an older release does not know the call, or the part we read is not there. An empty list means
 * that there is nothing; no list means that we do not understand.
 */
function unread(payload: unknown, isThere: (payload: unknown) => boolean): Verdict | undefined {
  if (payload === undefined) return nothing("This release does not tell");
  return isThere(payload) ? undefined : { light: "grey", summary: "The answer is none that we understand" };
}
const hasList =
  (key: string) =>
  (payload: unknown): boolean =>
    Array.isArray(at(payload, key));

/** Channels with their accounts, judged as the gateway's own monitor would, because its health answer is always good. */
export const channelsCheck = (gateway: Gateway) =>
  readingCheck(gateway, { id: "channels", title: "Channels", everyMs: 60_000, methods: ["channels.status"] }, ([payload], nowMs) => {
    const problem = unread(payload, (one) => isRecord(at(one, "channelAccounts")) || isRecord(at(one, "channels")));
    if (problem !== undefined) return problem;
    const accounts = judgeAccounts(payload, nowMs).filter((one) => one.verdict !== "unmanaged");
    if (accounts.length === 0) return nothing("No channel is set up");
    const good = accounts.filter((one) => one.light === "green").length;
    return verdict(judgeChannels(payload, nowMs), `${good} of ${count(accounts.length, "account")} pass messages`);
  });

export const modelsCheck = (gateway: Gateway) =>
  readingCheck(
    gateway,
    { id: "models", title: "Model credentials", everyMs: 300_000, methods: ["models.authStatus"] },
    ([payload], nowMs) => {
      const problem = unread(payload, hasList("providers"));
      if (problem !== undefined) return problem;
      const providers = records(at(payload, "providers")).length;
      if (providers === 0) return nothing("No model provider is set up");
      return verdict(judgeModelAuth(payload, nowMs), `${count(providers, "provider")} with credentials`);
    },
  );

export const cronCheck = (gateway: Gateway) =>
  readingCheck(
    gateway,
    { id: "cron", title: "Scheduled jobs", everyMs: 60_000, methods: ["cron.status", "cron.list", "last-heartbeat"] },
    ([status, list, heartbeat], nowMs) => {
      const problem = unread(list, hasList("jobs"));
      if (problem !== undefined) return problem;
      const known = records(at(list, "jobs"));
      const jobs = known.length;
      if (jobs === 0) return nothing("No job is scheduled");
      // OpenClaw schedules some work of its own; a scheduler switched off with nothing else in it is a choice, not a fault.
      const isPartial = flag(at(list, "hasMore")) === true;
      const own = !isPartial && known.every((job) => /^(?:heartbeat|skill-collection-review):/.test(text(job["declarationKey"]) ?? ""));
      if (own && flag(at(status, "enabled")) === false) return nothing("The scheduler is off, and no job of yours is in it");
      const findings = [...judgeCronStatus(status, nowMs), ...judgeJobs(list), ...judgeHeartbeat(heartbeat)];
      const opinion = verdict(findings, `${count(jobs, "job")} on schedule`);
      if (!isPartial) return opinion;
      const total = number(at(list, "total"));
      const some =
        total === undefined
          ? `Only ${count(jobs, "job")} could be judged, and there are more`
          : `Only ${jobs} of ${total} jobs could be judged`;
      // Trouble among those we saw is trouble; that they are well says nothing about the others.
      if (opinion.light === "green") return { ...opinion, light: "grey", summary: some };
      return { ...opinion, summary: oneLine(`${opinion.summary} (${some.toLowerCase()})`, 160) };
    },
  );

export const nodesCheck = (gateway: Gateway) =>
  readingCheck(gateway, { id: "nodes", title: "Nodes", everyMs: 60_000, methods: ["node.list"] }, ([payload]) => {
    const problem = unread(payload, hasList("nodes"));
    if (problem !== undefined) return problem;
    const nodes = records(at(payload, "nodes")).length;
    if (nodes === 0) return nothing("No node is paired");
    return verdict(judgeNodes(payload), count(nodes, "node"));
  });

/** Whether a restart would interrupt anything. On demand, before somebody restarts. */
export const preflightCheck = (gateway: Gateway) =>
  readingCheck(
    gateway,
    { id: "preflight", title: "Safe to restart now", lane: "deep", everyMs: 86_400_000, methods: ["gateway.restart.preflight"] },
    ([payload]) => {
      const safe = flag(at(payload, "safe"));
      if (safe === undefined) return nothing("This release does not say");
      const blockers = records(at(payload, "blockers")).flatMap((one) => text(one["message"]) ?? []);
      if (safe || blockers.length === 0) return { light: "green", summary: "A restart would interrupt nothing" };
      return { light: "amber", summary: oneLine(`A restart would interrupt: ${blockers.join("; ")}`, 90) };
    },
  );

/** Only when the right to see them was asked for and granted. */
export const devicesCheck = (gateway: Gateway) =>
  readingCheck(gateway, { id: "devices", title: "Devices waiting", everyMs: 60_000, methods: ["device.pair.list"] }, ([payload]) => {
    return unread(payload, hasList("pending")) ?? verdict(judgeDevices(payload), "Nobody waits for approval");
  });

/** People who wrote to the bot and wait; only when the right to see them was asked for and granted. */
export const sendersCheck = (gateway: Gateway) =>
  readingCheck(
    gateway,
    { id: "senders", title: "Senders waiting", everyMs: 60_000, methods: ["channels.pairing.list"] },
    ([payload]) => unread(payload, isRecord) ?? verdict(judgeSenders(payload), "Nobody waits for an answer"),
  );
