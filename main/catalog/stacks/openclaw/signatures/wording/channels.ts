import { HINT, LIKELY, SURE, type WordingRule } from "./rule.ts";

const CHANNEL =
  "(?:telegram|discord|slack|whatsapp|signal|imessage|matrix|msteams|teams|googlechat|line|zalo|mattermost|irc|nostr|feishu|twitch)";
const REFUSED =
  "(?:missing_scope|not_in_channel|not_authed|invalid_auth|account_inactive|channel_not_found|Missing Access|Missing Permissions|disallowed intents)";
const any = (...sources: readonly string[]): readonly RegExp[] => sources.map((source) => new RegExp(source, "i"));

/** Channels and their rules, jobs and heartbeats. */
export const channelWording: readonly WordingRule[] = [
  {
    code: "openclaw.channel.failing",
    any: [
      /health-monitor: (?:restarting \(reason:|skipping restart|hit \d+ restarts\/hour|restart failed)/i,
      /No active WhatsApp Web listener/i,
      /\bstatus 440\b.{0,40}conflict|session conflict \(auto-restart/i,
      /Telegram getUpdates conflict|\[telegram\].{0,200}terminated by other getUpdates request/i,
      /telegram.{0,20}(?:transport attempt marked temporarily unhealthy|deleteWebhook failed|setMyCommands failed|polling transport is stale)/i,
      /\[telegram\].*(?:Network request for '\w+' failed|fetch fallback)/i,
      /\bterminal[- ]disconnect\b/i,
      ...any(
        `^- ${CHANNEL}\\b.*\\b(?:disconnected|probe failed|not linked|stopped|error:)`,
        `\\[${CHANNEL}(?::\\w+)?\\].*\\b(?:logged out|session (?:conflict|logged out)|connection (?:closed|failed)|login failed|401 Unauthorized|403 Forbidden|invalid token|Unauthorized)`,
        `(?:\\[${CHANNEL}(?::\\w+)?\\]|\\b${CHANNEL}:).*\\b${REFUSED}`,
        `\\b${CHANNEL}\\b.{0,80}\\b(?:logged out|log(?:ged)?-?out by|relink)`,
      ),
    ],
    confidence: SURE - 0.05,
  },
  {
    code: "openclaw.channel.failing",
    any: [
      /\b(?:missing_scope|not_in_channel|disallowed intents?|getUpdates.*409)\b/,
      /terminated by other getUpdates request/i,
      ...any(`\\b${CHANNEL}\\b.*\\b${REFUSED}`),
      /\bstatusState\b.*\blinked\b.*\bconnected\b/,
      /\bchannel\b.*\b(?:401|403)\b/i,
      /transport attempt marked temporarily unhealthy/i,
    ],
    ours: true,
    confidence: LIKELY,
  },
  {
    code: "openclaw.channel.dm-pairing-pending",
    any: [
      /\bpairing request sender=/i,
      ...any(`${CHANNEL} pairing request\\b`),
      /(?:openclaw|clawdbot|moltbot) pairing approve \S+ [A-Z2-9<]{4,}/i,
      /No pending pairing request found for code/i,
      /Pending (?:DM )?pairing requests?:/i,
    ],
    not: [/No pending (?:device|node) pairing/i, /device pairing/i],
    confidence: SURE,
  },
  { code: "openclaw.channel.dm-pairing-pending", any: [/^Pairing code: ?\S+/i, /access not configured/i], ours: true, confidence: LIKELY },
  {
    code: "openclaw.channel.mention-gated",
    any: [
      /drop (?:guild|group|channel) message \(mention required/i,
      /skipping (?:guild|group|channel) message\b.*\b(?:no-mention|mention)/i,
      /\breason[:=] ?"?no-mention\b/,
      /\bmention required\b.*\bbotId=/i,
    ],
    confidence: SURE,
  },
  {
    code: "openclaw.channel.mention-gated",
    any: [/\bmention required\b/i, /\brequireMention\b.*\b(?:skipp|dropp|ignor)/i],
    ours: true,
    confidence: LIKELY,
  },
  {
    code: "openclaw.channel.sender-blocked",
    any: [
      ...any(
        `Blocked (?:unauthorized )?${CHANNEL} (?:sender|message|group|command|DM|bot|callback)`,
        `${CHANNEL}: drop (?:channel|group|guild|message|sender)`,
      ),
      /Blocked unauthorized \S+ sender/i,
      /Skipping group message .*\(not in allowlist\)/i,
      /\((?:groupPolicy|dmPolicy)[:=] ?allowlist\b/i,
      /not enabled and not in allowlist/i,
    ],
    not: [/all DMs will be|all group messages/i],
    confidence: SURE,
  },
  {
    code: "openclaw.channel.policy-blocks",
    any: [
      /dmPolicy\b.{0,20}\ballowlist\b.{0,60}\bis empty\b/i,
      /groupPolicy\b.{0,20}\ballowlist\b.{0,80}\bis empty\b/i,
      /all (?:DMs|group messages) will be (?:blocked|(?:silently )?dropped)/i,
      /\((?:dmPolicy|groupPolicy)[:=] ?disabled\)/i,
      /has no admitted senders/i,
      /first-time setup mode/i,
      /\b(?:dmPolicy|groupPolicy)="?(?:open|allowlist)"?\b.{0,60}does not include/i,
    ],
    confidence: SURE + 0.03,
  },
  { code: "openclaw.cron.not-delivering", any: [/cron: job run returned error status/i], confidence: SURE + 0.08 },
  {
    code: "openclaw.cron.not-delivering",
    any: [
      /\[cron\] cron: .*\b(?:failed|error|not delivered|timed out|skipped)\b/i,
      /\bno route, will fail-closed\b/i,
      /heartbeat(?::)? (?:was )?skipped\b.{0,40}\b(?:reason)?[:= (]*(?:quiet-hours|requests-in-flight|cron-in-progress|lanes-busy|alerts-disabled|empty-heartbeat-file|no-tasks-due|no-route|target-none|unknown-account|channel-not-ready|dm-blocked)/i,
      /\bdeliveryStatus"?[:=] ?"?not-delivered\b/,
    ],
    confidence: SURE - 0.05,
  },
  {
    code: "openclaw.cron.not-delivering",
    any: [/cron: .*\b(?:failed|error|not delivered|timed out|skipped)\b/i, /\[cron\].*\b(?:failed|error)\b/i],
    ours: true,
    confidence: SURE - 0.05,
  },
  {
    code: "openclaw.cron.not-delivering",
    any: [/\b(?:alerts-disabled|empty-heartbeat-file|no-tasks-due|lanes-busy|cron-in-progress|requests-in-flight)\b/],
    ours: true,
    confidence: HINT,
  },
];
