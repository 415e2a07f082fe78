import type { HttpAnswer } from "../../../../core/ports/http-client.ts";
import { type Moment, VERSION } from "./mac-unit.ts";

const json = (status: number, body: unknown): HttpAnswer => ({
  kind: "answered",
  status,
  headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  body: JSON.stringify(body),
  truncated: false,
  durationMs: 2,
});

/** Bodies of the probe addresses of a gateway that is up or still starting. */
export function probeAnswers(base: string, { nowMs, startedMs }: Moment, ready: boolean, version = VERSION): Record<string, HttpAnswer> {
  const uptimeMs = nowMs - startedMs;
  const eventLoop = {
    degraded: false,
    degradedSinceMs: null,
    reasons: [],
    intervalMs: 1_012,
    delayP99Ms: 24,
    delayMaxMs: 24,
    utilization: 0.02,
    cpuCoreRatio: 0.01,
  };
  return {
    [`GET ${base}/healthz`]: json(200, { ok: true, status: "live" }),
    [`GET ${base}/readyz`]: json(ready ? 200 : 503, { ready, failing: ready ? [] : ["startup-sidecars"], uptimeMs, eventLoop }),
    [`GET ${base}/startupz`]: ready
      ? json(200, { ok: true, status: "started", version, uptimeMs })
      : json(503, { ok: false, status: "starting", version, uptimeMs, pendingReason: "startup-sidecars" }),
  };
}
