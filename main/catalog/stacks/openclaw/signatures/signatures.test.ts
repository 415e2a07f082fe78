import { describe, expect, it } from "vitest";
import { explain } from "../../../../core/engine/explain.ts";
import { findings } from "../findings/index.ts";
import { detailCodes } from "../knowledge/detail-codes.ts";
import { signatures } from "./index.ts";

const stack = { id: "openclaw", findings, signatures };
const codes = (text: string): readonly string[] => explain(text, [stack]).map((match) => match.code.replace(/^openclaw\./, ""));
const first = (text: string): string | undefined => codes(text)[0];

/** One line of the file log with a subsystem, as the gateway writes it. */
const logged = (subsystem: string, message: string, fields?: Record<string, unknown>): string =>
  JSON.stringify({
    "0": JSON.stringify({ subsystem }),
    "1": fields ?? message,
    ...(fields === undefined ? {} : { "2": message }),
    _meta: { logLevelName: "WARN", date: "2026-12-01T03:04:05.000Z" },
    time: "2026-12-01T03:04:05.000+00:00",
    message,
  });

const rejected = (details: Record<string, unknown>, message = "connect failed", code = "INVALID_REQUEST"): string =>
  JSON.stringify({ type: "res", id: "7", ok: false, error: { code, message, details } });

describe("structured rejections", () => {
  it.each(Object.entries(detailCodes))("finds %s in a frame, pretty-printed or on one line, and as a bare word", (detail, { code }) => {
    const wanted = code.replace(/^openclaw\./, "");
    const line = rejected({ code: detail });
    expect(first(line)).toBe(wanted);
    expect(first(JSON.stringify(JSON.parse(line), null, 4))).toBe(wanted);
    expect(first(`openclaw client: rejected with ${detail}`)).toBe(wanted);
  });

  it.each([
    ["AUTH_SOMETHING_NEW", "auth.token-mismatch"],
    ["DEVICE_AUTH_QUANTUM_INVALID", "auth.device-proof-rejected"],
    ["CONTROL_UI_TOO_OLD", "control-ui.unreachable"],
  ])("reads the unknown code %s by its prefix", (detail, wanted) => {
    expect(first(rejected({ code: detail }))).toBe(wanted);
  });

  it.each(["not-paired", "role-upgrade", "scope-upgrade", "metadata-upgrade"])("asks for approval when the reason is %s", (reason) => {
    expect(first(rejected({ code: "PAIRING_REQUIRED", reason, requestId: "r-1" }, "pairing required: x", "NOT_PAIRED"))).toBe(
      "auth.pairing-required",
    );
  });

  it("takes a start-up answer for a boot, not for an error", () => {
    expect(
      first(
        JSON.stringify({
          type: "res",
          id: "1",
          ok: false,
          error: {
            code: "UNAVAILABLE",
            message: "gateway starting; retry shortly",
            retryable: true,
            details: { reason: "startup-sidecars" },
          },
        }),
      ),
    ).toBe("gateway.booting");
  });

  it.each([
    [
      "gateway closed (1008): unauthorized: gateway token mismatch (open the dashboard URL and paste the token in Control UI settings)",
      "auth.token-mismatch",
    ],
    [
      "gateway closed (1008): unauthorized: gateway token missing (paste in Control UI settings or openclaw doctor --generate-gateway-token; restart)",
      "auth.token-missing",
    ],
    ["gateway connect failed: Error: unauthorized: device token mismatch (rotate/reissue device token)", "auth.device-token-mismatch"],
    ["clawdbot: gateway closed (1008): pairing required", "auth.pairing-required"],
    [
      "moltbot gateway closed (1008): unauthorized: token mismatch (set gateway.remote.token to match gateway.auth.token)",
      "auth.token-mismatch",
    ],
    ["Error: unauthorized: too many failed authentication attempts (retry later)", "auth.rate-limited"],
    ["gateway closed (1008): device signature expired", "auth.device-proof-rejected"],
    ["gateway closed (1008): device nonce mismatch", "auth.device-proof-rejected"],
    ["disconnected (1008): control ui requires device identity (use HTTPS or localhost secure context)", "control-ui.unreachable"],
    ["gateway closed (1002): protocol mismatch", "install.split-brain"],
    ["gateway closed (1013): gateway starting", "gateway.booting"],
    ["gateway closed (1006 abnormal closure (no close frame)): no close reason", "gateway.not-running"],
    ["unauthorized: tailscale identity check failed (use Tailscale Serve)", "auth.plane-skew"],
  ])("reads the words %s", (text, wanted) => {
    expect(first(text)).toBe(wanted);
  });
});

