import { HINT, LIKELY, SURE, type WordingRule } from "./rule.ts";

/** The way to the gateway: dashboard page, proxies, tunnels, copies of secrets, exposure. */
export const accessWording: readonly WordingRule[] = [
  {
    code: "openclaw.control-ui.unreachable",
    any: [
      /origin not allowed.{0,80}(?:Control UI|controlUi|gateway)/i,
      /control ui requires (?:device identity|HTTPS)/i,
      /control ui build rejected/i,
      /Control UI assets (?:are (?:missing|unavailable)|do not match|not found)/i,
      /non-loopback Control UI requires gateway\.controlUi\.allowedOrigins/i,
    ],
    confidence: SURE,
  },
  {
    code: "openclaw.control-ui.unreachable",
    any: [/origin (?:not allowed|missing or invalid)/i, /(?:HTTPS or localhost|secure context)/i],
    ours: true,
    confidence: LIKELY,
  },
  {
    code: "openclaw.auth.plane-skew",
    any: [
      /tailscale (?:identity (?:missing|mismatch|check failed)|proxy headers missing)/i,
      /\btailscale_(?:user_(?:missing|mismatch)|proxy_missing|whois_failed)\b/,
      /Proxy headers detected from untrusted address/i,
      /non-local Host header\. Treating it as remote/i,
      /trusted_proxy_\w+|identity-header authentication is required/i,
      /operator role policies require a verified user identity/i,
      /gateway\.remote\.edgeAuth|\bidentity-proxy\b/i,
      /SECURITY ERROR.{0,80}ws:\/\/|plain(?:text)? ws:\/\/.{0,80}(?:refus|not allowed|non-loopback|insecure)/i,
      /OPENCLAW_ALLOW_INSECURE_PRIVATE_WS/,
    ],
    confidence: SURE,
  },
  {
    code: "openclaw.auth.plane-skew",
    any: [/rejected websocket upgrade \(HTTP (?:30[12378]|401|403)\)/i, /cloudflareaccess\.com/i],
    ours: true,
    confidence: LIKELY,
  },
  {
    code: "openclaw.auth.duplicate-secrets",
    any: [
      /gateway\.auth\.token and gateway\.auth\.password are both configured/i,
      /env_token_overrides_config/,
      /OPENCLAW_GATEWAY_TOKEN.{0,60}(?:overrides|differs from|shadows|takes precedence over)/i,
      /secret ref(?:erence)?s?\b.{0,60}(?:duplicate|shadowed|conflict)/i,
      /\bREF_SHADOWED\b/,
    ],
    confidence: SURE,
  },
  {
    // A value with blanks is captured text, not a token.
    code: "openclaw.auth.duplicate-secrets",
    any: [/gateway\.(?:remote|auth)\.token\s*[=:]\s*"[^"\s]+\s[^"]*"/i, /gateway\.(?:remote|auth)\.token\s*[=:]\s*"?\$env:/i],
    evenInSource: true,
    confidence: SURE,
  },
  {
    code: "openclaw.auth.operator-lease-missing",
    any: [
      /\b(?:no|missing|without|waiting for(?: an?)?|denied) operator(?:\.read)? lease\b/i,
      /operator(?:\.read)?\b.{0,40}\blease\b.{0,40}(?:not granted|missing|expired|denied|timed? ?out|unavailable)/i,
      /mac-control\.(?:sock|token)\b.{0,80}(?:EACCES|EPERM|permission denied|ECONNREFUSED|ENOENT)|(?:EACCES|permission denied).{0,80}mac-control\./i,
      /control socket\b.{0,80}(?:permission denied|EACCES|not on the (?:allow-?)?list|wrong (?:owner|mode))/i,
    ],
    confidence: SURE,
  },
  {
    code: "openclaw.probe.ssh-tunnel-failed",
    any: [/SSH tunnel failed to start/i, /\bssh_tunnel_failed\b/],
    confidence: SURE,
  },
  {
    code: "openclaw.gateway.multiple-reachable",
    any: [/multiple reachable gateways/i, /\bmultiple_gateways\b/],
    confidence: SURE,
  },
  {
    code: "openclaw.security.exposed",
    any: [
      /refusing to bind gateway\b/i,
      /Gateway binds beyond loopback without auth/i,
      /Gateway (?:HTTP APIs are reachable without auth|auth missing on loopback|authentication is disabled)/i,
      /Gateway auth is off or missing a token/i,
      /\bfs\.(?:state_dir|config|credentials_dir|auth_profiles|log_file|config_include)\.perms_\w+/,
      /(?:state dir(?:ectory)?|config(?: file)?|credentials dir|openclaw\.json)\b.{0,60}\bis (?:world|group)-(?:readable|writable)/i,
    ],
    confidence: SURE - 0.05,
  },
  {
    code: "openclaw.secrets.ref-unresolved",
    any: [
      /SecretRef is (?:unresolved|unavailable|not available)/i,
      /failed to resolve SecretRef/i,
      /unresolved SecretRef/i,
      /Secret resolution failed/i,
      /SECRETS_RELOADER_DEGRADED/,
      /\bauth_secretref_unresolved\b/,
      /is configured as a secret reference but is unavailable/i,
      /\bREF_UNRESOLVED\b/,
      /SecretRef resolved to (?:a non-string|an empty) value/i,
    ],
    confidence: SURE + 0.03,
  },
  { code: "openclaw.secrets.ref-unresolved", any: [/\bunresolved_ref\b/, /Auth reason \[unresolved_ref\]/], ours: true, confidence: HINT },
];
