import type { FindingKind } from "../../../../core/model/finding.ts";

/** Companion devices and the browser that OpenClaw works through. */
export const nodeFindings: readonly FindingKind[] = [
  {
    code: "openclaw.node.background-unavailable",
    symptoms: ["O30"],
    light: "amber",
    layer: 7,
    confirmAfter: 1,
    title: "A node's app is in the background and cannot act",
    detail:
      "The tool needs the companion app in front, and the system has put it to sleep. Bring the app to the front on that device and try again.",
    remedies: ["wake-node"],
    runbook: "Open the OpenClaw app on the device, keep it in front, run the tool again.",
  },
  {
    code: "openclaw.node.permission-required",
    symptoms: ["O31"],
    light: "amber",
    layer: 7,
    confirmAfter: 1,
    title: "A node lacks a permission of its operating system",
    detail:
      "The device refused the tool because its system has not given the companion app that permission (camera, microphone, location, screen recording …). Only the person at the device can grant it.",
    remedies: ["grant-node-permission"],
    runbook: "On that device: Settings, Privacy & Security, the named permission, switch OpenClaw on. Then run the tool again.",
  },
  {
    code: "openclaw.node.approval-required",
    symptoms: ["O32"],
    light: "amber",
    layer: 7,
    confirmAfter: 1,
    title: "A node waits for your approval to run a command",
    detail: "The command is allowed only after a person agrees. Read what it would run, then approve it once or always, or let it lapse.",
    remedies: ["approve-node-run"],
    runbook: "openclaw approvals or the companion app shows the exact command. Approve it there, then repeat the request.",
  },
  {
    code: "openclaw.node.allowlist-miss",
    symptoms: ["O33"],
    light: "amber",
    layer: 7,
    confirmAfter: 1,
    title: "A node refused a command that is not on its list",
    detail:
      "The node runs only listed programs, and this one is not among them. Add exactly this program if you want it, not a whole shell.",
    remedies: ["allow-node-command"],
    runbook: "Add the resolved path of the program to the node's exec allowlist, then repeat the request.",
  },
  {
    code: "openclaw.browser.unavailable",
    symptoms: ["O34"],
    light: "amber",
    layer: 8,
    title: "OpenClaw's browser tool cannot work",
    detail:
      "The browser plugin is not on the list of allowed plugins, no Chrome was found, or its debugging port does not answer. The status answer of the browser tool names which.",
    remedies: ["repair-browser"],
    runbook:
      "openclaw browser status --json: enabled false or plugins.allow without browser: add it. detectedExecutablePath empty: install Chrome or set its path. cdpReady false: openclaw browser start.",
  },
];