describe("gateway logs", () => {
  const unauthorized = (client: string, reason: string) =>
    logged(
      "gateway/ws",
      `unauthorized conn=ab peer=127.0.0.1:1->127.0.0.1:18789 remote=127.0.0.1 client=${client} backend v2026.9.6 role=operator scopes=0 auth=token device=no platform=darwin reason=${reason} guidance=unauthorized`,
    );

  it.each([
    [unauthorized("openclaw-control-ui", "token_mismatch"), "auth.token-mismatch"],
    [unauthorized("openclaw-tui", "token_missing"), "auth.token-missing"],
    [unauthorized("agent", "token_missing"), "auth.self-call-token-missing"],
    [unauthorized("gateway-client", "token_missing"), "auth.self-call-token-missing"],
    [unauthorized("mac", "rate_limited"), "auth.rate-limited"],
    [unauthorized("mac", "device_token_mismatch"), "auth.device-token-mismatch"],
    [
      logged(
        "gateway",
        "security audit: device access upgrade requested reason=not-paired device=ff ip=192.168.1.9 auth=token roleFrom=- roleTo=operator scopesFrom=- scopesTo=operator.read client=openclaw-ios",
      ),
      "auth.pairing-required",
    ],
    [
      logged(
        "gateway",
        "security audit: device access upgrade requested reason=scope-upgrade device=ff ip=127.0.0.1 auth=token roleFrom=operator roleTo=operator scopesFrom=operator.read scopesTo=operator.admin client=gateway-client",
      ),
      "auth.internal-scope-upgrade",
    ],
    [
      logged("gateway/ws", "⇄ res ✗ device.token.rotate 3ms errorCode=FORBIDDEN errorMessage=missing scope: operator.admin conn=1"),
      "devices.change-denied",
    ],
    [
      logged("gateway/ws", "⇄ res ✗ status 3ms errorCode=INVALID_REQUEST errorMessage=missing scope: operator.read conn=1"),
      "auth.scope-limited",
    ],
    [
      logged(
        "gateway/ws",
        "closed before connect conn=1 code=1008 reason=origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins) phase=x",
      ),
      "control-ui.unreachable",
    ],
    [logged("gateway", "Secret resolution failed; runtime remains on the last-known-good snapshot"), "secrets.ref-unresolved"],
    [logged("gateway/reload", "config reload skipped (invalid config): channels.telegram.botToken: Invalid input"), "config.invalid"],
    [logged("gateway/health-monitor", "[discord:work] health-monitor: hit 10 restarts/hour limit, skipping"), "channel.failing"],
    [logged("gateway/health-monitor", "[whatsapp:default] health-monitor: skipping restart, terminal-disconnect"), "channel.failing"],
    [
      logged(
        "gateway",
        "restart-loop breaker tripped: 4 unclean boot(s) within 300000ms; suppressing channel/provider account auto-start.",
      ),
      "gateway.restart-storm",
    ],
    [logged("discord", "discord: drop guild message (mention required, botId=42)"), "channel.mention-gated"],
    [logged("telegram", "Blocked unauthorized telegram sender 77 (dmPolicy=allowlist)"), "channel.sender-blocked"],
    [logged("imessage", "imessage pairing request sender=+4912345"), "channel.dm-pairing-pending"],
    [
      logged("agent/embedded", "embedded run agent end", {
        event: "embedded_run_agent_end",
        isError: true,
        httpCode: "429",
        providerErrorType: "rate_limit_error",
        providerErrorMessagePreview: "Extra usage is required for long context requests.",
      }),
      "provider.long-context-refused",
    ],
    [
      logged("agent/embedded", "embedded run agent end", {
        event: "embedded_run_agent_end",
        isError: true,
        httpCode: "401",
        failoverReason: "auth",
        providerErrorMessagePreview: "invalid x-api-key",
      }),
      "provider.credential-expired",
    ],
    [
      logged("agent/embedded", "incomplete turn detected: runId=1 sessionId=2 stopReason=stop payloads=0"),
      "provider.local-backend-incompatible",
    ],
    [logged("agents/auth-profiles", "OAuth token refresh failed for openai: refresh_token_reused"), "provider.credential-expired"],
    [logged("cron", "cron: job run returned error status", { jobName: "digest", error: "timeout" }), "cron.not-delivering"],
    [
      logged(
        "gateway",
        "another gateway instance is already listening on ws://127.0.0.1:19001 | listen EADDRINUSE: address already in use 127.0.0.1:19001",
      ),
      "port.conflict",
    ],
    [logged("nodes", "node.invoke failed: NODE_BACKGROUND_UNAVAILABLE: app is in the background"), "node.background-unavailable"],
    [logged("nodes", "SYSTEM_RUN_DENIED: approval required"), "node.approval-required"],
    [logged("nodes", "SYSTEM_RUN_DENIED: allowlist miss"), "node.allowlist-miss"],
    [logged("nodes", "CAMERA_PERMISSION_REQUIRED: grant Camera permission"), "node.permission-required"],
    [logged("diagnostics", "memory pressure: level=critical reason=rss_threshold rssBytes=9000000000"), "host.memory-pressure"],
  ])("reads %s", (line, wanted) => {
    expect(first(line)).toBe(wanted);
  });

  it("takes three starts in one excerpt for a storm", () => {
    const starts = Array.from({ length: 3 }, (_, index) => `2026-12-01T00:0${index}:00.000Z [gateway] starting...`).join("\n");
    expect(first(starts)).toBe("gateway.restart-storm");
    expect(first("2026-12-01T00:00:00.000Z [gateway] starting...\n2026-12-01T00:00:05.000Z [gateway] ready")).toBeUndefined();
  });
});

