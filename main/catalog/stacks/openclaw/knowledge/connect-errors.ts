import type { Raised } from "../../../../core/model/finding.ts";
import { authReasons, detailCodeOfMessage, pairingReasons, rejectionOf } from "./detail-codes.ts";
import { at, flag, lookUp, number, oneLine, text, texts } from "./loose.ts";

/** The part of a failed `res` frame that says why, as the gateway sent it. */
export type ConnectError = {
  readonly detailCode?: string;
  readonly message: string;
  readonly retryAfterMs?: number;
  readonly reason?: string;
};

/** A pause longer than a day is no pause that anybody meant, milliseconds. */
const longestPauseMs = 86_400_000;

/** Reads `error` of a `res` frame. */
export function readConnectError(error: unknown): ConnectError {
  const message = text(at(error, "message")) ?? "";
  const reason = text(at(error, "details", "reason")) ?? text(at(error, "details", "authReason"));
  const detailCode =
    text(at(error, "details", "code")) ?? (reason === undefined ? undefined : lookUp(authReasons, reason)) ?? detailCodeOfMessage(message);
  const asked = number(at(error, "retryAfterMs"));
  const retryAfterMs = asked !== undefined && asked >= 0 && asked <= longestPauseMs ? asked : undefined;
  return {
    message,
    ...(detailCode === undefined ? {} : { detailCode }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(reason === undefined ? {} : { reason }),
  };
}

const starting = new Set(["startup-sidecars", "gateway-restarting", "gateway-suspending"]);

/** Why the gateway turned a connection down, as findings. `error` is the `error` of the failed `res` frame. Never empty. */
export function judgeConnectError(error: unknown, source = "connect"): readonly Raised[] {
  const seen = readConnectError(error);
  const said = oneLine(seen.message === "" ? (seen.detailCode ?? "the gateway refused without a reason") : seen.message);
  if (seen.reason !== undefined && starting.has(seen.reason)) {
    return [{ code: "openclaw.gateway.booting", evidence: [{ source, text: said }] }];
  }
  const rejection = seen.detailCode === undefined ? undefined : rejectionOf(seen.detailCode);
  const evidence = [{ source, text: seen.detailCode === undefined ? said : `${seen.detailCode}: ${said}` }];
  if (rejection === undefined) return [{ code: "openclaw.gateway.follow-up-failed", evidence }];
  evidence.push({ source: "what to do", text: rejection.advice }, ...extraEvidence(error, seen, source));
  return [
    {
      code: rejection.code,
      evidence,
      ruledOut: ["The gateway process is down: it answered"],
      ...(rejection.light === undefined ? {} : { light: rejection.light }),
    },
  ];
}

function extraEvidence(error: unknown, seen: ConnectError, source: string): readonly { source: string; text: string }[] {
  const details = at(error, "details");
  const more: string[] = [];
  const why = seen.reason === undefined ? undefined : lookUp(pairingReasons, seen.reason);
  if (why !== undefined) more.push(`Approval is needed because ${why}`);
  const requestId = text(at(details, "requestId"));
  if (requestId !== undefined && /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/.test(requestId)) more.push(`Request ${requestId}`);
  const asked = texts(at(details, "requestedScopes"));
  const given = texts(at(details, "approvedScopes"));
  if (asked.length > 0) more.push(`Asked for: ${asked.join(", ")}${given.length > 0 ? `; approved so far: ${given.join(", ")}` : ""}`);
  if (flag(at(details, "canRetryWithDeviceToken")) === true) more.push("A paired device may retry once with its device token");
  if (seen.retryAfterMs !== undefined) more.push(`The gateway asks to wait ${Math.ceil(seen.retryAfterMs / 1000)} s`);
  return more.map((line) => ({ source, text: line }));
}
