import type { Raised } from "../../../../core/model/finding.ts";
import { judgeBrowserAllowed } from "./browser.ts";
import type { ChannelRules, ConfigFacts } from "./config-facts.ts";

const SOURCE = "openclaw.json";
const line = (text: string) => ({ source: SOURCE, text });

/** A configuration that could not be read as JSON5. `gatewayUp` decides how bad it is: a running gateway keeps the last good one. */
export function judgeUnreadable(
  problem: { readonly line?: number; readonly column?: number; readonly message: string },
  gatewayUp: boolean,
): readonly Raised[] {
  const place =
    problem.line === undefined ? "" : ` at line ${problem.line}${problem.column === undefined ? "" : `, column ${problem.column}`}`;
  return [
    {
      code: "openclaw.config.invalid",
      light: gatewayUp ? "amber" : "red",
      params: { named: problem.line === undefined ? "" : `(line ${problem.line})`, gateway: gatewayUp ? "runs" : "down" },
      evidence: [
        line(`Cannot be read${place}: ${problem.message}`),
        ...(gatewayUp ? [line("The running gateway keeps the last valid version")] : []),
      ],
    },
  ];
}

/** What openclaw.json alone gives away. `gatewayUp`: whether the gateway answers now. */
export function judgeConfig(facts: ConfigFacts, gatewayUp: boolean): readonly Raised[] {
  return [
    ...judgeShape(facts, gatewayUp),
    ...judgeAuth(facts),
    ...judgeExposure(facts),
    ...judgeRules(facts.channels, facts.mentionPatterns),
    ...judgeBrowserAllowed(facts.pluginsAllow, facts.browserConfigured),
  ];
}

function judgeShape({ gateway, problems }: ConfigFacts, gatewayUp: boolean): readonly Raised[] {
  const evidence = problems.map(({ path, message }) => line(`${path} ${message}`));
  if (gateway.mode === undefined && !problems.some(({ path }) => path === "gateway.mode")) {
    evidence.push(line("gateway.mode is missing, so the gateway will not start; a file that lost it was probably cut short"));
  }
  return evidence.length === 0
    ? []
    : [{ code: "openclaw.config.invalid", light: gatewayUp ? "amber" : "red", params: { gateway: gatewayUp ? "runs" : "down" }, evidence }];
}

function judgeAuth({ gateway }: ConfigFacts): readonly Raised[] {
  if (gateway.mode === "remote") return [];
  const { mode, token, password } = gateway.auth;
  const evidence: { source: string; text: string }[] = [];
  if (token.kind === "placeholder") evidence.push(line("gateway.auth.token holds a placeholder instead of a token"));
  if (token.kind === "literal" && !token.sane)
    evidence.push(line("gateway.auth.token does not look like a token: it is short or holds white space"));
  if (mode === "password" && password.kind === "absent") evidence.push(line("gateway.auth.mode is password, and no password is set"));
  if (mode === undefined && token.kind !== "absent" && password.kind !== "absent") {
    return [
      {
        code: "openclaw.auth.duplicate-secrets",
        light: "red",
        evidence: [line("gateway.auth has a token and a password, and no mode that says which counts: the gateway will not start")],
      },
    ];
  }
  return evidence.length === 0 ? [] : [{ code: "openclaw.auth.token-missing", light: "amber", evidence }];
}

/** Loopback needs nothing; everything else needs a secret that the other side must know. */
function judgeExposure({ gateway }: ConfigFacts): readonly Raised[] {
  const { bind, auth } = gateway;
  const open = bind === "lan" || bind === "auto" || bind === "tailnet" || bind === "custom" || gateway.tailscaleMode === "funnel";
  if (!open || gateway.mode === "remote") return [];
  const noSecret = auth.mode === "none" || (auth.mode === undefined && auth.token.kind === "absent" && auth.password.kind === "absent");
  if (!noSecret) return [];
  const where = gateway.tailscaleMode === "funnel" ? "the internet (Tailscale Funnel)" : `more than this machine (gateway.bind is ${bind})`;
  // Without a mode the gateway refuses to bind, or a variable of the service supplies the token: not proven, so not red.
  const proven = auth.mode === "none";
  return [
    {
      code: "openclaw.security.exposed",
      light: proven ? "red" : "amber",
      params: { reach: "open" },
      evidence: [line(`The gateway is open to ${where}, and gateway.auth names no secret`)],
    },
  ];
}

function judgeRules(channels: readonly ChannelRules[], mentionPatterns: number): readonly Raised[] {
  const found: Raised[] = [];
  const blocked = channels.filter((rules) => rules.enabled).flatMap(blockOf);
  if (blocked.length > 0) {
    found.push({
      code: "openclaw.channel.policy-blocks",
      light: "amber",
      params: { named: `(${[...new Set(blocked.map((b) => b.channel))].join(", ")})` },
      evidence: blocked.map((b) => line(b.text)),
    });
  }
  const gated = channels.filter((rules) => rules.enabled && rules.requireMention === true && mentionPatterns === 0 && rules.groups > 0);
  if (gated.length > 0) {
    found.push({
      code: "openclaw.channel.mention-gated",
      evidence: gated.map((rules) => line(`${rules.channel}: groups need a mention, and there are no mention patterns`)),
    });
  }
  return found;
}

function blockOf(rules: ChannelRules): readonly { readonly channel: string; readonly text: string }[] {
  const name = rules.account === undefined ? rules.channel : `${rules.channel} (${rules.account})`;
  const say = (text: string) => ({ channel: rules.channel, text: `${name}: ${text}` });
  const out: { channel: string; text: string }[] = [];
  if (rules.dmPolicy === "allowlist" && rules.allowFrom === 0)
    out.push(say("direct messages need an allowed sender, and allowFrom is empty"));
  if (
    rules.groupPolicy === "allowlist" &&
    rules.groupAllowFrom === 0 &&
    rules.allowFrom === 0 &&
    rules.groups === 0 &&
    rules.dmPolicy === "disabled"
  ) {
    out.push(say("direct messages are off and no group or sender is allowed"));
  }
  if (rules.dmPolicy === "disabled" && rules.groupPolicy === "disabled") out.push(say("direct messages and groups are both switched off"));
  return out;
}