describe("answers of the command line tool", () => {
  const status = (change: Record<string, unknown>): string =>
    JSON.stringify({
      cli: { version: "2026.8.1", entrypoint: "/a/openclaw.mjs" },
      service: { label: "LaunchAgent", loaded: true, runtime: { status: "running" }, configAudit: { ok: true, issues: [] } },
      config: {
        cli: { path: "/h/openclaw.json", exists: true, valid: true },
        daemon: { path: "/h/openclaw.json", exists: true, valid: true },
      },
      gateway: { bindMode: "loopback", port: 18789, version: "2026.8.1" },
      port: {
        port: 18789,
        status: "busy",
        listeners: [{ pid: 9, command: "openclaw-gatewa", commandLine: "openclaw-gateway" }],
        hints: [],
      },
      rpc: { ok: true, kind: "connect", capability: "connected_no_operator_scope" },
      extraServices: [],
      ...change,
    });

  it("says nothing about a healthy gateway whose probe may not read", () => {
    expect(codes(status({}))).toEqual([]);
  });

  it.each([
    [{ rpc: { ok: false, connectFailure: { kind: "pairing-required" }, error: "x" } }, "auth.pairing-required"],
    [{ rpc: { ok: false, connectFailure: { kind: "rate-limited" }, error: "x" } }, "auth.rate-limited"],
    [
      { rpc: { ok: false, connectFailure: { kind: "identity-proxy" }, error: "gateway rejected websocket upgrade (HTTP 302)" } },
      "auth.plane-skew",
    ],
    [{ rpc: { ok: false, connectFailure: { kind: "unreachable" }, error: "timeout" } }, "gateway.frozen"],
    [
      {
        rpc: { ok: false, connectFailure: { kind: "unreachable" }, error: "connect ECONNREFUSED" },
        port: { status: "free", listeners: [] },
      },
      "gateway.not-running",
    ],
    [
      {
        rpc: { ok: false, connectFailure: { kind: "unreachable" }, error: "x" },
        port: { status: "busy", listeners: [{ pid: 1, commandLine: "nginx: master" }] },
      },
      "port.conflict",
    ],
    [{ config: { cli: { path: "/a.json", valid: true }, daemon: { path: "/b.json", valid: true } } }, "service.config-mismatch"],
    [{ gateway: { bindMode: "loopback", port: 18789, version: "2026.7.4" } }, "install.split-brain"],
    [{ extraServices: [{ label: "com.example.bot", detail: "plist" }] }, "service.extra-gateways"],
    [
      { service: { loaded: true, configAudit: { issues: [{ code: "gateway-token-embedded", message: "embeds" }] } } },
      "install.upgrade-drift",
    ],
    [
      { service: { loaded: true, configAudit: { issues: [{ code: "gateway-token-drift", message: "differs" }] } } },
      "service.config-mismatch",
    ],
  ])("reads gateway status --json with %j", (change, wanted) => {
    expect(first(status(change))).toBe(wanted);
  });

  it("reads the answer below the noise that some commands print before it", () => {
    expect(
      first(
        `Installed Gateway service state and config paths could not be verified.\n${status({ rpc: { ok: false, connectFailure: { detailCode: "AUTH_TOKEN_MISMATCH" }, error: "x" } })}`,
      ),
    ).toBe("auth.token-mismatch");
  });

  const probe = (change: Record<string, unknown>, connect: Record<string, unknown>): string =>
    JSON.stringify(
      {
        ok: true,
        degraded: true,
        capability: "unknown",
        primaryTargetId: "localLoopback",
        warnings: [],
        targets: [{ id: "localLoopback", active: true, connect }],
        ...change,
      },
      null,
      2,
    );

  it.each([
    [
      { warnings: [{ code: "ssh_tunnel_failed", message: "SSH tunnel failed to start; falling back to direct probes." }] },
      { ok: true },
      "probe.ssh-tunnel-failed",
    ],
    [{ warnings: [{ code: "multiple_gateways", message: "x" }] }, { ok: true }, "gateway.multiple-reachable"],
    [{ warnings: [{ code: "auth_secretref_unresolved", message: "x" }] }, { ok: true }, "secrets.ref-unresolved"],
    [{ warnings: [{ code: "probe_detail_failed", message: "x" }] }, { ok: true, error: "timeout" }, "gateway.follow-up-failed"],
    [
      { ok: false, warnings: [{ code: "no_gateway_reachable", message: "x" }] },
      { ok: false, error: "connect ECONNREFUSED 127.0.0.1:18789" },
      "gateway.not-running",
    ],
  ])("reads gateway probe --json with %j", (change, connect, wanted) => {
    expect(first(probe(change, connect))).toBe(wanted);
  });

  it("says nothing about a probe that only may not read", () => {
    expect(
      codes(
        probe(
          { warnings: [{ code: "probe_scope_limited", message: "x" }] },
          { ok: true, scopeLimited: true, error: "missing scope: operator.read" },
        ),
      ),
    ).toEqual([]);
  });

  it.each([
    [
      "Service: LaunchAgent (loaded)\nGateway: bind=loopback (127.0.0.1), port=18789 (service args)\nConfig (cli): ~/.openclaw/openclaw.json\nConfig (service): ~/.openclaw-work/openclaw.json\nRuntime: running (pid 5)\nConnectivity probe: ok",
      "service.config-mismatch",
    ],
    [
      "Gateway: bind=loopback (127.0.0.1), port=18789\nCLI version: 2026.9.6 (/a)\nGateway version: 2026.7.1\nRuntime: running (pid 5)\nConnectivity probe: ok",
      "install.split-brain",
    ],
    ["Service: systemd (enabled)\nRuntime: stopped (state inactive, sub dead)\nRPC probe: failed", "gateway.not-running"],
    ["Port 18789 is already in use.\n- pid 51 root: /usr/sbin/nginx -g daemon off; (0.0.0.0:18789)", "port.conflict"],
    ["Service config issue: Gateway service port does not match current gateway config.", "service.config-mismatch"],
  ])("reads gateway status as text: %s", (text, wanted) => {
    expect(first(text)).toBe(wanted);
  });

  it.each([
    [{ pending: [{ requestId: "r1", deviceId: "d", scopes: ["operator.read"], role: "operator" }], paired: [] }, "auth.pairing-required"],
    [
      { ts: 1, nodes: [{ nodeId: "n", displayName: "iPhone", approvalState: "pending-approval", pendingRequestId: "r" }] },
      "auth.pairing-required",
    ],
    [{ channel: "telegram", requests: [{ code: "ABCD2345", id: "77" }] }, "channel.dm-pairing-pending"],
    [{ enabled: true, storePath: "/x", jobs: 2, triggersEnabled: true, nextWakeAtMs: 1_000, ts: 900_000 }, "cron.not-delivering"],
    [{ status: "skipped", reason: "no-route", ts: 5 }, "cron.not-delivering"],
    [
      {
        enabled: true,
        profile: "openclaw",
        cdpPort: 18800,
        running: false,
        cdpReady: false,
        detectedExecutablePath: null,
        detectError: null,
        attachOnly: false,
      },
      "browser.unavailable",
    ],
    [{ version: 1, status: "unresolved", summary: { plaintextCount: 0, unresolvedRefCount: 2 }, findings: [] }, "secrets.ref-unresolved"],
    [
      {
        schemaVersion: 1,
        ok: false,
        checksRun: 1,
        findings: [{ checkId: "core/doctor/systemd-linger", severity: "warning", message: "Systemd lingering is disabled for u." }],
      },
      "service.will-not-survive",
    ],
    [{ ok: false, status: "draining", version: "2026.9.6", uptimeMs: 5, pendingReason: "gateway-draining" }, "gateway.booting"],
    [
      { ready: true, failing: [], uptimeMs: 9, eventLoop: { degraded: true, reasons: ["event_loop_delay"] } },
      "gateway.event-loop-degraded",
    ],
    [
      {
        ts: 1_000_000,
        channelAccounts: {
          slack: [
            {
              accountId: "default",
              enabled: true,
              configured: true,
              running: true,
              connected: true,
              probe: { ok: false, error: "missing_scope" },
            },
          ],
        },
      },
      "channel.failing",
    ],
    [{ gateway: { mode: "local", bind: "lan", auth: { mode: "none" } }, meta: { lastTouchedVersion: "2026.9.6" } }, "security.exposed"],
  ])("reads %j", (answer, wanted) => {
    expect(first(JSON.stringify(answer))).toBe(wanted);
  });
});

