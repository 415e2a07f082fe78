import { HINT, LIKELY, SURE, type WordingRule } from "./rule.ts";

/** Process, port and boot, in the words of the command line tool and the logs. */
export const gatewayWording: readonly WordingRule[] = [
  {
    code: "openclaw.port.conflict",
    any: [
      /another gateway instance is already listening/i,
      /Another process is listening on this port/i,
      /gateway port \d+ is still busy/i,
      /already running under (?:launchd|systemd|schtasks|\S+); (?:existing gateway|waiting)/i,
      /StateDatabaseCoordinatorContentionError|another OpenClaw process owns gateway-lifecycle/i,
      /gateway\.maintenance_required/,
      /failed to bind gateway socket/i,
      /gateway already running \(pid \d+\)/i,
      /lock timeout after \d+ms.*gateway|failed to acquire gateway lock/i,
      /It looks like another OpenClaw instance is already running/i,
    ],
    confidence: SURE + 0.05,
  },
  {
    code: "openclaw.port.conflict",
    any: [/EADDRINUSE/, /rejected websocket upgrade \(HTTP (?:200|404|501|400)\)/i],
    ours: true,
    confidence: SURE,
  },
  {
    code: "openclaw.service.extra-gateways",
    any: [/Other gateway-like services detected/i, /Both user and system systemd units own this Gateway name/i, /competing supervisors?/i],
    confidence: SURE,
  },
  {
    code: "openclaw.gateway.not-running",
    any: [
      /Service is loaded but not running/i,
      /^Runtime: stopped\b/,
      /^Reachable: no\b/,
      /No gateway answered any probe/i,
      /\bno_gateway_reachable\b/,
      /Service runtime: status=stopped/,
      /Gateway restart timed out after \d+/i,
      /gateway closed \(1006\b/i,
      /Gateway LaunchAgent \S+ is installed but unloaded/i,
      /leaving Gateway stopped for recovery/i,
      /Gateway did not become (?:healthy|ready|reachable)/i,
    ],
    confidence: LIKELY + 0.05,
  },
  {
    code: "openclaw.gateway.not-running",
    any: [
      /^(?:\S{0,20} )?Gateway (?:is )?not (?:running|reachable)\b/i,
      /\bunreachable \((?!missing scope)/i,
      /connect ECONNREFUSED (?:127\.0\.0\.1|::1|localhost):\d+/,
      /\bgateway\b.{0,60}\bECONNREFUSED\b/i,
      /Connectivity probe: failed|RPC probe: failed/,
    ],
    ours: true,
    confidence: LIKELY - 0.05,
  },
  {
    code: "openclaw.gateway.not-running",
    any: [/Stopped (?:systemd service|LaunchAgent):? ?\S*(?:openclaw|gateway)/i],
    confidence: HINT,
  },
  {
    code: "openclaw.gateway.booting",
    any: [
      /gateway starting; retry shortly/i,
      /Plugin runtime is starting/i,
      /"?(?:pendingReason|reason)"?[:=] ?"?(?:startup-sidecars|gateway-restarting|gateway-suspending)/,
      /gateway closed \(101[23]\b/i,
      /channel stop exceeded \d+ms/i,
      /shutdown deadline reached; abandoning/i,
      /gateway\.stop_shutdown_timeout/,
      /Last observed startup phase: (?!waiting for managed service)/i,
    ],
    confidence: LIKELY,
  },
  {
    code: "openclaw.gateway.frozen",
    any: [
      /gateway connect challenge timeout/i,
      /GatewayTransportError: gateway timeout after \d+ms/i,
      /gateway timeout after \d+ ?ms/i,
      /gateway event loop readiness timeout/i,
      /\bhandshake timeout\b.{0,80}\bconn=|closed before connect.*\bhandshake[- ]timeout/i,
    ],
    confidence: LIKELY - 0.05,
  },
  {
    code: "openclaw.gateway.event-loop-degraded",
    any: [
      /Gateway event loop(?::)? degraded/i,
      /\bevent loop degraded\b/i,
      /readiness.*reasons=.*event_loop_(?:delay|utilization)/i,
      /"degraded":\s*true,\s*"degradedSinceMs"/,
    ],
    confidence: SURE,
  },
  {
    code: "openclaw.gateway.follow-up-failed",
    any: [
      /accepted the WebSocket connection, but follow-up read diagnostics failed/i,
      /accepted the connection, but the read probe timed out/i,
      /\bprobe_detail_failed\b/,
      /Authenticated profile verification is unavailable/i,
      /gateway closed \(1011\)/i,
    ],
    confidence: LIKELY,
  },
  {
    code: "openclaw.host.memory-pressure",
    any: [
      /memory pressure: level=(?!none|normal|ok)\w+ reason=/i,
      /JavaScript heap out of memory|Reached heap limit/i,
      /\b(?:swap|memory)[- ]pressure\b.{0,80}(?:auth|token|refresh|gateway)/i,
    ],
    ours: true,
    confidence: SURE,
  },
  {
    code: "openclaw.gateway.restart-storm",
    any: [
      /restart-loop breaker tripped/i,
      /channel autostart suppressed/i,
      /Gateway restart storm/i,
      /gateway\.crash_loop_breaker/,
      /suppressing channel\/provider account auto-start/i,
    ],
    confidence: SURE + 0.05,
  },
];
