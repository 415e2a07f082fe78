import type { LogHit } from "../../../probes/log-signature/index.ts";
import type { Situation } from "./situation.ts";

/** Newest log line of a kind that belongs to this installation: one that names a file names ours. */
export function startHit({ log, place }: Pick<Situation, "log" | "place">, code: string): LogHit | undefined {
  const hits = (log?.hits ?? []).filter((hit) => hit.code === code).sort((a, b) => b.lastAt - a.lastAt);
  return hits.find((hit) => {
    const named = /\/\S*(?:openclaw|clawdbot)\.json/.exec(hit.line)?.[0];
    const port = /EADDRINUSE\D+[\d.]+:(\d+)/.exec(hit.line)?.[1];
    return (
      (named === undefined || named.replace(/[:;,]+$/, "") === place.configPath) && (port === undefined || Number(port) === place.port)
    );
  });
}