describe("a log the way other programs pass it on", () => {
  const rejected =
    "[gateway/ws] unauthorized conn=7 remote=10.0.0.2 client=cli role=operator auth=token device=no reason=token_mismatch guidance=x";
  const reload = logged("gateway/reload", "config reload skipped (invalid config): gateway.port: expected number");

  it.each([
    ["compose", `openclaw-1  | 2026-11-12T08:01:02.003Z ${rejected}`, "auth.token-mismatch"],
    ["pm2", `0|gateway | ${rejected}`, "auth.token-mismatch"],
    ["a container's log file", JSON.stringify({ log: `${reload}\n`, stream: "stdout" }), "config.invalid"],
    ["the journal as JSON", JSON.stringify({ MESSAGE: rejected, PRIORITY: "6" }), "auth.token-mismatch"],
    [
      "a narrow mail",
      "> gateway connect failed: unauthorized: gateway\n> token mismatch (provide gateway auth\n> token)",
      "auth.token-mismatch",
    ],
    ["a window that cuts lines", "gateway closed (1008): pairing requir", "auth.pairing-required"],
    [
      "a program that wraps it in JSON",
      '{"level":50,"msg":"gateway closed (1008): unauthorized: gateway token mismatch (x)"}',
      "auth.token-mismatch",
    ],
    ["a browser's close event", '{"code":1008,"reason":"pairing required: device is not approved yet"}', "auth.pairing-required"],
    ["the diagnostics alone", "memory pressure: level=critical reason=rss_threshold rssBytes=1", "host.memory-pressure"],
  ])("is read when it comes from %s", (_, text, wanted) => {
    expect(first(text)).toBe(wanted);
  });

  it("puts repeated starts before the log-ins that fail each time, when the gateway was ended in between", () => {
    const round = `[gateway] starting...\n${rejected}\n[gateway] received SIGTERM; shutting down`;
    expect(first([round, round, round].join("\n"))).toBe("gateway.restart-storm");
    expect(first(`[gateway] starting...\n${rejected}`)).toBe("auth.token-mismatch");
  });
});

