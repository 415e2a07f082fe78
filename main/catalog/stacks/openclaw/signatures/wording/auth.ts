import { HINT, LIKELY, SURE, type WordingRule } from "./rule.ts";

/** Rejections in the words of gateway, clients and logs, from the first releases on. */
export const authWording: readonly WordingRule[] = [
  {
    code: "openclaw.auth.device-token-mismatch",
    any: [/device token mismatch/i, /\bdevice_token_mismatch\b/, /unauthorized: device token rejected/i],
    confidence: SURE,
  },
  {
    code: "openclaw.auth.token-mismatch",
    any: [
      /\bunauthorized\b.{0,60}\b(?:token|password) mismatch/i,
      // As a clause of its own; what other gateways say goes on ("… in header").
      /\bgateway (?:token|password) mismatch\s*(?:$|[[("'`.,:;\])])/i,
      /\breason=(?:token|password)_mismatch\b/,
      /set gateway\.remote\.token to match gateway\.auth\.token/i,
      /redaction sentinel/i,
      /gateway (?:closed|connect).{0,40}4001|gateway auth changed/i,
    ],
    not: [/device token mismatch/i],
    confidence: SURE,
  },
  {
    code: "openclaw.auth.token-mismatch",
    any: [/(?:gateway|auth)\b.{0,60}\b(?:token|password) mismatch/i],
    not: [/device token mismatch/i],
    ours: true,
    confidence: SURE,
  },
  {
    code: "openclaw.auth.self-call-token-missing",
    any: [
      /\bremote=(?:127\.0\.0\.1|::1|localhost)\b.*\bclient=(?:gateway-client|agent|sub-?agent|cron|tools?|heartbeat|sessions?|gateway:(?!status|probe|health|cli))\S*.*\breason=token_missing\b/i,
      /\bclient=(?:agent|sub-?agent|cron|heartbeat|gateway-client)\b.*\b(?:token_missing|AUTH_TOKEN_MISSING)\b/i,
      /(?:self|internal|loopback|own)[- ](?:RPC|call)\b.{0,80}(?:token_missing|token missing|AUTH_TOKEN_MISSING)/i,
    ],
    confidence: SURE + 0.08,
  },
  {
    code: "openclaw.auth.token-missing",
    any: [
      /\bunauthorized\b.{0,60}\b(?:token|password) missing/i,
      /\bgateway (?:token|password) missing\s*(?:$|[[("'`.,:;\])])/i,
      /\breason=(?:token|password)_missing(?:_config)?\b/,
      /(?:token|password) not configured on gateway/i,
      /requires credentials before opening a websocket/i,
      /gateway_credentials_required/,
      /Gateway auth is set to (?:token|password), but no (?:token|password) is configured/i,
      /Gateway auth is not configured \(no token or password\)/i,
      /(?<!control ui requires )\bdevice identity required\b/i,
    ],
    confidence: SURE,
  },
  { code: "openclaw.auth.token-missing", any: [/gateway\b.{0,60}\b(?:token|password) missing/i], ours: true, confidence: SURE },
  {
    code: "openclaw.auth.token-missing",
    any: [/Gateway is reachable but requires credentials/i, /Gateway auth unavailable/i, /No stored device auth for/i],
    confidence: LIKELY,
  },
  {
    code: "openclaw.auth.rate-limited",
    any: [
      /unauthorized.{0,40}too many failed authentication attempts/i,
      /\breason=rate_limited\b/,
      /Gateway authentication (?:is temporarily )?rate-limited/i,
    ],
    confidence: SURE + 0.03,
  },
  {
    code: "openclaw.auth.rate-limited",
    any: [/too many failed authentication attempts/i],
    ours: true,
    confidence: LIKELY,
  },
  {
    code: "openclaw.auth.pairing-required",
    any: [
      /(?:\b1008|\bunauthorized|\bNOT_PAIRED|gateway (?:closed|connect)|connect failed)\b.{0,80}\bpairing required\b/i,
      // Also when a narrow window cut the sentence off.
      /gateway closed \(1008\): pairing\b/i,
      /\bpairing required(?:: device\b| \(requestId| before node invoke)/i,
      /device access upgrade requested reason=/i,
      /\bdevice pairing required\b|\b(?:role|scope) upgrade pending approval\b|device metadata change pending approval/i,
      /Pending (?:device (?:pairing request|repair)|(?:role|scope) upgrade) \S+ for /i,
      /device is (?:not approved yet|asking for (?:more scopes|a higher role))|device identity changed and must be re-approved/i,
      /Approval pending for .{1,60}\bnodes approve\b/i,
      /\bCapability: pairing[-_]pending\b/i,
      /setup code invalid, expired, revoked/i,
      /device token scope mismatch|\breason=scope_mismatch\b/i,
      /paired · (?:dis)?connected · (?:re)?approval pending/i,
    ],
    confidence: SURE,
  },
  {
    code: "openclaw.auth.pairing-required",
    any: [/\bpairing required\b/i, /\breason:? ?=? ?(?:scope|role|metadata)-upgrade\b/i, /\bNOT_PAIRED\b/],
    ours: true,
    confidence: LIKELY,
  },
  {
    code: "openclaw.auth.internal-scope-upgrade",
    any: [
      /device access upgrade requested reason=(?:scope|role)-upgrade.*\bip=(?:unknown-ip|127\.0\.0\.1|::1|localhost|loopback)\b.*\bclient=(?:cli|gateway-client|agent|sub-?agent|cron|backend|node-host)\b/i,
      /(?:sub-?agent|sessions_spawn|cron|internal|loopback)\b.{0,120}\bpairing required\b.{0,60}\bscope-upgrade\b/i,
    ],
    confidence: SURE + 0.05,
  },
  {
    code: "openclaw.auth.device-proof-rejected",
    any: [
      /device (?:signature (?:invalid|expired)|nonce (?:mismatch|required|missing)|identity mismatch|public key invalid)/i,
      /\bdevice-(?:signature(?:-stale)?|nonce-(?:missing|mismatch)|id-mismatch|public-key)\b/,
      /connect challenge (?:missing nonce|timestamp invalid)/i,
    ],
    confidence: SURE,
  },
  {
    code: "openclaw.auth.scope-limited",
    any: [
      /\bmissing scope: operator\.(?:read|write|approvals|questions|talk)/i,
      /errorCode=(?:FORBIDDEN|INVALID_REQUEST) errorMessage=missing scope/,
    ],
    // A probe that only has the shared token says this on every healthy install.
    not: [/Read[- ]probe|probe_scope_limited|read probe: limited/i],
    confidence: LIKELY,
  },
  {
    code: "openclaw.devices.change-denied",
    any: [
      /(?:device|node) (?:token (?:rotation|revocation)|pairing (?:approval|rejection|removal|rename)) denied/i,
      /This device can't approve its own scope upgrade/i,
      /(?:device\.(?:token|pair)\.\w+|devices (?:rotate|revoke|remove|approve|reject|clear)).{0,120}(?:missing scope|FORBIDDEN|denied|not allowed)/i,
      /missing scope: operator\.(?:admin|pairing).{0,120}device\.(?:token|pair)/i,
      /approved scopes exceed your assigned operator role/i,
    ],
    confidence: SURE,
  },
  {
    code: "openclaw.devices.change-denied",
    any: [/missing scope: operator\.(?:admin|pairing)/i, /\b(?:device-ownership-mismatch|role-management-requires-admin)\b/],
    confidence: LIKELY,
  },
  { code: "openclaw.auth.token-mismatch", any: [/^\W*unauthorized\b/i, /\(1008\): unauthorized/i], ours: true, confidence: HINT },
];
