import { type Fault, logged } from "./openclaw-faults-kind.ts";
import { type Draft, part } from "./openclaw-faults-world.ts";

const refused = (draft: Draft, words: string): void =>
  logged(draft, {
    subsystem: "gateway/ws",
    message: `⇄ res ✗ node.invoke 12ms errorCode=UNAVAILABLE errorMessage=${words} conn=8825…08b3 id=4:ab…01`,
  });

/** Companion devices and the browser. */
export const nodeFaults: readonly Fault[] = [
  {
    row: "O30",
    title: "the phone's app is in the background",
    code: "openclaw.node.background-unavailable",
    light: "amber",
    evidence: /NODE_BACKGROUND_UNAVAILABLE/,
    step: /open the OpenClaw app and keep it in front/,
    apply: (draft) => refused(draft, "NODE_BACKGROUND_UNAVAILABLE: canvas commands require foreground"),
  },
  {
    row: "O31",
    title: "the phone may not use its camera",
    code: "openclaw.node.permission-required",
    light: "amber",
    evidence: /CAMERA_PERMISSION_REQUIRED/,
    step: /Privacy & Security/,
    apply: (draft) => refused(draft, "CAMERA_PERMISSION_REQUIRED: grant Camera permission"),
  },
  {
    row: "O32",
    title: "a command waits for approval",
    code: "openclaw.node.approval-required",
    light: "amber",
    evidence: /SYSTEM_RUN_DENIED: approval required/,
    step: /openclaw nodes status --json/,
    apply: (draft) => refused(draft, "SYSTEM_RUN_DENIED: approval required"),
  },
  {
    row: "O33",
    title: "a command is not on the list",
    code: "openclaw.node.allowlist-miss",
    light: "amber",
    evidence: /SYSTEM_RUN_DENIED: allowlist miss/,
    step: /Add the resolved path of exactly this program/,
    apply: (draft) => refused(draft, "SYSTEM_RUN_DENIED: allowlist miss (ffmpeg)"),
  },
  {
    row: "O34",
    title: "the browser plugin is not allowed",
    code: "openclaw.browser.unavailable",
    light: "amber",
    evidence: /plugins\.allow does not include browser/,
    step: /openclaw browser status --json/,
    apply: (draft) => {
      part(draft.config, "browser")["enabled"] = true;
      part(draft.config, "plugins")["allow"] = ["telegram", "discord"];
    },
  },
  {
    row: "O34",
    title: "the configured browser is not installed",
    code: "openclaw.browser.unavailable",
    light: "amber",
    evidence: /browser\.executablePath .*\/opt\/chrome\/chrome/,
    step: /browser\.executablePath/,
    apply: (draft) => Object.assign(part(draft.config, "browser"), { enabled: true, executablePath: "/opt/chrome/chrome" }),
  },
  {
    row: "O34",
    title: "the browser to attach to does not answer",
    code: "openclaw.browser.unavailable",
    light: "amber",
    evidence: /127\.0\.0\.1:9222/,
    step: /start it with its debugging port/,
    apply: (draft) => Object.assign(part(draft.config, "browser"), { enabled: true, attachOnly: true, cdpUrl: "http://127.0.0.1:9222" }),
  },
];
