import type { FindingKind } from "../../../../core/model/finding.ts";

/** Messages in and out, and work on a schedule. */
export const channelFindings: readonly FindingKind[] = [
  {
    code: "openclaw.channel.failing",
    symptoms: ["O28", "O27"],
    light: "red",
    layer: 7,
    title: "A configured channel does not pass messages {named}",
    detail:
      "The gateway runs, and one of its channels is disconnected, blocked, logged out or lacks permissions at the provider. OpenClaw's own health answer does not show this. The account's last error names the reason.",
    remedies: ["repair-channel", "cross-validate"],
    runbook:
      "openclaw channels status --probe --json: read lastError, probe.error and statusIssues. Network: check the way to the provider. 401/403, missing_scope, not_in_channel: rights at the provider. Logged out or 440: link again, and end the other session.",
  },
  {
    code: "openclaw.channel.policy-blocks",
    symptoms: ["O27"],
    light: "amber",
    layer: 7,
    title: "A channel's own rules drop every message {named}",
    detail:
      "The channel works, but its policy lets nobody through: direct messages or groups are switched off, or the list of allowed senders is empty. Nothing is logged at the normal level. Add a sender or change the policy.",
    remedies: ["review-channel-policy"],
    runbook:
      "Look at channels.ID.dmPolicy, allowFrom, groupPolicy, groupAllowFrom. An allowlist without entries blocks all. Add the sender or choose pairing, then send a test message.",
  },
  {
    code: "openclaw.channel.dm-pairing-pending",
    symptoms: ["O5"],
    light: "amber",
    layer: 7,
    title: "Someone wrote a message and waits to be approved {named}",
    detail:
      "A new sender wrote to a channel that asks for pairing. OpenClaw answers that person only after you approve the code, which lives for one hour. Approve it if you know the sender; otherwise let it lapse.",
    remedies: ["review-sender"],
    runbook: "openclaw pairing list CHANNEL --json, compare the sender, openclaw pairing approve CHANNEL CODE.",
  },
  {
    code: "openclaw.channel.mention-gated",
    symptoms: ["O6"],
    light: "green",
    layer: 7,
    title: "Group messages without a mention are ignored on purpose",
    detail:
      "In groups OpenClaw answers only when it is mentioned. That is a setting, not a fault. Mention it, or change requireMention or the mention patterns for that group.",
    remedies: ["review-channel-policy"],
    runbook:
      "Mention the bot in the group, or set channels.ID.groups.GROUP.requireMention to false, or add messages.groupChat.mentionPatterns.",
  },
  {
    code: "openclaw.channel.sender-blocked",
    symptoms: ["O7"],
    light: "green",
    layer: 7,
    title: "A sender is not on the list and was ignored",
    detail:
      "A message came from a sender or group that the channel's rules do not allow. If that person should get answers, add the sender to the list; otherwise nothing is wrong.",
    remedies: ["review-channel-policy"],
    runbook:
      "The log line names the sender. Add it to channels.ID.allowFrom (direct) or groupAllowFrom and groups (group), then let the sender write again.",
  },
  {
    code: "openclaw.cron.not-delivering",
    symptoms: ["O29"],
    light: "amber",
    layer: 7,
    title: "A scheduled job did not run or its result went nowhere",
    detail:
      "A job failed, was skipped, is overdue, or finished without a place to deliver to. A skipped heartbeat often has a good reason, such as quiet hours. The run's own error says which it is.",
    remedies: ["review-job"],
    runbook:
      "openclaw cron runs --id JOB --limit 5 --json: read status, errorReason and deliveryError. No route: set a delivery target or write to the bot once. auth or billing: renew the provider credential.",
  },
];
