import { HINT, LIKELY, SURE, type WordingRule } from "./rule.ts";

/** Installations, versions and service units. */
export const installWording: readonly WordingRule[] = [
  {
    code: "openclaw.install.split-brain",
    any: [
      /Refusing to .{1,120} because this (?:OpenClaw|Clawdbot|Moltbot) binary/i,
      /Your (?:OpenClaw|Clawdbot|Moltbot) config was written by version \S+,? but this command is running/i,
      /Config was last written by a newer (?:OpenClaw|Clawdbot|Moltbot)/i,
      /is older than the config last written by/i,
      /OPENCLAW_ALLOW_OLDER_BINARY_DESTRUCTIVE_ACTIONS/,
    ],
    confidence: SURE + 0.1,
  },
  {
    code: "openclaw.install.split-brain",
    any: [
      /Gateway service entrypoint does not match the current install/i,
      /\bgateway-entrypoint-mismatch\b/,
      /(?:gateway closed \(1002\)|gateway|conn=\S{1,80}|client).{0,60}\bprotocol mismatch\b|\bprotocol mismatch conn=/i,
      /\bclient version mismatch\b/i,
      /gateway rejected protocol v\d/i,
      /Gateway build mismatch: expected/i,
    ],
    confidence: SURE,
  },
  // A health check that reaches the port and never gets through the handshake: most often a client newer than the gateway.
  { code: "openclaw.install.split-brain", any: [/Health check failed: GatewayTransportError: gateway timeout/i], confidence: LIKELY },
  { code: "openclaw.install.split-brain", any: [/\bprotocol mismatch\b/i], ours: true, confidence: LIKELY },
  {
    code: "openclaw.install.upgrade-drift",
    any: [
      /Gateway service (?:embeds|PATH|uses Node from a version manager)/i,
      /Service config looks out of date or non-standard/i,
      /service definition needs repair/i,
      /\bgateway-(?:token|password|managed-env|proxy-env)-embedded\b/,
      /\bgateway-(?:path-(?:missing|missing-dirs)|runtime-(?:bun|node|probe-failed|node-version-manager|node-system-missing)|command-missing)\b/,
      /\blaunchd-(?:keep-alive|run-at-load|env-file-argument|env-wrapper-outdated)\b|\bsystemd-(?:restart-sec|kill-mode|stop-timeout|after-network)/,
      /Invalid LaunchAgent environment file/i,
      /<(?:key|string)>(?:OPENCLAW|CLAWDBOT|MOLTBOT)_GATEWAY_(?:TOKEN|PASSWORD)<\//,
      /Environment="?(?:OPENCLAW|CLAWDBOT|MOLTBOT)_GATEWAY_(?:TOKEN|PASSWORD)=/,
      /LaunchAgent is missing (?:KeepAlive|RunAtLoad)/i,
      /The recorded service unit is stale/i,
    ],
    confidence: SURE - 0.05,
  },
  {
    code: "openclaw.install.upgrade-drift",
    any: [
      /Update Result: ERROR/i,
      /^\W*Update (?:\S+ ){0,3}(?:failed|phase timed out)\b/i,
      /plugin version drift/i,
      /requires Node(?:\.js)? >=?/i,
      /node:sqlite is unavailable/i,
    ],
    ours: true,
    not: [/Using \S+ for the daemon/],
    confidence: LIKELY,
  },
  {
    code: "openclaw.service.config-mismatch",
    any: [
      /Gateway service (?:OPENCLAW_GATEWAY_TOKEN does not match|port does not match)/i,
      /Config token differs from service token/i,
      /service management skipped: non-default state dir/i,
      /\bgateway-(?:token-mismatch|token-drift|port-mismatch)\b/,
      /config (?:paths? )?(?:mismatch|differs?) between (?:cli|the cli).{0,20}service|cli and service config/i,
    ],
    confidence: SURE + 0.03,
  },
  {
    code: "openclaw.service.will-not-survive",
    any: [
      /Systemd lingering is disabled/i,
      /Without lingering, (?:systemd|the Gateway)/i,
      /\bsystemd-(?:user-bus-unavailable|linger)\b/,
      /Failed to enable lingering/i,
      /Systemd user services are unavailable/i,
      /systemctl --user unavailable/i,
    ],
    confidence: SURE,
  },
  {
    code: "openclaw.service.crash-loop",
    any: [/\bStart request repeated too quickly\b/i, /openclaw-gateway.*(?:auto-restart|Scheduled restart job)/i],
    ours: true,
    confidence: HINT,
  },
];
