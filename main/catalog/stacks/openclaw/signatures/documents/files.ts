import { judgeConfig } from "../../knowledge/judge-config.ts";
import { at, flag, isRecord, type Loose, lookUp, number, parseJson, text } from "../../knowledge/loose.ts";
import { readConfig } from "../../knowledge/parse-config.ts";
import { readSentence } from "../read-words.ts";
import { type DocumentReader, opinions, say } from "./shape.ts";

const bundles: Readonly<Record<string, string>> = {
  "gateway.crash_loop_breaker": "openclaw.gateway.restart-storm",
  "gateway.stop_shutdown_timeout": "openclaw.gateway.booting",
};

/** A stability bundle, a lock file, an answer about updates: files of OpenClaw that people paste. */
const stateFile: DocumentReader = (document) => {
  const reason = text(document["reason"]);
  if (reason !== undefined && "generatedAt" in document) {
    const code = lookUp(bundles, reason);
    return code === undefined ? readSentence(`${reason} ${text(at(document, "error", "message")) ?? ""}`) : [say(code, reason)];
  }
  const lock = "ownerId" in document && "configPath" in document;
  const updates = "availability" in document && "update" in document;
  const ring = "generatedAt" in document && "firstSeq" in document;
  return lock || updates || ring ? [] : undefined;
};

const SETTINGS = ["mode", "bind", "auth", "port", "controlUi"];

/** openclaw.json itself. Secrets are neither kept nor shown, so any name will do for a fingerprint. */
const configuration: DocumentReader = (document, ours) => {
  const gateway = document["gateway"];
  // An answer about the state looks alike; only it says whether the gateway was reached.
  if (!isRecord(gateway) || "reachable" in gateway || !SETTINGS.some((key) => key in gateway)) return undefined;
  if (!["meta", "wizard", "agents", "channels"].some((key) => isRecord(document[key]))) return undefined;
  const known = gateway["mode"] === "local" || gateway["mode"] === "remote" || at(document, "meta", "lastTouchedVersion") !== undefined;
  if (!ours && !known) return undefined;
  // A part of the file is no proof that the rest is missing.
  if (gateway["mode"] === undefined && !isRecord(document["meta"]) && !isRecord(document["wizard"])) return [];
  const nameless = () => "present";
  const forget = () => undefined;
  return opinions(judgeConfig(readConfig(document, nameless, forget), false), 0.6);
};

/** Credentials and transcripts of Claude Code, which other stacks use as well: they know better whose they are. */
const claudeCode: DocumentReader = (document) => {
  const oauth = document["claudeAiOauth"];
  if (isRecord(oauth)) {
    const emptied = oauth["accessToken"] === "" && oauth["refreshToken"] === "";
    return emptied
      ? [say("openclaw.provider.credential-expired", "The credentials file was emptied: the refresh token was refused", 0.45)]
      : [];
  }
  if (flag(document["isApiErrorMessage"]) !== true) return undefined;
  const dead =
    document["error"] === "authentication_failed" || document["error"] === "billing_error" || number(document["apiErrorStatus"]) === 401;
  return dead
    ? [say("openclaw.provider.credential-expired", `Claude Code: ${text(document["error"]) ?? "authentication failed"}`, 0.45)]
    : [];
};

/** A recorded HTTP answer with its body as text. */
const recorded: DocumentReader = (document) => {
  const body = text(document["body"]);
  if (body === undefined || !("path" in document || "status" in document)) return undefined;
  const inner = parseJson(body);
  if (!isRecord(inner)) return [];
  if (inner["ready"] === false || inner["status"] === "starting") return [say("openclaw.gateway.booting", body.slice(0, 200), 0.6)];
  return [];
};

/** `openclaw logs --json`: what is not a log line itself. */
const logStream: DocumentReader = (document) => {
  const type = text(document["type"]);
  if (type === "meta" && "cursor" in document) return [];
  return type === "raw" || type === "notice" ? readSentence(text(document["raw"]) ?? text(document["message"]) ?? "") : undefined;
};

const MAX_STRINGS = 400;

/** Words of a document whose shape nobody knows. */
export function readUnknown(document: Loose, ours: boolean): ReturnType<typeof readSentence> {
  const strings: string[] = [];
  const walk = (value: unknown, key: string, depth: number): void => {
    if (strings.length >= MAX_STRINGS || depth > 8) return;
    if (typeof value === "string") strings.push(`${key}${value}`.slice(0, 1_000));
    else if (Array.isArray(value)) for (const item of value) walk(item, "", depth + 1);
    else if (isRecord(value)) for (const [name, item] of Object.entries(value)) walk(item, `${name}: `, depth + 1);
  };
  walk(document, "", 0);
  return strings.flatMap((one) => readSentence(one, ours));
}

export const fileDocuments: readonly DocumentReader[] = [stateFile, configuration, claudeCode, recorded, logStream];
