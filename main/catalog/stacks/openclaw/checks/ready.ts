import { check } from "../../../../core/model/check.ts";
import type { Raised } from "../../../../core/model/finding.ts";
import type { Verdict } from "../../../../core/model/observation.ts";
import type { HttpAnswer } from "../../../../core/ports/http-client.ts";
import { httpProbe } from "../../../probes/http/index.ts";
import { at, flag, number, parseJson, texts } from "../knowledge/loose.ts";
import type { Gateway } from "./gateway.ts";

/** What /readyz says, read from its body. Callers that are not on loopback hear only `ready`. */
export type Readiness = {
  readonly ready?: boolean;
  readonly failing: readonly string[];
  readonly uptimeMs?: number;
  /** Reasons of a degraded event loop; absent when it is not degraded or nothing is said. */
  readonly strained?: { readonly reasons: readonly string[]; readonly delayMs?: number; readonly forMs?: number };
};

/** A length of time; what is below zero, or longer than a day, is none. */
const notBelowZero = (value: unknown): number | undefined => {
  const ms = number(value);
  return ms !== undefined && ms >= 0 && ms <= 86_400_000 ? ms : undefined;
};

export function readReadiness(answer: HttpAnswer | undefined): Readiness {
  const body = answer?.kind === "answered" ? parseJson(answer.body) : undefined;
  const loop = at(body, "eventLoop");
  const ready = flag(at(body, "ready"));
  const uptimeMs = number(at(body, "uptimeMs"));
  const delayMs = notBelowZero(at(loop, "delayP99Ms"));
  const forMs = notBelowZero(at(loop, "degradedSinceMs"));
  return {
    ...(ready === undefined ? {} : { ready }),
    failing: texts(at(body, "failing")),
    ...(uptimeMs === undefined ? {} : { uptimeMs }),
    ...(flag(at(loop, "degraded")) === true
      ? {
          strained: {
            reasons: texts(at(loop, "reasons")),
            ...(delayMs === undefined ? {} : { delayMs }),
            ...(forMs === undefined ? {} : { forMs }),
          },
        }
      : {}),
  };
}

/** After a start the event loop is busy for a while; that is no finding. Milliseconds. */
const settleMs = 60_000;
const own = new Set(["startup-sidecars", "gateway-draining", "plugin-reload", "state-database", "internal"]);

/** Findings of one answer. `strained` counts only when a delay is felt: a busy processor alone is work, not trouble. */
export function judgeReadiness(answer: HttpAnswer): Verdict {
  const { ready, failing, uptimeMs, strained } = readReadiness(answer);
  const source = "GET /readyz";
  if (answer.kind !== "answered") return { light: "grey", summary: "Not reached", applies: false };
  if (ready === undefined) return { light: "grey", summary: "Does not tell whether it is ready", applies: false };
  const findings: Raised[] = [];
  const passing = failing.find((one) => one === "startup-sidecars" || one === "gateway-draining");
  if (!ready && (passing !== undefined || failing.length === 0)) {
    findings.push({ code: "openclaw.gateway.booting", evidence: [{ source, text: `Not ready yet: ${passing ?? "no reason given"}` }] });
  }
  const channels = failing.filter((one) => !own.has(one) && !one.startsWith("agent-database:"));
  if (channels.length > 0) {
    findings.push({
      code: "openclaw.channel.failing",
      params: { named: `(${channels.join(", ")})` },
      evidence: [{ source, text: `Not ready because of ${channels.join(", ")}` }],
    });
  }
  const inner = failing.filter((one) => one !== passing && !channels.includes(one));
  if (inner.length > 0)
    findings.push({
      code: "openclaw.ladder",
      params: { rung: "/readyz" },
      evidence: [{ source, text: `Not ready because of ${inner.join(", ")}` }],
    });
  const felt = strained !== undefined && (strained.reasons.includes("event_loop_delay") || (strained.delayMs ?? 0) >= 500);
  if (ready && felt && (uptimeMs === undefined || uptimeMs > settleMs)) {
    const delay = strained.delayMs === undefined ? "" : `, delays of ${Math.round(strained.delayMs)} ms`;
    findings.push({
      code: "openclaw.gateway.event-loop-degraded",
      evidence: [{ source, text: `Event loop: ${strained.reasons.join(", ")}${delay}` }],
    });
  }
  const first = findings[0]?.evidence[0]?.text;
  return { light: first === undefined ? "green" : "amber", summary: first ?? "Ready for work", findings };
}

/** Whether the gateway says it can work. */
export const readyCheck = ({ place }: Gateway) =>
  check(
    { id: "ready", title: "Gateway is ready", everyMs: 5_000, timeoutMs: 3_000 },
    httpProbe,
    { url: `${place.target.httpUrl}/readyz`, timeoutMs: 1_000, maxBytes: 16_384 },
    judgeReadiness,
  );
