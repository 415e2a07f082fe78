import type { Light } from "../../../../core/model/light.ts";
import { lookUp } from "./loose.ts";

/** What a structured rejection means: the finding, and the first thing to do about exactly this one. */
export type Rejection = { readonly code: string; readonly advice: string; readonly light?: Light };

const token = "openclaw.auth.token-mismatch";
const missing = "openclaw.auth.token-missing";
const pairing = "openclaw.auth.pairing-required";
const proof = "openclaw.auth.device-proof-rejected";
const plane = "openclaw.auth.plane-skew";
const page = "openclaw.control-ui.unreachable";
const versions = "openclaw.install.split-brain";
const later = "openclaw.gateway.follow-up-failed";

/** Every `error.details.code` of the gateway protocol, releases up to 2026.9.6. */
export const detailCodes: Readonly<Record<string, Rejection>> = {
  AUTH_TOKEN_MISSING: { code: missing, advice: "Give this client the value of gateway.auth.token." },
  AUTH_TOKEN_NOT_CONFIGURED: { code: missing, advice: "The gateway itself has no token: set gateway.auth.token and restart it." },
  AUTH_PASSWORD_MISSING: { code: missing, advice: "Give this client the gateway's password." },
  AUTH_PASSWORD_NOT_CONFIGURED: { code: missing, advice: "The gateway itself has no password: set gateway.auth.password and restart it." },
  AUTH_REQUIRED: { code: missing, advice: "The client sent nothing that this gateway accepts." },
  DEVICE_IDENTITY_REQUIRED: { code: missing, advice: "The client sent neither token nor device; look whether it could read its token." },
  AUTH_TOKEN_MISMATCH: { code: token, advice: "Find the copy of the token that differs from gateway.auth.token." },
  AUTH_PASSWORD_MISMATCH: {
    code: token,
    advice: "Compare gateway.auth.mode first: a password sent to a token gateway looks like this too.",
  },
  AUTH_UNAUTHORIZED: {
    code: token,
    advice: "The gateway refuses the credential; a redaction placeholder in its configuration causes this too.",
  },
  AUTH_DEVICE_TOKEN_MISMATCH: {
    code: "openclaw.auth.device-token-mismatch",
    advice: "Issue this device a new token, or approve it again.",
  },
  AUTH_SCOPE_MISMATCH: { code: pairing, advice: "Connect with fewer scopes, or approve the device's scope upgrade." },
  PAIRING_REQUIRED: { code: pairing, advice: "Compare the request and approve it." },
  AUTH_BOOTSTRAP_TOKEN_INVALID: { code: pairing, advice: "The setup code is used up or expired: make a new one." },
  AUTH_RATE_LIMITED: { code: "openclaw.auth.rate-limited", advice: "Stop the client that loops, then wait." },
  AUTH_TAILSCALE_IDENTITY_MISSING: { code: plane, advice: "Use Tailscale Serve, or connect with the token." },
  AUTH_TAILSCALE_PROXY_MISSING: { code: plane, advice: "Use Tailscale Serve, or connect with the token." },
  AUTH_TAILSCALE_WHOIS_FAILED: { code: plane, advice: "Look whether tailscaled runs on the gateway's machine." },
  AUTH_TAILSCALE_IDENTITY_MISMATCH: { code: plane, advice: "Another tailnet user is logged in than the gateway expects." },
  AUTH_IDENTITY_HEADER_REQUIRED: { code: plane, advice: "The proxy in front must send its identity header; see gateway.remote.edgeAuth." },
  AUTH_VERIFIED_USER_REQUIRED: { code: plane, advice: "Connect through the trusted proxy or Tailscale, or with the shared token." },
  AUTHENTICATED_PROFILE_UNAVAILABLE: { code: later, advice: "The gateway cannot verify the profile just now: try again shortly." },
  CONTROL_UI_DEVICE_IDENTITY_REQUIRED: { code: page, advice: "Open the page over HTTPS or on localhost." },
  CONTROL_UI_ORIGIN_NOT_ALLOWED: { code: page, advice: "Add the page's origin to gateway.controlUi.allowedOrigins." },
  CONTROL_UI_BUILD_MISMATCH: { code: page, advice: "Reload the page: it is older than the gateway." },
  DEVICE_AUTH_INVALID: { code: proof, advice: "Update the client." },
  DEVICE_AUTH_DEVICE_ID_MISMATCH: { code: proof, advice: "The device id does not belong to its key: let the client make a new identity." },
  DEVICE_AUTH_SIGNATURE_EXPIRED: { code: proof, advice: "The clocks differ by more than two minutes: correct them." },
  DEVICE_AUTH_NONCE_REQUIRED: { code: proof, advice: "The client speaks an older device protocol: update it." },
  DEVICE_AUTH_NONCE_MISMATCH: { code: proof, advice: "The client signed another connection's challenge: update or restart it." },
  DEVICE_AUTH_SIGNATURE_INVALID: { code: proof, advice: "The client signs another text than the gateway expects: update it." },
  DEVICE_AUTH_PUBLIC_KEY_INVALID: { code: proof, advice: "The client's key is damaged: let it make a new identity." },
  PROTOCOL_MISMATCH: { code: versions, advice: "Client and gateway speak different protocol versions: update the older one." },
  CLIENT_VERSION_MISMATCH: { code: versions, advice: "The client is older than the gateway: update or restart it." },
  MISSING_SCOPE: { code: "openclaw.auth.scope-limited", advice: "Approve the scope for this device if it needs it." },
};