describe("words that other programs use too", () => {
  it.each([
    "[error] gateway token missing in header, client: 1.2.3.4",
    "Payment gateway error: token mismatch (CSRF) on /checkout",
    "IB Gateway: another session is active. Pairing required for the second factor",
    "error: could not pair, gateway timeout after 10000ms",
    "telegram.error.Conflict: terminated by other getUpdates request",
    "Discord missing permissions? The bot has Missing Permissions in that room",
    "[cron] job backup failed: disk quota exceeded",
    "The gateway returns `AUTH_TOKEN_MISSING` without a token and `PAIRING_REQUIRED` for new devices.",
  ])("mean nothing without OpenClaw around them: %s", (text) => {
    expect(codes(text)).toEqual([]);
    expect(codes(`openclaw 2026.9.6\n${text}`)).not.toEqual([]);
  });
});

describe("what must match nothing", () => {
  it.each([
    ["an empty text", ""],
    ["a paired device list", JSON.stringify({ pending: [], paired: [{ deviceId: "d", scopes: ["operator.read"] }] })],
    ["a heartbeat in quiet hours", JSON.stringify({ status: "skipped", reason: "quiet-hours", ts: 5 })],
    ["a hello", JSON.stringify({ type: "res", id: "c1", ok: true, payload: { type: "hello-ok", protocol: 4, auth: { scopes: [] } } })],
    ["a started gateway", JSON.stringify({ ok: true, status: "started", version: "2026.9.6", uptimeMs: 3000 })],
    [
      "a normal boot",
      "[gateway] loading configuration…\n[gateway] resolving authentication…\n[gateway] starting...\n[gateway] http server listening (14 plugins: a; 2.1s)\n[gateway] ready\n[heartbeat] started",
    ],
    [
      "an orderly stop",
      "[admission] closed: stop (SIGTERM)\n[gateway] received SIGTERM; shutting down\n[shutdown] completed cleanly in 86ms",
    ],
    [
      "an unknown method",
      JSON.stringify({ type: "res", id: "r3", ok: false, error: { code: "INVALID_REQUEST", message: "unknown method: bogus.method" } }),
    ],
    [
      "its own gateway on its own port",
      "Port 18789 is already in use.\n- pid 76036 ubuntu: openclaw-gateway (127.0.0.1:18789)\nConnectivity probe: ok",
    ],
    [
      "prose",
      "The committee met on Tuesday. Authentication of the old manuscripts required a second opinion, and the gateway to the garden was closed.",
    ],
    ["a recipe", "Mix the flour with the tokens of butter; if the pairing fails, restart with cold water."],
    [
      "nginx",
      "2026/11/20 10:00:00 [error] 31#31: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.1",
    ],
    [
      "sshd",
      "sshd[811]: error: maximum authentication attempts exceeded for root from 10.1.1.1 port 22 ssh2 [preauth]\nsshd[811]: Disconnecting: Too many authentication failures",
    ],
    ["postgres", 'FATAL:  password authentication failed for user "app"\nFATAL:  sorry, too many clients already'],
    ["npm", "npm ERR! code EADDRINUSE\nnpm ERR! listen EADDRINUSE: address already in use :::3000"],
    ["another program's health", JSON.stringify({ ok: false, error: { code: 500, message: "database timeout" } })],
    ["kubernetes", JSON.stringify({ kind: "Status", status: "Failure", reason: "Forbidden", message: "pods is forbidden", code: 403 })],
    ["another gateway's settings", JSON.stringify({ gateway: { port: 8080, auth: "basic" }, agents: {} })],
    [
      "source code",
      'const detail = "AUTH_TOKEN_MISMATCH";\nif (error.message.includes("pairing required")) {\n  throw new Error("gateway token mismatch");\n}',
    ],
  ])("says nothing about %s", (_name, text) => {
    expect(codes(text)).toEqual([]);
  });
});

describe("limits", () => {
  it("reads a megabyte of log within two seconds and never throws on garbage", () => {
    const line = logged("gateway/ws", "⇄ res ✓ health 92ms conn=d5db0987…470b id=2:248b789f");
    const text = `${`${line}\n`.repeat(2_200)}${logged("gateway", "restart-loop breaker tripped: 3 unclean boot(s)")}`;
    const started = performance.now();
    expect(codes(`openclaw\n${text}`)).toContain("gateway.restart-storm");
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(() => codes(`${"{".repeat(5_000)}"\u0000\uffff`)).not.toThrow();
  });
});
