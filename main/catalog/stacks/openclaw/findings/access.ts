import type { FindingKind } from "../../../../core/model/finding.ts";

/** Who may do what, and along which way the gateway is reached. */
export const accessFindings: readonly FindingKind[] = [
  {
    code: "openclaw.auth.internal-scope-upgrade",
    symptoms: ["O13"],
    light: "red",
    layer: 6,
    confirmAfter: 1,
    title: "OpenClaw's own helper asks for rights it does not have",
    detail:
      "A call from inside this machine (a sub-agent, a job or the command line) used a device identity and asked for more than that device was granted. Chat may still work while jobs and agents fail. Approve the request once you know who asks.",
    explains: ["openclaw.auth.pairing-required", "openclaw.gateway.follow-up-failed", "openclaw.cron.not-delivering", "openclaw.ladder"],
    remedies: ["approve-pairing"],
    runbook:
      "The log line with scopesFrom, scopesTo and client= names the caller. openclaw devices list --json, compare, openclaw devices approve REQUEST-ID --json; or let the caller connect with the shared token and no device.",
  },
  {
    code: "openclaw.devices.change-denied",
    symptoms: ["O15"],
    light: "amber",
    layer: 6,
    confirmAfter: 1,
    title: "You may not change that device from here",
    detail:
      "Rotating, revoking or removing a device was refused. A paired device may change only itself, and may not hand out rights it does not hold. Use a session with operator.admin or operator.pairing.",
    remedies: ["review-device-scopes"],
    runbook:
      "openclaw devices list --json shows who holds operator.admin. Run the change on the gateway's own machine with the shared token.",
  },
  {
    code: "openclaw.auth.self-call-token-missing",
    symptoms: ["O39"],
    light: "red",
    layer: 6,
    title: "The gateway's own calls arrive without a token",
    detail:
      "Calls from outside work, and a part of OpenClaw itself is refused because it has no token. The service process cannot see the source the command line uses. Give both one source and restart once.",
    explains: ["openclaw.auth.token-missing", "openclaw.cron.not-delivering"],
    remedies: ["reinstall-service"],
    runbook:
      "Set gateway.auth.token in openclaw.json (or a reference the service can read), openclaw gateway install --force, restart once, then look for new lines with reason=token_missing.",
  },
  {
    code: "openclaw.auth.operator-lease-missing",
    symptoms: ["O40"],
    light: "amber",
    layer: 6,
    title: "No operator lease: reads stall",
    detail:
      "Calls that need operator.read wait for a lease that is never granted. The control socket has the wrong mode or owner, or the caller is not on its list. Correct the socket, then one restart.",
    explains: ["openclaw.auth.scope-limited"],
    remedies: ["repair-control-socket"],
    runbook:
      "ls -l on the control socket: it must belong to the gateway's account with mode 0600. Correct mode and owner, restart once, look for the lease in the log.",
  },
  {
    code: "openclaw.auth.plane-skew",
    symptoms: ["O36"],
    light: "amber",
    layer: 6,
    title: "The gateway works here but not under its other name",
    detail:
      "Loopback works, and the network or tailnet address is refused or silent. Bind mode, advertised address, proxy headers or allowed origins do not fit together. Change the first address that differs, not the token.",
    remedies: ["align-address"],
    runbook:
      "Compare gateway.bind with the address clients use, with and without the token: loopback, LAN, tailnet, advertised. Change bind, the URL, trustedProxies or allowedOrigins for the first cell that differs.",
  },
  {
    code: "openclaw.control-ui.unreachable",
    symptoms: ["O8"],
    light: "amber",
    layer: 6,
    confirmAfter: 1,
    title: "The dashboard page may not connect",
    detail:
      "The Control UI was opened from an address the gateway does not allow, or over plain HTTP on a name that is not localhost, or with an outdated page. Open it through openclaw dashboard, over HTTPS, or add its origin.",
    remedies: ["open-dashboard"],
    runbook:
      "openclaw dashboard opens the right address. For another name: HTTPS, and add the origin to gateway.controlUi.allowedOrigins. Reload a page that is older than the gateway.",
  },
];
