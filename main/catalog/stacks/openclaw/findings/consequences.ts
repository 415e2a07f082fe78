/** What cannot be seen, or cannot work, while nobody answers on the gateway's port. */
export const WITHOUT_GATEWAY = [
  "openclaw.auth.*",
  "openclaw.channel.*",
  "openclaw.control-ui.unreachable",
  "openclaw.cron.not-delivering",
  "openclaw.gateway.event-loop-degraded",
  "openclaw.gateway.follow-up-failed",
  "openclaw.ladder",
  "openclaw.node.*",
  "openclaw.browser.unavailable",
] as const;

/**
 * What a gateway that will not start looks like. Everything else follows from its absence, not from this: a gateway that
 * still runs on an older configuration may have other troubles, which must not be hidden.
 */
export const WITHOUT_START = ["openclaw.gateway.not-running", "openclaw.service.crash-loop", "openclaw.service.gave-up"] as const;

/** What is blind, not broken, while the gateway refuses our credentials. */
export const WITHOUT_SESSION = [
  "openclaw.auth.scope-limited",
  "openclaw.auth.plane-skew",
  "openclaw.gateway.follow-up-failed",
  "openclaw.ladder",
] as const;
