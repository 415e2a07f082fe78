import { judgeClose } from "../../knowledge/close-codes.ts";
import { judgeConnectError, readConnectError } from "../../knowledge/connect-errors.ts";
import { detailCodeOfMessage, detailCodes, rejectionOf } from "../../knowledge/detail-codes.ts";
import { at, isRecord, type Loose, lookUp, number, text } from "../../knowledge/loose.ts";
import { nodeRefusal } from "../../knowledge/nodes.ts";
import { type DocumentReader, opinions, STRUCTURED, say } from "./shape.ts";

const looksLikeError = (value: unknown): value is Loose =>
  isRecord(value) && text(value["message"]) !== undefined && (text(value["code"]) !== undefined || isRecord(value["details"]));

/** Errors that tell about the caller's own request, not about the gateway. */
const callerFault =
  /^(?:unknown method|invalid (?:params|connect params)|invalid handshake|wizard not found|web login provider|That provider login)/i;

function fromError(error: Loose): ReturnType<DocumentReader> {
  const message = text(error["message"]) ?? "";
  const refused = nodeRefusal(`${text(error["code"]) ?? ""} ${text(at(error, "details", "code")) ?? ""} ${message}`);
  if (refused !== undefined) return [say(refused, message)];
  if (/^invalid (?:connect params|handshake|role)/i.test(message)) return [say("openclaw.auth.device-proof-rejected", message, 0.5)];
  if (callerFault.test(message)) return [];
  const { detailCode, reason } = readConnectError(error);
  if (detailCode === undefined && reason === undefined) return [];
  return opinions(judgeConnectError(error), detailCode === "MISSING_SCOPE" ? 0.5 : STRUCTURED);
}

/** Events that ask a person for something. */
const requests: Readonly<Record<string, string>> = {
  "device.pair.requested": "openclaw.auth.pairing-required",
  "node.pair.requested": "openclaw.auth.pairing-required",
  "exec.approval.requested": "openclaw.node.approval-required",
};

/** One frame of the gateway's WebSocket: a failed answer, or anything else, which is fine. */
const frame: DocumentReader = (document) => {
  const type = text(document["type"]);
  if (type === "res" && ("ok" in document || "error" in document))
    return document["ok"] === false && looksLikeError(document["error"]) ? fromError(document["error"]) : [];
  const asked = type === "event" ? lookUp(requests, text(document["event"]) ?? "") : undefined;
  if (asked !== undefined) return [say(asked, `Event ${text(document["event"])}`, 0.6)];
  return type === "hello-ok" || (type === "event" && "event" in document) || (type === "req" && "method" in document) ? [] : undefined;
};

/** The end of a recorded connection. */
const ending: DocumentReader = (document) => {
  if (!isRecord(document["close"]) || !("frames" in document)) return undefined;
  const status = number(at(document, "httpUpgradeRejected", "status"));
  if (status !== undefined) {
    return status === 503
      ? [say("openclaw.gateway.booting", `Upgrade answered with ${status}`, 0.6)]
      : [say("openclaw.auth.plane-skew", `Upgrade answered with HTTP ${status}`, 0.7)];
  }
  const code = number(at(document, "close", "code"));
  const reason = text(at(document, "close", "reason")) ?? "";
  // 1012 ends every orderly stop and restart. After a structured rejection the close says the same in fewer words.
  if (code === undefined || code === 1012) return [];
  return opinions(judgeClose({ code, reason }), code === 1008 && detailCodeOfMessage(reason) !== undefined ? STRUCTURED - 0.1 : 0.45);
};

/** An error object alone, or inside `{ok:false,error}` of the command line tool. */
const bareError: DocumentReader = (document, ours) => {
  const detail = text(at(document, "details", "code"));
  if (detail === undefined || !looksLikeError(document)) return undefined;
  if (lookUp(detailCodes, detail) === undefined && !(ours && rejectionOf(detail) !== undefined)) return undefined;
  return fromError(document);
};

export const connectionDocuments: readonly DocumentReader[] = [frame, ending, bareError];
