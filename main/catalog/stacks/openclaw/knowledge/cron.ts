import type { Raised } from "../../../../core/model/finding.ts";
import type { Light } from "../../../../core/model/light.ts";
import { at, flag, type Loose, lookUp, moment, number, oneLine, records, text } from "./loose.ts";

const CODE = "openclaw.cron.not-delivering";
/** A wake-up this much in the past means that the scheduler stands still. */
const LATE_MS = 120_000;

/** Why a heartbeat was passed over, in words. `fine` reasons are by design and no reason to speak. */
export const skipReasons: Readonly<Record<string, { readonly words: string; readonly fine: boolean }>> = {
  "quiet-hours": { words: "outside the active hours", fine: true },
  "requests-in-flight": { words: "the agent was busy with a request", fine: true },
  "cron-in-progress": { words: "another job was running", fine: true },
  "lanes-busy": { words: "all lanes were busy", fine: true },
  "not-due": { words: "it was not due yet", fine: true },
  "min-spacing": { words: "the last one was too recent", fine: true },
  "no-pending-event": { words: "there was nothing to report", fine: true },
  "no-tasks-due": { words: "no task was due", fine: true },
  duplicate: { words: "it would have repeated the last one", fine: true },
  preempted: { words: "something more urgent came first", fine: true },
  flood: { words: "too many came at once", fine: false },
  disabled: { words: "heartbeats are switched off", fine: true },
  "alerts-disabled": { words: "alerts are switched off", fine: false },
  "empty-heartbeat-file": { words: "the heartbeat file is empty", fine: false },
  "no-route": { words: "there is nowhere to deliver to: write to the bot once, or set a target", fine: false },
  "target-none": { words: "the delivery target is set to none", fine: false },
  "unknown-account": { words: "the delivery account does not exist", fine: false },
  "channel-not-ready": { words: "the delivery channel was not ready", fine: false },
  "dm-blocked": { words: "the channel's rules block direct messages to the target", fine: false },
};

/** The answer of `last-heartbeat` or `system heartbeat last`. */
export function judgeHeartbeat(payload: unknown, source = "last-heartbeat"): readonly Raised[] {
  const reason = text(at(payload, "reason"));
  const status = text(at(payload, "status"));
  if (status === "failed" || status === "error") {
    return [
      {
        code: CODE,
        evidence: [{ source, text: `The last heartbeat failed: ${oneLine(reason ?? text(at(payload, "error")) ?? "no reason given")}` }],
      },
    ];
  }
  if (status !== "skipped" || reason === undefined) return [];
  const known = lookUp(skipReasons, reason);
  if (known?.fine === true) return [];
  return [
    { code: CODE, light: "amber", evidence: [{ source, text: `The last heartbeat was skipped: ${known?.words ?? oneLine(reason)}` }] },
  ];
}

/** The answer of `cron.status`: whether the scheduler lives. */
export function judgeCronStatus(payload: unknown, nowMs: number, source = "cron.status"): readonly Raised[] {
  const jobs = number(at(payload, "jobs")) ?? 0;
  if (flag(at(payload, "enabled")) === false && jobs > 0) {
    return [{ code: CODE, light: "amber", evidence: [{ source, text: `The scheduler is switched off, with ${jobs} jobs in it` }] }];
  }
  const next = moment(at(payload, "nextWakeAtMs"));
  if (flag(at(payload, "enabled")) !== true || next === undefined || nowMs - next <= LATE_MS) return [];
  return [
    {
      code: CODE,
      light: "red",
      evidence: [{ source, text: `The scheduler should have woken ${Math.round((nowMs - next) / 60_000)} min ago` }],
    },
  ];
}

/** Errors of a run that are provider credentials, not scheduling. */
const causeWords: Readonly<Record<string, string>> = {
  auth: "the provider refused the credential",
  auth_permanent: "the provider refused the credential",
  billing: "the provider refused for billing",
  rate_limit: "the provider's rate limit",
  timeout: "it took too long",
};

function complaintOf(job: Loose, name: string): string | undefined {
  const state = at(job, "state") ?? job;
  const status = text(at(state, "lastRunStatus")) ?? text(at(state, "lastStatus")) ?? text(job["status"]);
  const error = text(at(state, "lastError")) ?? text(job["error"]) ?? text(job["lastRunError"]);
  const reason = text(at(state, "lastErrorReason")) ?? text(job["errorReason"]) ?? text(job["cause"]);
  if (status === "error" || status === "failed") {
    return `${name} failed${reason === undefined ? "" : ` (${lookUp(causeWords, reason) ?? reason})`}${error === undefined ? "" : `: ${oneLine(error, 120)}`}`;
  }
  if (status === "skipped" && reason !== undefined && lookUp(skipReasons, reason)?.fine !== true)
    return `${name} was skipped: ${lookUp(skipReasons, reason)?.words ?? oneLine(reason)}`;
  if ((number(at(state, "consecutiveErrors")) ?? 0) > 0) return `${name} failed ${number(at(state, "consecutiveErrors"))} times in a row`;
  const delivery = text(at(state, "lastDeliveryStatus")) ?? text(job["deliveryStatus"]);
  const deliveryError = text(at(state, "lastDeliveryError")) ?? text(job["deliveryError"]);
  if (delivery === "not-delivered")
    return `${name} ran, and its result was not delivered${deliveryError === undefined ? "" : `: ${oneLine(deliveryError, 120)}`}`;
  const route = text(at(job, "deliveryPreview", "detail"));
  if (route !== undefined && /no route|fail-closed/i.test(route)) return `${name} has nowhere to deliver to: ${oneLine(route, 120)}`;
  return undefined;
}

/** The answer of `cron.list` (`jobs`), `cron.runs` (`entries`, newest first), or one job. */
export function judgeJobs(payload: unknown, source = "cron.list"): readonly Raised[] {
  const list = records(at(payload, "jobs"));
  const runs = records(at(payload, "entries")).slice(0, 1);
  const single = list.length === 0 && runs.length === 0 && at(payload, "schedule") !== undefined ? records([payload]) : [];
  const previews = at(payload, "deliveryPreviews");
  const complaints = [...list, ...runs, ...single].flatMap((job) => {
    if (flag(job["enabled"]) === false) return [];
    const name = text(job["displayName"]) ?? text(job["name"]) ?? text(job["jobName"]) ?? "A job";
    const preview = at(previews, text(job["id"]) ?? "");
    return complaintOf(preview === undefined ? job : { deliveryPreview: preview, ...job }, name) ?? [];
  });
  if (complaints.length === 0) return [];
  const light: Light = "amber";
  return [
    { code: CODE, light, params: { count: complaints.length }, evidence: complaints.slice(0, 8).map((line) => ({ source, text: line })) },
  ];
}
