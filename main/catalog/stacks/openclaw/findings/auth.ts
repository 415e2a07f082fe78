import type { FindingKind } from "../../../../core/model/finding.ts";
import { WITHOUT_SESSION } from "./consequences.ts";

/** The gateway answered and said no, with a reason. Structured rejections need no repetition. */
export const authFindings: readonly FindingKind[] = [
  {
    code: "openclaw.auth.token-missing",
    symptoms: ["O9"],
    light: "red",
    layer: 6,
    confirmAfter: 1,
    title: "A client has no credentials for the gateway",
    detail:
      "The gateway is up and asks for a token or password, and the client sent none. Usually gateway.auth.token is not set, or cannot be read where this client looks for it. Give the client the same token.",
    explains: [...WITHOUT_SESSION],
    remedies: ["provide-token"],
    runbook:
      "Put gateway.auth.token into the client (remote clients: openclaw config set gateway.remote.token). If the gateway has none: openssl rand -hex 24, then openclaw config set gateway.auth.token, restart. Never paste the word __OPENCLAW_REDACTED__.",
  },
  {
    code: "openclaw.auth.token-mismatch",
    symptoms: ["O10"],
    light: "red",
    layer: 6,
    confirmAfter: 1,
    title: "The gateway rejects the shared token",
    detail:
      "The gateway is up and its token differs from the one the client sent. Most often the service unit or an .env file still holds an old token, or the token was changed without a restart. Find the copy that differs before you make a new one.",
    explains: [...WITHOUT_SESSION, "openclaw.auth.duplicate-secrets"],
    remedies: ["align-token", "reinstall-service"],
    runbook:
      "Compare gateway.auth.token with gateway.remote.token, .env, the service unit's environment and OPENCLAW_GATEWAY_TOKEN in the shell. Keep one value, openclaw gateway install --force, restart. A paired device may retry once with its device token.",
  },
  {
    code: "openclaw.auth.device-token-mismatch",
    symptoms: ["O11"],
    light: "red",
    layer: 6,
    confirmAfter: 1,
    title: "The gateway rejects this device's own token",
    detail:
      "The device is known, but the token it kept is stale or was revoked. The shared token is not the problem. Issue a new device token, or approve the device again.",
    explains: [...WITHOUT_SESSION],
    remedies: ["rotate-device-token"],
    runbook:
      "openclaw devices list --json, then openclaw devices rotate --device ID --role operator --json. If every command is refused, look first for an old OPENCLAW_GATEWAY_TOKEN in the service unit.",
  },
  {
    code: "openclaw.auth.pairing-required",
    symptoms: ["O12", "O25"],
    light: "amber",
    layer: 6,
    confirmAfter: 1,
    title: "A device waits for your approval",
    detail:
      "A client is known to nobody yet, or asks for more rights than it was given, and the gateway closed its connection until you decide. Compare device, address and requested rights, then approve or ignore. Requests end after five minutes and come back with a new number.",
    explains: [...WITHOUT_SESSION],
    remedies: ["approve-pairing"],
    runbook:
      "openclaw devices list --json, compare what is asked, openclaw devices approve REQUEST-ID --json. Never approve the latest unseen. The client connects by itself afterwards.",
  },
  {
    code: "openclaw.auth.rate-limited",
    symptoms: ["O47"],
    light: "red",
    layer: 6,
    confirmAfter: 1,
    title: "The gateway locked out an address after wrong log-ins",
    detail:
      "A client tried a wrong credential again and again, so the gateway refuses that address for about five minutes. Every new attempt keeps the lock alive. Find the client that loops and correct its credential first.",
    explains: [...WITHOUT_SESSION, "openclaw.auth.token-mismatch"],
    remedies: ["wait-out-lockout"],
    runbook:
      "Look in the gateway log for client= on the lines with reason=token_mismatch just before reason=rate_limited. Stop that client, wait for the time in retryAfterMs, correct its token.",
  },
  {
    code: "openclaw.auth.device-proof-rejected",
    symptoms: ["O14"],
    light: "red",
    layer: 6,
    confirmAfter: 1,
    title: "The gateway does not accept the device's signature",
    detail:
      "The device signed the wrong challenge, its clock is more than two minutes off, its key does not fit its id, or its protocol is too old. Update the client and check the clock; tokens are not the problem.",
    explains: [...WITHOUT_SESSION],
    remedies: ["update-client"],
    runbook:
      "Compare the clocks (more than 120 s apart is refused), update the client to the gateway's release, and sign the nonce of the same connection.",
  },
  {
    code: "openclaw.auth.scope-limited",
    symptoms: ["O23"],
    light: "green",
    layer: 6,
    title: "The connection has fewer rights than an approved device",
    detail:
      "The gateway lets the client in, without the rights of an approved device. For a probe that only has the shared token this is normal and no fault. {limits} Approve the device to give it more.",
    remedies: ["approve-pairing"],
    runbook:
      "Nothing is broken. For full reads, pair the device: openclaw devices list --json, openclaw devices approve REQUEST-ID --json.",
  },
];
