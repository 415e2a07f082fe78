import type { RemedyPlace } from "../../main/catalog/stacks/openclaw/remedies/index.ts";

const checks =
  "address anonymous browser channels config copies cron cross-validation ladder live models nodes port process ready schema service session startup state units";

/** A gateway on a Mac whose unit OpenClaw's own command wrote. */
export const remedyPlaceOf = (over: Partial<RemedyPlace> = {}): RemedyPlace => ({
  cli: { program: "/opt/homebrew/bin/openclaw", profile: [], envNames: [] },
  keeper: "openclaw",
  manager: "launchd",
  label: "ai.openclaw.gateway",
  user: "ada",
  uid: 501,
  stateDir: "/Users/ada/.openclaw",
  configPath: "/Users/ada/.openclaw/openclaw.json",
  goodCopy: "/Users/ada/.openclaw/openclaw.json.last-good",
  port: 18_789,
  bootGraceMs: 240_000,
  log: "/Users/ada/Library/Logs/openclaw/gateway.log",
  checks: new Set(checks.split(" ")),
  ...over,
});
