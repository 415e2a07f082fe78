import type { Raised } from "../../../../core/model/finding.ts";
import type { Light } from "../../../../core/model/light.ts";
import { at, entries, flag, type Loose, moment, oneLine, records, text } from "./loose.ts";

const MINUTE = 60_000;
/** Waiting that the gateway's own monitor allows, in milliseconds. */
const GRACE = { connect: 2 * MINUTE, busy: 25 * MINUTE, silence: 30 * MINUTE } as const;

/** Opinion on one account of one channel, in the order the gateway's own health monitor uses. `unmanaged` is grey on purpose. */
export type AccountVerdict = {
  readonly channel: string;
  readonly account: string;
  readonly verdict:
    | "unmanaged"
    | "relink"
    | "terminal-disconnect"
    | "ingress-unavailable"
    | "blocked"
    | "connecting"
    | "not-running"
    | "busy"
    | "stuck"
    | "reconnecting"
    | "disconnected"
    | "stale-socket"
    | "refused"
    | "healthy";
  readonly light: Light;
  readonly reason: string;
};

const since = (nowMs: number, at_: unknown): number | undefined => {
  const then = moment(at_);
  return then === undefined ? undefined : nowMs - then;
};

const lastError = (account: Loose): string | undefined =>
  text(account["lastError"]) ?? text(at(account, "probe", "error")) ?? text(at(account, "lastDisconnect", "error"));

/** Judges one entry of `channelAccounts` (channels.status) or `channels.<id>.accounts` (health). */
export function judgeAccount(channel: string, account: Loose, nowMs: number): AccountVerdict {
  const name = text(account["accountId"]) ?? "default";
  const error = lastError(account);
  const say = (verdict: AccountVerdict["verdict"], light: Light, words: string): AccountVerdict => ({
    channel,
    account: name,
    verdict,
    light,
    reason: error === undefined || light === "green" ? words : `${words}: ${oneLine(error, 120)}`,
  });
  const running = flag(account["running"]);
  const lifecycle = text(account["lifecycle"]);
  const disconnectedFor = since(nowMs, at(account, "lastDisconnect", "at"));
  const startedFor = since(nowMs, account["lastStartAt"]);

  if (flag(account["enabled"]) === false || flag(account["configured"]) === false)
    return say("unmanaged", "grey", "switched off or not set up");
  if (flag(account["linked"]) === false) return say("relink", "amber", "not linked to a phone any more");
  if (flag(at(account, "lastDisconnect", "loggedOut")) === true && running !== true)
    return say("relink", "red", "logged out by the provider");
  if (running === false && flag(account["terminalDisconnect"]) === true)
    return say("terminal-disconnect", "red", "ended for good and will not come back by itself");
  if (flag(account["ingressUnavailable"]) === true) return say("ingress-unavailable", "red", "cannot receive");
  if (lifecycle === "blocked") return say("blocked", "red", "blocked");
  const young = startedFor === undefined || startedFor < GRACE.connect;
  if ((lifecycle === "starting" || lifecycle === "recovering") && flag(account["connected"]) !== true) {
    const why = lifecycle === "starting" ? "still connecting" : "recovering";
    if (young) return say("connecting", error === undefined && flag(at(account, "probe", "ok")) !== false ? "amber" : "red", why);
    return say("disconnected", "red", `${why} for longer than two minutes`);
  }
  if (lifecycle === "stopped" || running === false) return say("not-running", "red", "not running");
  if (flag(account["busy"]) === true) {
    const quiet = since(nowMs, account["lastTransportActivityAt"]);
    return quiet !== undefined && quiet > GRACE.busy ? say("stuck", "red", "busy without a sign of life") : say("busy", "green", "working");
  }
  if (flag(account["connected"]) === false) {
    const recent = disconnectedFor !== undefined && disconnectedFor < GRACE.connect;
    return recent ? say("reconnecting", "amber", "reconnecting") : say("disconnected", "red", "running but not connected");
  }
  const silent = since(nowMs, account["lastTransportActivityAt"]);
  if (silent !== undefined && silent > GRACE.silence && flag(account["connected"]) === true)
    return say("stale-socket", "red", "connected, but silent for half an hour");
  if (flag(at(account, "probe", "ok")) === false) return say("refused", "red", "the provider refuses the probe");
  if (flag(at(account, "audit", "ok")) === false) return say("refused", "amber", "the provider grants fewer rights than needed");
  return say("healthy", "green", "passes messages");
}

/** Every account in the answer of `channels.status`, or of `health` when it has no `channelAccounts`. */
export function judgeAccounts(payload: unknown, nowMs: number): readonly AccountVerdict[] {
  const full = Object.entries(at(payload, "channelAccounts") ?? {}).flatMap(([channel, list]) =>
    records(list).map((account) => judgeAccount(channel, account, nowMs)),
  );
  if (full.length > 0) return full;
  return entries(at(payload, "channels")).flatMap(([channel, value]) => {
    const accounts = entries(value["accounts"]);
    if (accounts.length === 0) return "configured" in value || "running" in value ? [judgeAccount(channel, value, nowMs)] : [];
    return accounts.map(([id, account]) => judgeAccount(channel, { accountId: id, ...account }, nowMs));
  });
}

/** Findings from the answer of `channels.status` or `health`. `nowMs` is the gateway's time, best its own `ts`. */
export function judgeChannels(payload: unknown, nowMs: number, source = "channels.status"): readonly Raised[] {
  const bad = judgeAccounts(payload, nowMs).filter((one) => one.light === "red" || one.light === "amber");
  const issues = records(at(payload, "statusIssues"));
  const evidence = [
    ...bad.map((one) => ({ source, text: `${one.channel} (${one.account}): ${one.reason}` })),
    ...issues.map((issue) => ({ source, text: oneLine(issueText(issue), 220) })),
  ];
  if (evidence.length === 0) return [];
  const names = [...new Set([...bad.map((one) => one.channel), ...issues.flatMap((issue) => text(issue["channel"]) ?? [])])];
  // Waiting for a connection is not a failure yet; an issue the gateway itself reports is at least a warning.
  const light: Light = bad.some((one) => one.light === "red") ? "red" : "amber";
  return [{ code: "openclaw.channel.failing", light, params: { named: `(${names.join(", ")})`, count: names.length }, evidence }];
}

function issueText(issue: Loose): string {
  const where = [text(issue["channel"]), text(issue["accountId"])].filter((part) => part !== undefined).join("/");
  const fix = text(issue["fix"]);
  return `${where} ${text(issue["kind"]) ?? "issue"}: ${text(issue["message"]) ?? "no reason given"}${fix === undefined ? "" : ` (${fix})`}`;
}
