import { judgeBrowser } from "../../knowledge/browser.ts";
import { judgeAccount, judgeChannels } from "../../knowledge/channels.ts";
import { judgeCronStatus, judgeHeartbeat, judgeJobs } from "../../knowledge/cron.ts";
import { judgeDevices, judgeSenders } from "../../knowledge/devices.ts";
import { judgeDoctor, judgeValidation } from "../../knowledge/doctor.ts";
import { at, flag, isRecord, type Loose, number, records, text, texts } from "../../knowledge/loose.ts";
import { judgeModelAuth } from "../../knowledge/models.ts";
import { judgeNodes } from "../../knowledge/nodes.ts";
import { judgeSecretsAudit, judgeSecurityAudit } from "../../knowledge/secrets-audit.ts";
import type { Opinion } from "../opinion.ts";
import { readSentence } from "../read-words.ts";
import { type DocumentReader, opinions, say } from "./shape.ts";

const has = (document: Loose, ...keys: readonly string[]): boolean => keys.every((key) => key in document);

/** A pasted answer carries its own time; without one nothing in it is late. */
const timeOf = (document: Loose): number => number(document["ts"]) ?? 0;

function eventLoop(document: Loose): readonly Opinion[] {
  if (flag(at(document, "eventLoop", "degraded")) !== true) return [];
  return [
    say("openclaw.gateway.event-loop-degraded", `Event loop degraded: ${texts(at(document, "eventLoop", "reasons")).join(", ")}`, 0.7),
  ];
}

const channels: DocumentReader = (document) => {
  if (has(document, "channelAccounts") || has(document, "channels", "channelOrder")) {
    const reload = text(at(document, "configReload", "hotReloadStatus"));
    const stale = reload === undefined || reload === "active" ? [] : [say("openclaw.config.invalid", `Hot reload is ${reload}`, 0.5)];
    return [...opinions(judgeChannels(document, timeOf(document))), ...eventLoop(document), ...stale];
  }
  // One account copied out of a longer answer.
  const known = ["linked", "connected", "lastError", "lastDisconnect", "lifecycle", "statusState", "tokenSource"].filter(
    (key) => key in document,
  );
  if (!has(document, "configured", "running") || known.length < 2) return undefined;
  const verdict = judgeAccount(text(document["accountId"]) ?? "channel", document, 0);
  return verdict.light === "red" || verdict.light === "amber" ? [say("openclaw.channel.failing", verdict.reason, 0.7)] : [];
};

const models: DocumentReader = (document) => {
  const fromCli = isRecord(document["auth"]) && (has(document["auth"], "missingProvidersInUse") || has(document["auth"], "oauth"));
  const fromCall = records(document["providers"]).some(
    (provider) => "authProvider" in provider || records(provider["profiles"]).some((profile) => "profileId" in profile),
  );
  return fromCli || fromCall ? opinions(judgeModelAuth(document, timeOf(document))) : undefined;
};

const devices: DocumentReader = (document) => {
  if (has(document, "selected", "approvalState")) return opinions(judgeDevices(document));
  const pending = records(document["pending"]);
  const nodes = [...pending, ...records(document["nodes"])].some((one) => "nodeId" in one);
  if (nodes) return opinions(judgeNodes(document));
  if (has(document, "pending", "paired")) return opinions(judgeDevices(document));
  return has(document, "channel", "requests") ? opinions(judgeSenders(document)) : undefined;
};

const cron: DocumentReader = (document) => {
  if (has(document, "nextWakeAtMs") || has(document, "triggersEnabled")) return opinions(judgeCronStatus(document, timeOf(document)));
  const runs = records(document["entries"]).some((entry) => "jobId" in entry);
  if (has(document, "schedule", "payload") || runs || records(document["jobs"]).some((job) => "schedule" in job))
    return opinions(judgeJobs(document));
  return text(document["status"]) === "skipped" && has(document, "reason") ? opinions(judgeHeartbeat(document), 0.75) : undefined;
};

const audits: DocumentReader = (document, ours) => {
  if (has(document, "checksRun", "findings")) return opinions(judgeDoctor(document));
  if (isRecord(document["summary"]) && has(document["summary"], "plaintextCount")) return opinions(judgeSecretsAudit(document));
  if (
    isRecord(document["summary"]) &&
    has(document["summary"], "critical") &&
    records(document["findings"]).some((one) => "checkId" in one)
  )
    return opinions(judgeSecurityAudit(document));
  if (typeof document["valid"] === "boolean" && has(document, "path") && ours) return opinions(judgeValidation(document));
  return has(document, "cdpPort", "profile") ? opinions(judgeBrowser(document)) : undefined;
};

/** Bodies of the probe addresses. */
const http: DocumentReader = (document) => {
  const gateway = Object.keys(document).length === 1 || has(document, "failing") || has(document, "eventLoop");
  if (typeof document["ready"] === "boolean" && gateway) {
    if (document["ready"]) return eventLoop(document);
    const failing = texts(document["failing"]);
    return [
      say(
        failing.some((one) => /startup|draining|reload/.test(one)) || failing.length === 0
          ? "openclaw.gateway.booting"
          : "openclaw.channel.failing",
        `Not ready: ${failing.join(", ")}`,
        0.75,
      ),
    ];
  }
  const status = text(document["status"]);
  const bootAnswer = Object.keys(document).length === 2 || has(document, "uptimeMs");
  if (document["ok"] === false && bootAnswer && (status === "starting" || status === "draining"))
    return [say("openclaw.gateway.booting", `The gateway is ${status}: ${text(document["pendingReason"]) ?? ""}`)];
  return status === "live" || status === "started" ? [] : undefined;
};

/** `openclaw status --json`. It ends well whatever it finds. */
const status: DocumentReader = (document) => {
  if (!isRecord(document["gateway"]) || !("reachable" in document["gateway"])) return undefined;
  const found: Opinion[] = [];
  const issue = records(at(document, "configDiagnostics", "issues"))[0];
  if (issue !== undefined)
    found.push(say("openclaw.config.invalid", `${text(issue["path"]) ?? ""}: ${text(issue["message"]) ?? "not valid"}`));
  if (flag(at(document, "gateway", "reachable")) === false) {
    const error = text(at(document, "gateway", "error"));
    const words = error === undefined ? [] : readSentence(error);
    found.push(
      ...(words.length > 0
        ? words.map((one) => ({ ...one, confidence: one.confidence + 0.1 }))
        : [say("openclaw.gateway.not-running", error ?? "not reachable", 0.75)]),
    );
  }
  if (records(document["degradedSecretOwners"]).length > 0)
    found.push(say("openclaw.secrets.ref-unresolved", "Some secrets could not be resolved", 0.7));
  return [...found, ...eventLoop(document)];
};

/** `{ok:false,error}` of any command, and the answers of the service verbs. */
const outcome: DocumentReader = (document, ours) => {
  if (!ours && text(at(document, "error", "type")) === undefined) return undefined;
  const message = text(at(document, "error", "message")) ?? text(document["error"]);
  if (has(document, "action", "ok"))
    return [message, ...texts(document["warnings"])].flatMap((line) => (line === undefined ? [] : readSentence(line)));
  if (document["ok"] !== false || !has(document, "error")) return undefined;
  return [...readSentence(message ?? ""), ...readSentence(text(at(document, "error", "type")) ?? "")];
};

export const answerDocuments: readonly DocumentReader[] = [channels, models, devices, cron, audits, http, status, outcome];