/** Server-side reasons, as logs and older releases name them. */
export const authReasons: Readonly<Record<string, string>> = {
  token_missing: "AUTH_TOKEN_MISSING",
  token_mismatch: "AUTH_TOKEN_MISMATCH",
  token_missing_config: "AUTH_TOKEN_NOT_CONFIGURED",
  token_redacted_config: "AUTH_UNAUTHORIZED",
  password_missing: "AUTH_PASSWORD_MISSING",
  password_mismatch: "AUTH_PASSWORD_MISMATCH",
  password_missing_config: "AUTH_PASSWORD_NOT_CONFIGURED",
  password_redacted_config: "AUTH_UNAUTHORIZED",
  bootstrap_token_invalid: "AUTH_BOOTSTRAP_TOKEN_INVALID",
  device_token_mismatch: "AUTH_DEVICE_TOKEN_MISMATCH",
  scope_mismatch: "AUTH_SCOPE_MISMATCH",
  rate_limited: "AUTH_RATE_LIMITED",
  tailscale_user_missing: "AUTH_TAILSCALE_IDENTITY_MISSING",
  tailscale_proxy_missing: "AUTH_TAILSCALE_PROXY_MISSING",
  tailscale_whois_failed: "AUTH_TAILSCALE_WHOIS_FAILED",
  tailscale_user_mismatch: "AUTH_TAILSCALE_IDENTITY_MISMATCH",
  "device-id-mismatch": "DEVICE_AUTH_DEVICE_ID_MISMATCH",
  "device-signature-stale": "DEVICE_AUTH_SIGNATURE_EXPIRED",
  "device-nonce-missing": "DEVICE_AUTH_NONCE_REQUIRED",
  "device-nonce-mismatch": "DEVICE_AUTH_NONCE_MISMATCH",
  "device-signature": "DEVICE_AUTH_SIGNATURE_INVALID",
  "device-public-key": "DEVICE_AUTH_PUBLIC_KEY_INVALID",
};

/** Why a device has to wait for approval, in words. */
export const pairingReasons: Readonly<Record<string, string>> = {
  "not-paired": "the device is not approved yet",
  "role-upgrade": "the device asks for a higher role",
  "scope-upgrade": "the device asks for more rights",
  "metadata-upgrade": "the device changed and must be approved again",
};

/** The rejection behind a detail code; unknown codes are read by their prefix. */
export function rejectionOf(detailCode: string): Rejection | undefined {
  const known = lookUp(detailCodes, detailCode);
  if (known !== undefined) return known;
  if (/^DEVICE_AUTH_/.test(detailCode))
    return { code: proof, advice: "The gateway does not accept the device's proof: update the client." };
  if (/^AUTH_/.test(detailCode)) return { code: token, advice: "The gateway does not accept the credential." };
  if (/^CONTROL_UI_/.test(detailCode))
    return { code: page, advice: "The gateway does not accept the page: open it through openclaw dashboard." };
  return undefined;
}

/** Message texts of all releases, for answers without a detail code. First match wins, so the special come before the general. */
const messages: readonly (readonly [RegExp, string])[] = [
  [/device token mismatch/i, "AUTH_DEVICE_TOKEN_MISMATCH"],
  [/device token scope mismatch/i, "AUTH_SCOPE_MISMATCH"],
  [/setup code invalid/i, "AUTH_BOOTSTRAP_TOKEN_INVALID"],
  [/too many failed authentication attempts/i, "AUTH_RATE_LIMITED"],
  [/token not configured on gateway/i, "AUTH_TOKEN_NOT_CONFIGURED"],
  [/password not configured on gateway/i, "AUTH_PASSWORD_NOT_CONFIGURED"],
  [/gateway password missing|unauthorized:.*password missing/i, "AUTH_PASSWORD_MISSING"],
  [/gateway password mismatch|unauthorized:.*password mismatch/i, "AUTH_PASSWORD_MISMATCH"],
  [/gateway token missing|unauthorized:.*token missing/i, "AUTH_TOKEN_MISSING"],
  [/gateway token mismatch|unauthorized:.*token mismatch/i, "AUTH_TOKEN_MISMATCH"],
  [/redaction sentinel/i, "AUTH_UNAUTHORIZED"],
  [
    /pairing required|NOT_PAIRED: pairing|(?:role|scope) upgrade pending approval|device metadata change pending approval/i,
    "PAIRING_REQUIRED",
  ],
  [/control ui requires device identity/i, "CONTROL_UI_DEVICE_IDENTITY_REQUIRED"],
  [/origin not allowed/i, "CONTROL_UI_ORIGIN_NOT_ALLOWED"],
  [/device identity required/i, "DEVICE_IDENTITY_REQUIRED"],
  [/device signature expired/i, "DEVICE_AUTH_SIGNATURE_EXPIRED"],
  [/device signature invalid/i, "DEVICE_AUTH_SIGNATURE_INVALID"],
  [/device nonce (?:mismatch|required)/i, "DEVICE_AUTH_NONCE_MISMATCH"],
  [/device identity mismatch/i, "DEVICE_AUTH_DEVICE_ID_MISMATCH"],
  [/tailscale identity (?:missing|mismatch|check failed)|tailscale proxy headers missing/i, "AUTH_TAILSCALE_IDENTITY_MISSING"],
  [/require a verified user identity/i, "AUTH_VERIFIED_USER_REQUIRED"],
  [/client version mismatch/i, "CLIENT_VERSION_MISMATCH"],
  [/protocol mismatch/i, "PROTOCOL_MISMATCH"],
  [/missing scope:/i, "MISSING_SCOPE"],
  [/^unauthorized\b/i, "AUTH_REQUIRED"],
];

/** Detail code that a rejection without one would carry today; undefined when the text is no rejection. */
export const detailCodeOfMessage = (message: string): string | undefined => messages.find(([pattern]) => pattern.test(message))?.[1];
