import type { ChannelRules } from "./config-facts.ts";
import { at, entries, flag, items, type Loose, text } from "./loose.ts";

/** Sections of `channels` that are settings for all channels, not a channel. */
const notChannels = new Set(["defaults", "modelByChannel"]);

function rulesOf(channel: string, options: Loose, parent?: Loose, account?: string): ChannelRules {
  const own = (key: string): unknown => options[key] ?? parent?.[key];
  const dmPolicy = text(own("dmPolicy")) ?? text(at(own("dm"), "policy"));
  const groupPolicy = text(own("groupPolicy"));
  const requireMention = flag(own("requireMention")) ?? flag(at(own("groups"), "*", "requireMention"));
  const groups = entries(own("groups")).length + entries(own("guilds")).length + entries(own("channels")).length;
  return {
    channel,
    ...(account === undefined ? {} : { account }),
    enabled: flag(own("enabled")) !== false,
    ...(dmPolicy === undefined ? {} : { dmPolicy }),
    allowFrom: (items(own("allowFrom")).length > 0 ? items(own("allowFrom")) : items(at(own("dm"), "allowFrom"))).length,
    ...(groupPolicy === undefined ? {} : { groupPolicy }),
    groupAllowFrom: items(own("groupAllowFrom")).length,
    groups,
    ...(requireMention === undefined ? {} : { requireMention }),
  };
}

/** Who may write on which channel; accounts inherit what they do not set. */
export function readChannels(channels: unknown): readonly ChannelRules[] {
  return entries(channels).flatMap(([channel, options]) => {
    if (notChannels.has(channel)) return [];
    const accounts = entries(options["accounts"]);
    if (accounts.length === 0) return [rulesOf(channel, options)];
    return accounts.map(([account, own]) => rulesOf(channel, own, options, account));
  });
}
