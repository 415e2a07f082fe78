import { isSourceLine } from "../../../../core/engine/source-line.ts";
import { detailCodes, rejectionOf } from "../knowledge/detail-codes.ts";
import type { Opinion } from "./opinion.ts";
import type { PastedLine } from "./pasted-text.ts";
import { wording } from "./wording/index.ts";
import { SURE } from "./wording/rule.ts";

/** Codes that other programs use as well. */
const COMMON = new Set([
  "AUTH_REQUIRED",
  "AUTH_UNAUTHORIZED",
  "MISSING_SCOPE",
  "PROTOCOL_MISMATCH",
  "CLIENT_VERSION_MISMATCH",
  "DEVICE_AUTH_INVALID",
  "AUTH_RATE_LIMITED",
]);
const DETAIL =
  /\b(?:(?:DEVICE_)?AUTH_[A-Z_]{3,40}|CONTROL_UI_[A-Z_]{3,40}|PAIRING_REQUIRED|DEVICE_IDENTITY_REQUIRED|AUTHENTICATED_PROFILE_UNAVAILABLE|MISSING_SCOPE|PROTOCOL_MISMATCH|CLIENT_VERSION_MISMATCH)\b/g;

function byDetailCode(line: PastedLine, ours: boolean): readonly Opinion[] {
  return (line.text.match(DETAIL) ?? []).slice(0, 8).flatMap((name): readonly Opinion[] => {
    const known = detailCodes[name] !== undefined;
    // A name in backticks stands in a sentence about it, as documents write them.
    if ((!known || COMMON.has(name) || line.text.includes(`\`${name}\``)) && !ours) return [];
    const rejection = rejectionOf(name);
    return rejection === undefined ? [] : [{ code: rejection.code, line: line.shown, confidence: known ? SURE : SURE - 0.2 }];
  });
}

/** Opinions about one line from its words alone. */
export function readWords(line: PastedLine, ours: boolean): readonly Opinion[] {
  const source = isSourceLine(line.shown) || /^\s*echo\s/.test(line.shown);
  if (source && !line.text.includes("gateway.")) return [];
  const found: Opinion[] = source ? [] : [...byDetailCode(line, ours)];
  for (const rule of wording) {
    if ((rule.ours === true && !ours) || (source && rule.evenInSource !== true)) continue;
    if (!rule.any.some((pattern) => pattern.test(line.text)) || (rule.not ?? []).some((pattern) => pattern.test(line.text))) continue;
    found.push({ code: rule.code, line: line.shown, confidence: rule.confidence });
  }
  return found;
}

/** Opinions about a sentence inside a JSON answer, of OpenClaw unless said otherwise. */
export const readSentence = (sentence: string, ours = true): readonly Opinion[] =>
  sentence
    .split("\n")
    .slice(0, 40)
    .flatMap((text) => readWords({ shown: text.trim().slice(0, 400), text: text.trim().slice(0, 2_000) }, ours));
