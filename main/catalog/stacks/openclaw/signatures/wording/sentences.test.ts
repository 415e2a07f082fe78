import { describe, expect, it } from "vitest";
import { explain } from "../../../../../core/engine/explain.ts";
import { findings } from "../../findings/index.ts";
import { signatures } from "../index.ts";

const stack = { id: "openclaw", findings, signatures };
/** First symptom for a sentence as somebody pastes it: alone, or below the tool's own header. */
const symptom = (sentence: string): string | undefined =>
  explain(`[openclaw] The CLI command failed.\n[openclaw] Reason: ${sentence}\n[openclaw] Try: openclaw doctor`, [stack])[0]?.symptoms[0];

describe("sentences of OpenClaw, by the row of the catalogue they belong to", () => {
  it.each([
    [
      "O2",
      "Refusing to stop the gateway service because this OpenClaw binary (2026.8.2) is older than the config last written by OpenClaw 2026.10.1.",
    ],
    ["O2", "Your OpenClaw config was written by version 2026.10.1, but this command is running 2026.8.2."],
    ["O2", "Config was last written by a newer OpenClaw (2026.2.14); current version is 2026.1.30."],
    ["O2", "Gateway service entrypoint does not match the current install. (/usr/lib/a -> /usr/lib/b)"],
    ["O2", "gateway rejected protocol v4; retrying node host with protocol v3"],
    ["O3", "429 rate_limit_error: Extra usage is required for long context requests."],
    ["O3", "⚠️ anthropic (claude-sonnet-5) returned a billing error — check your account for subscription or usage limits, then try again."],
    ["O4", "ollama request failed: 404 model_not_found: model 'ollama/llama3' not found"],
    ["O4", "400 messages[1].content must be a string"],
    ["O4", "blocked model (context window too small): lmstudio/qwen ctx=4096 (min=16000) source=config"],
    ["O5", "openclaw pairing approve telegram ABCD2345"],
    ["O6", "discord: drop guild message (mention required, botId=1234)"],
    ["O7", "Blocked unauthorized signal sender +49123 (dmPolicy=allowlist)"],
    ["O7", "slack: drop channel C123 (groupPolicy=allowlist, matchKey=none)"],
    ["O8", "origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins)"],
    ["O8", "Control UI assets do not match the current Gateway build."],
    ["O9", "Gateway auth is set to token, but no token is configured."],
    ["O9", "gateway status requires credentials before opening a websocket"],
    ["O10", "gateway closed (1008): unauthorized: gateway token mismatch (set gateway.remote.token to match gateway.auth.token)"],
    ["O11", "gateway closed (1008): unauthorized: device token mismatch (rotate/reissue device token)"],
    [
      "O12",
      "- Pending scope upgrade 4c02b8ef for Mac: approved scopes [operator.read], requested scopes [operator.admin]. Review with openclaw devices list",
    ],
    ["O12", "gateway closed (1008): pairing required: device identity changed and must be re-approved (requestId: 4c02)"],
    ["O14", "gateway closed (1008): device signature invalid"],
    ["O15", "device token revocation denied"],
    ["O15", "This device can't approve its own scope upgrade. Approve it from the Control UI or another authorized device."],
    ["O16", "Gateway not reachable at ws://127.0.0.1:18789 (ECONNREFUSED)."],
    ["O16", "Gateway did not become healthy after restart."],
    ["O17", "Gateway service OPENCLAW_GATEWAY_TOKEN does not match gateway.auth.token in openclaw.json"],
    ["O17", "Gateway install blocked: Error: service management skipped: non-default state dir or config path."],
    [
      "O18",
      "another gateway instance is already listening on ws://127.0.0.1:18789 | listen EADDRINUSE: address already in use 127.0.0.1:18789",
    ],
    [
      "O18",
      "gateway already running under systemd; existing gateway is healthy, exiting with code 78 to prevent a systemd Restart=always loop",
    ],
    ["O18", "SSH tunnel already bound to this port. Close the tunnel or use a different local port in -L."],
    ["O19", "Other gateway-like services detected (best effort): com.example.gateway (user)"],
    ["O20", "Config auto-restored from backup: /h/openclaw.json (size-drop-vs-last-good:3641->423)"],
    ["O20", "gateway: invalid config was restored from last-known-good backup: /h/openclaw.json"],
    ["O20", "config reload skipped (invalid config): agents.defaults.model: Invalid input"],
    ["O20", "Gateway start blocked: existing config is missing gateway.mode."],
    ["O21", "SSH tunnel failed to start; falling back to direct probes."],
    ["O22", "multiple reachable gateways detected"],
    ["O23", "⇄ res ✗ status 4ms errorCode=FORBIDDEN errorMessage=missing scope: operator.read conn=1"],
    ["O24", "Gateway accepted the WebSocket connection, but follow-up read diagnostics failed: timeout"],
    ["O26", "gateway.auth.token SecretRef is unresolved in this command path; probing without configured auth credentials."],
    ["O26", 'gateway.remote.token: failed to resolve SecretRef "env:default:MY_TOKEN": not set'],
    ["O27", '- channels.telegram.dmPolicy is "allowlist" but allowFrom is empty — all DMs will be blocked.'],
    ["O28", "[slack:default] startup failed: missing_scope"],
    ["O28", "Telegram getUpdates conflict: 409: Conflict: terminated by other getUpdates request"],
    ["O28", "[whatsapp:default] health-monitor: skipping restart, terminal-disconnect"],
    ["O29", "cron: job run returned error status"],
    ["O29", "heartbeat skipped reason=no-route"],
    ["O30", "node command failed: NODE_BACKGROUND_UNAVAILABLE"],
    ["O31", "LOCATION_PERMISSION_REQUIRED: grant Location permission"],
    ["O32", "SYSTEM_RUN_DENIED: approval required"],
    ["O33", "SYSTEM_RUN_DENIED: allowlist miss"],
    ["O34", 'Browser is configured, but plugins.allow does not include browser. Add "browser" to plugins.allow'],
    ["O34", "No supported browser found (Chrome/Brave/Edge/Chromium on macOS, Linux, or Windows)."],
    ["O35", "Gateway service embeds OPENCLAW_GATEWAY_TOKEN and should be reinstalled."],
    ["O35", "Invalid LaunchAgent environment file; run openclaw gateway install --force to repair the service."],
    ["O36", "unauthorized: tailscale proxy headers missing (use Tailscale Serve or gateway token/password)"],
    ["O36", "Loopback connection with non-local Host header. Treating it as remote."],
    ["O37", "Invalid config: gateway.auth.token and gateway.auth.password are both configured, but gateway.auth.mode is unset."],
    ["O38", "Gateway restart storm: 3 external CLI restarts in 10 minutes."],
    ["O40", "operator.read call timed out: no operator lease for this socket"],
    ["O40", "connect EACCES /Users/ada/.openclaw/mac-control.sock: permission denied"],
    ["O42", "memory pressure: level=warning reason=heap_threshold rssBytes=8123456789"],
    ["O43", "Gateway event loop degraded delayP99=2300ms"],
    ["O43", "gateway connect challenge timeout (waited 15000ms, limit 15000ms)"],
    ["O44", "gateway starting; retry shortly"],
    ["O45", "refusing to bind gateway to 0.0.0.0:18789 without auth (set gateway.auth.token/password)"],
    ["O46", "OAuth token refresh failed for openai: refresh_token_reused"],
    ["O46", "Provider anthropic is in cooldown (all profiles unavailable) (rate_limit)"],
    ["O47", "unauthorized: too many failed authentication attempts (retry later)"],
    ["O48", "Systemd lingering is disabled for ada. Run: sudo loginctl enable-linger ada"],
  ])("%s: %s", (row, sentence) => {
    expect(symptom(sentence)).toBe(row);
  });

  it.each([
    "The AI service is temporarily overloaded. Please try again in a moment.",
    "Missing job id. Pass it positionally or with --id.",
    "No chat DM pairing channels are configured. To approve a TUI or device request, use openclaw devices approve instead.",
    "Pass --show to confirm that you want to print the Gateway token to this terminal.",
    "Gateway service installed. Runtime readiness has not been checked; startup may still be in progress.",
    "restart mode: in-process restart (container: use in-process restart to keep PID 1 alive)",
    "device pairing auto-approved device=ff role=operator",
    "No pending device pairing requests.",
    "Port 18789 is free.",
    "config hot reload applied (gateway.controlUi.enabled)",
  ])("nothing: %s", (sentence) => {
    expect(symptom(sentence)).toBeUndefined();
  });
});
