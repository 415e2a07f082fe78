import { DEMO_TOKEN } from "../../main/catalog/stacks/openclaw/demos/mac-unit.ts";
import { type Fault, logged } from "./openclaw-faults-kind.ts";
import { type Draft, part, withFile } from "./openclaw-faults-world.ts";

/** The gateway turns everybody down with this. */
const refuse = (draft: Draft, code: string, message: string, more: Readonly<Record<string, unknown>> = {}, top = {}): void => {
  const details = { code, ...more };
  draft.peer = {
    ...draft.peer,
    refusesAll: { code: code === "PAIRING_REQUIRED" ? "NOT_PAIRED" : "INVALID_REQUEST", message, details, ...top },
  };
};

const rejected = (client: string, reason: string, words: string): string =>
  `unauthorized conn=202a87f1-5619 peer=127.0.0.1:51506->127.0.0.1:18789 remote=127.0.0.1 client=${client} backend v2026.9.6 role=operator scopes=0 auth=token device=no platform=darwin host=127.0.0.1:18789 origin=n/a ua=n/a reason=${reason} guidance=unauthorized: ${words}`;

/** What the gateway does at its door, and along which ways it is reached. */
export const accessFaults: readonly Fault[] = [
  {
    row: "O8",
    title: "the dashboard is opened from an address that is not allowed",
    code: "openclaw.control-ui.unreachable",
    light: "amber",
    evidence: /origin not allowed/,
    step: /gateway\.controlUi\.allowedOrigins/,
    apply: (draft) =>
      logged(
        draft,
        {
          subsystem: "gateway/ws",
          message:
            "closed before connect conn=7f1 peer=192.168.1.20:50222->192.168.1.10:18789 remote=192.168.1.20 fwd=n/a origin=http://studio.local:18789 host=studio.local:18789 ua=Mozilla/5.0 code=1008 reason=origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins) phase=connect",
        },
        4,
      ),
  },
  {
    row: "O9",
    title: "no copy of the token is where clients look",
    code: "openclaw.auth.token-missing",
    light: "red",
    evidence: /no token and no password is set|AUTH_TOKEN_MISSING|DEVICE_IDENTITY_REQUIRED/,
    step: /openclaw gateway auth-token --show/,
    apply: (draft) => {
      delete part(draft.config, "gateway", "auth")["token"];
    },
  },
  {
    row: "O10",
    title: "the gateway has another token than the configuration",
    code: "openclaw.auth.token-mismatch",
    light: "red",
    evidence: /AUTH_TOKEN_MISMATCH/,
    step: /Compare the fingerprints in the evidence/,
    apply: (draft) => {
      draft.peer = { ...draft.peer, token: `rotated-${DEMO_TOKEN}`, paired: false };
    },
  },
  {
    row: "O10",
    title: "another client tries an old token again and again",
    code: "openclaw.auth.token-mismatch",
    light: "amber",
    evidence: /client=gateway:status .*reason=token_mismatch.*\(4 times\)/,
    step: /Compare the fingerprints in the evidence/,
    apply: (draft) =>
      logged(
        draft,
        {
          subsystem: "gateway/ws",
          message: rejected("gateway:status", "token_mismatch", "gateway token mismatch (provide gateway auth token)"),
        },
        4,
      ),
  },
  {
    row: "O11",
    title: "the gateway revoked a device's token",
    code: "openclaw.auth.device-token-mismatch",
    light: "red",
    evidence: /AUTH_DEVICE_TOKEN_MISMATCH/,
    step: /openclaw devices rotate --device/,
    apply: (draft) =>
      refuse(draft, "AUTH_DEVICE_TOKEN_MISMATCH", "unauthorized: device token mismatch (rotate/reissue device token)", {
        authReason: "device_token_mismatch",
      }),
  },
  {
    row: "O12",
    title: "our device asks for more rights than it has",
    code: "openclaw.auth.pairing-required",
    light: "amber",
    evidence: /Request req-8841/,
    step: /openclaw devices approve req-8841 --json/,
    apply: (draft) =>
      refuse(draft, "PAIRING_REQUIRED", "pairing required: device is asking for more scopes than currently approved", {
        reason: "scope-upgrade",
        requestId: "req-8841",
        requestedScopes: ["operator.read"],
        approvedScopes: [],
      }),
  },
  {
    row: "O12",
    title: "a phone waits for approval",
    code: "openclaw.auth.pairing-required",
    light: "amber",
    evidence: /openclaw-ios\/ui on iOS from 192\.168\.1\.30 .*req-77/,
    step: /openclaw devices approve req-77 --json/,
    settings: { scopes: ["operator.read", "operator.pairing"] },
    apply: (draft) => {
      part(draft.answers, "device.pair.list")["pending"] = [
        {
          requestId: "req-77",
          deviceId: "d-2",
          clientId: "openclaw-ios",
          clientMode: "ui",
          platform: "iOS",
          remoteIp: "192.168.1.30",
          role: "node",
        },
      ];
    },
  },
  {
    row: "O13",
    title: "a sub-agent asks for more than its device may",
    code: "openclaw.auth.internal-scope-upgrade",
    light: "red",
    evidence: /scopesTo=operator\.admin client=cli/,
    step: /openclaw devices list --json/,
    apply: (draft) =>
      logged(draft, {
        subsystem: "gateway",
        message:
          "security audit: device access upgrade requested reason=scope-upgrade device=3fa1 ip=unknown-ip auth=token roleFrom=operator roleTo=operator scopesFrom=operator.read scopesTo=operator.admin client=cli",
      }),
  },
  {
    row: "O14",
    title: "the clocks are too far apart for a signature",
    code: "openclaw.auth.device-proof-rejected",
    light: "red",
    evidence: /DEVICE_AUTH_SIGNATURE_EXPIRED/,
    step: /Compare the clocks/,
    apply: (draft) => refuse(draft, "DEVICE_AUTH_SIGNATURE_EXPIRED", "device signature expired", { reason: "device-signature-stale" }),
  },
  {
    row: "O15",
    title: "a device may not rotate another one's token",
    code: "openclaw.devices.change-denied",
    light: "amber",
    evidence: /device\.token\.rotate .*missing scope: operator\.admin/,
    step: /openclaw devices list --json/,
    apply: (draft) =>
      logged(draft, {
        subsystem: "gateway/ws",
        message:
          "⇄ res ✗ device.token.rotate 4ms errorCode=FORBIDDEN errorMessage=missing scope: operator.admin conn=8825…08b3 id=2:d3cd…8e0e",
      }),
  },
  {
    row: "O23",
    title: "our device is not approved",
    code: "openclaw.auth.scope-limited",
    light: "green",
    evidence: /not an approved device/,
    step: /openclaw devices list --json/,
    apply: (draft) => {
      draft.peer = { ...draft.peer, paired: false };
    },
  },
  {
    row: "O25",
    title: "the gateway hangs up until somebody approves",
    code: "openclaw.auth.pairing-required",
    light: "amber",
    evidence: /1008: pairing required/,
    step: /openclaw devices list --json/,
    apply: (draft) => {
      const greet = [JSON.stringify({ type: "event", event: "connect.challenge", payload: { nonce: "n-1", ts: draft.moment.nowMs } })];
      const close = { code: 1008, reason: "pairing required: device is not approved yet (requestId: req-9)" };
      draft.socket = { greet, answer: () => ({ send: [], close }) };
    },
  },
  {
    row: "O36",
    title: "the network name refuses what loopback accepts",
    code: "openclaw.auth.plane-skew",
    light: "amber",
    evidence: /192\.168\.1\.10 refuses what loopback accepts/,
    step: /openclaw config get gateway\.bind/,
    apply: (draft) => {
      const { world, port } = draft;
      part(draft.config, "gateway")["bind"] = "lan";
      world.listeners = [...world.listeners, { address: "192.168.1.10", port, pid: 4_711 }];
      const key = `GET http://192.168.1.10:${port}/healthz`;
      const live = world.http[`GET http://127.0.0.1:${port}/healthz`];
      if (live !== undefined) world.http = { ...world.http, [key]: live };
      world.websockets = { ...world.websockets, [`ws://192.168.1.10:${port}`]: { rejectedWith: 403, body: "forbidden" } };
    },
  },
  {
    row: "O36",
    title: "the gateway listens on loopback and clients elsewhere are told otherwise",
    code: "openclaw.auth.plane-skew",
    light: "amber",
    evidence: /Nobody answers on 192\.168\.1\.10/,
    step: /openclaw config get gateway\.bind/,
    apply: (draft) => {
      part(draft.config, "gateway")["bind"] = "lan";
      draft.world.listeners = [...draft.world.listeners, { address: "192.168.1.10", port: 22, pid: 1 }];
    },
  },
  {
    row: "O39",
    title: "the gateway's own calls come without a token",
    code: "openclaw.auth.self-call-token-missing",
    light: "red",
    evidence: /client=gateway-client .*reason=token_missing/,
    step: /openclaw gateway install --force --json/,
    apply: (draft) =>
      logged(draft, { subsystem: "gateway/ws", message: rejected("gateway-client", "token_missing", "gateway token missing") }, 2),
  },
  {
    row: "O40",
    title: "reads wait for a lease that nobody grants",
    code: "openclaw.auth.operator-lease-missing",
    light: "amber",
    evidence: /waiting for operator\.read lease/,
    step: /mac-control\.sock and mac-control\.token should be yours/,
    apply: (draft) =>
      logged(draft, { subsystem: "gateway", message: "mac-control: waiting for operator.read lease timed out after 10000ms" }),
  },
  {
    row: "O40",
    title: "the control socket belongs to another account",
    code: "openclaw.auth.operator-lease-missing",
    light: "amber",
    evidence: /mac-control\.sock belongs to another account/,
    step: /ls -l shows it/,
    apply: (draft) => {
      withFile(draft, `${draft.stateDir}/mac-control.sock`, { text: "", mode: 0o600, uid: 0 });
      withFile(draft, `${draft.stateDir}/mac-control.token`, { text: "", mode: 0o600 });
    },
  },
  {
    row: "O47",
    title: "the gateway locked us out",
    code: "openclaw.auth.rate-limited",
    light: "red",
    evidence: /AUTH_RATE_LIMITED|asks to wait 290 s/,
    step: /forgets failed attempts/,
    apply: (draft) =>
      refuse(
        draft,
        "AUTH_RATE_LIMITED",
        "unauthorized: too many failed authentication attempts (retry later)",
        { authReason: "rate_limited", recommendedNextStep: "wait_then_retry" },
        { retryable: true, retryAfterMs: 290_000 },
      ),
  },
  {
    row: "O47",
    title: "another address is locked out",
    code: "openclaw.auth.rate-limited",
    light: "amber",
    evidence: /reason=rate_limited/,
    step: /name the client \(client=\)/,
    apply: (draft) =>
      logged(draft, { subsystem: "gateway/ws", message: rejected("ios", "rate_limited", "too many failed authentication attempts") }, 4),
  },
];
