import { LIKELY, SURE, type WordingRule } from "./rule.ts";

/** Companion devices and the browser tool. */
export const nodeWording: readonly WordingRule[] = [
  { code: "openclaw.node.background-unavailable", any: [/\bNODE_BACKGROUND_UNAVAILABLE\b/], confidence: SURE + 0.1 },
  {
    code: "openclaw.node.permission-required",
    any: [
      /\b(?:CAMERA|MICROPHONE|MIC|LOCATION|SCREEN|SCREEN_RECORDING|PHOTOS|CONTACTS|CALENDAR|REMINDERS|NOTIFICATIONS?|SMS|ACCESSIBILITY|MOTION|BLUETOOTH|SPEECH)\w*_PERMISSION_REQUIRED\b/,
    ],
    confidence: SURE + 0.1,
  },
  { code: "openclaw.node.permission-required", any: [/\b[A-Z]+(?:_[A-Z]+)*_PERMISSION_REQUIRED\b/], ours: true, confidence: SURE },
  {
    code: "openclaw.node.allowlist-miss",
    any: [/\bSYSTEM_RUN_DENIED:? ?allowlist miss/i, /Exec denied \(node=.*allowlist/i],
    confidence: SURE + 0.1,
  },
  {
    code: "openclaw.node.approval-required",
    any: [
      /\bSYSTEM_RUN_DENIED:? ?(?!allowlist)(?:explicit |exec )?approval/i,
      /Exec denied \((?:node|gateway)[ =].*(?:approval|user-denied|timeout)/i,
    ],
    confidence: SURE + 0.1,
  },
  { code: "openclaw.node.approval-required", any: [/\bSYSTEM_RUN_DENIED\b(?!:? ?allowlist)/], confidence: LIKELY },
  {
    code: "openclaw.browser.unavailable",
    any: [
      /plugins\.allow does not include browser|plugins\.allow\b.{0,60}\b(?:lacks|excludes|without|missing)\b.{0,20}\bbrowser\b/i,
      /No supported browser found \(Chrome/i,
      /Browser control (?:is )?disabled/i,
      /Browser attachOnly is enabled and/i,
      /Failed to start Chrome CDP|CDP websocket for profile|Chrome CDP (?:websocket|endpoint) .*not reachable/i,
      /browser\.executablePath not found/i,
      /Managed browser executable (?:could not be resolved|is unavailable)/i,
      /Browser profile "[^"]*" is not running|Browser launch for profile .* is cooling down/i,
      /current tool profile does not include the browser tool/i,
      /Port \d+ is in use for profile "[^"]*" but not by openclaw/i,
      /Can't reach the (?:openclaw|clawd|clawdbot) browser control/i,
      /DevToolsActivePort file doesn't exist.*(?:openclaw|browser)/i,
    ],
    confidence: SURE,
  },
  {
    code: "openclaw.browser.unavailable",
    any: [
      /\bexisting-session\b.{0,80}(?:no (?:local )?Chrome|not found|unavailable|failed)/i,
      /\bCDP\b.{0,40}(?:not reachable|unreachable|timed out|refused)/i,
    ],
    ours: true,
    confidence: LIKELY,
  },
];
