import type { Raised } from "../../../../core/model/finding.ts";
import type { LogHit } from "../../../probes/log-signature/index.ts";
import { judgeLog } from "../signatures/index.ts";
import type { Situation } from "./situation.ts";

/** Rejections of other clients count only while they go on: three within three minutes. */
const rejection = /^openclaw\.(?:auth\.(?!self-call|internal|operator-lease)|control-ui\.)/;
const rejections = { atLeast: 3, withinMs: 180_000 } as const;
/** A request to be paired lapses after five minutes. */
const pendingMs = 300_000;

/** What was said about a file that was written again since then is settled. "Anomaly" is a remark about a file, nothing was put back. */
function aboutPresentFile(hit: LogHit, { accepted, config }: Situation): boolean {
  if (hit.code === "openclaw.config.invalid" && accepted === true) return false;
  const writtenMs = config !== undefined && "facts" in config ? config.facts.modifiedMs : 0;
  return hit.lastAt >= writtenMs && !/Config observe anomaly/.test(hit.line);
}

function counts(hit: LogHit, now: Situation): boolean {
  const { nowMs, runBeganMs } = now;
  if (/^openclaw\.(?:start|own|log)\./.test(hit.code)) return false;
  // Lines from before the present run describe another process, perhaps another gateway's.
  if (runBeganMs === undefined || hit.lastAt < runBeganMs) return false;
  if (hit.code.startsWith("openclaw.config.")) return aboutPresentFile(hit, now);
  if (hit.code === "openclaw.auth.pairing-required") return nowMs - hit.lastAt < pendingMs;
  if (!rejection.test(hit.code)) return true;
  return hit.times.filter((at) => nowMs - at < rejections.withinMs).length >= rejections.atLeast;
}

/** What the log says about the present run of the gateway, also of one that froze since. Without a gateway other facts are nearer. */
export function judgeLately(now: Situation): readonly Raised[] {
  if (now.log === undefined || (now.up !== "yes" && now.up !== "hung")) return [];
  const findings = judgeLog({ ...now.log, hits: now.log.hits.filter((hit) => counts(hit, now)) }).findings ?? [];
  return findings
    .map((raised) => withSettings(raised, now))
    .map(
      (raised): Raised =>
        raised.code === "openclaw.gateway.restart-storm" && holdsNothingBack(now) ? { ...raised, light: "green" } : raised,
    );
}

/** What the settings say about the thing that a line complains of, so that the plan can name it. */
function withSettings(raised: Raised, { place }: Situation): Raised {
  const more = (text: string, params: Readonly<Record<string, string>> = {}): Raised => ({
    ...raised,
    params: { ...raised.params, ...params },
    evidence: [...raised.evidence, { source: "openclaw.json", text }],
  });
  const [model] = place.facts?.model.longContext ?? [];
  if (raised.code === "openclaw.provider.long-context-refused" && model !== undefined)
    return more(`The long context is switched on for ${model} (params.context1m)`, { model });
  const backends = (place.facts?.localBackends ?? []).map((one) => one.provider);
  if (raised.code === "openclaw.provider.local-backend-incompatible" && backends.length > 0)
    return more(`Model servers near by: ${backends.join(", ")}`, { provider: backends[0] ?? "" });
  return raised;
}

/** The breaker leaves channels off. Where none is set up, a gateway that is ready again has nothing left to complain about. */
const holdsNothingBack = ({ config, readiness }: Situation): boolean =>
  readiness.ready === true && config?.kind === "parsed" && config.parsed.channels.every((channel) => !channel.enabled);
