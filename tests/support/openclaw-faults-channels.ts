import { type Fault, logged } from "./openclaw-faults-kind.ts";
import { type Draft, part } from "./openclaw-faults-world.ts";

const telegram = (draft: Draft): Record<string, unknown> => {
  const accounts = part(draft.answers, "channels.status", "channelAccounts")["telegram"];
  return Array.isArray(accounts) ? (accounts[0] as Record<string, unknown>) : {};
};

const firstJob = (draft: Draft): Record<string, unknown> => {
  const jobs = part(draft.answers, "cron.list")["jobs"];
  return Array.isArray(jobs) ? (jobs[0] as Record<string, unknown>) : {};
};

const embedded = (fields: Readonly<Record<string, string | boolean>>) => ({
  subsystem: "agent/embedded",
  message: "embedded run agent end",
  fields: { event: "embedded_run_agent_end", isError: true, model: "claude-opus-4-6", provider: "anthropic", ...fields },
});

/** Messages in and out, work on a schedule, and the models behind it. */
export const channelFaults: readonly Fault[] = [
  {
    row: "O3",
    title: "the provider refuses the long context",
    code: "openclaw.provider.long-context-refused",
    light: "red",
    evidence: /Extra usage is required for long context/,
    step: /agents\.defaults\.models\.anthropic\/claude-opus-4-6\.params\.context1m false/,
    apply: (draft) => {
      part(draft.config, "agents", "defaults", "models", "anthropic/claude-opus-4-6", "params")["context1m"] = true;
      const preview = "Extra usage is required for long context requests.";
      logged(
        draft,
        embedded({
          httpCode: "429",
          providerErrorType: "rate_limit_error",
          failoverReason: "billing",
          providerErrorMessagePreview: preview,
        }),
      );
    },
  },
  {
    row: "O4",
    title: "the local model server does not know the model",
    code: "openclaw.provider.local-backend-incompatible",
    light: "amber",
    evidence: /model_not_found[\s\S]*Model servers near by: lmstudio/,
    step: /openclaw config get models\.providers --json/,
    apply: (draft) => {
      part(draft.config, "models", "providers", "lmstudio")["baseUrl"] = "http://127.0.0.1:1234/v1";
      logged(draft, embedded({ provider: "lmstudio", httpCode: "404", rawErrorPreview: '404: {"error":{"code":"model_not_found"}}' }));
    },
  },
  {
    row: "O4",
    title: "the local model server answers, under another name",
    code: "openclaw.provider.local-backend-incompatible",
    light: "amber",
    evidence: /lmstudio answers, and has no model called lmstudio\/qwen3; it offers qwen3/,
    step: /openclaw config get models\.providers --json/,
    apply: (draft) => {
      part(draft.config, "models", "providers", "lmstudio")["baseUrl"] = "http://127.0.0.1:1234/v1";
      part(draft.config, "agents", "defaults", "model")["fallbacks"] = ["lmstudio/lmstudio/qwen3"];
      const body = JSON.stringify({ object: "list", data: [{ id: "qwen3" }] });
      const answer = { kind: "answered" as const, status: 200, headers: {}, body, truncated: false, durationMs: 3 };
      draft.world.http = { ...draft.world.http, "GET http://127.0.0.1:1234/v1/models": answer };
    },
  },
  {
    row: "O5",
    title: "a stranger wrote and waits",
    code: "openclaw.channel.dm-pairing-pending",
    light: "amber",
    evidence: /telegram pairing request/,
    step: /openclaw pairing list/,
    apply: (draft) => logged(draft, { subsystem: "channels/telegram", message: "telegram pairing request sender=555 tag=bob" }),
  },
  {
    row: "O5",
    title: "the list of waiting senders is not empty",
    code: "openclaw.channel.dm-pairing-pending",
    light: "amber",
    evidence: /telegram: sender 555 waits/,
    step: /openclaw pairing list telegram --json/,
    settings: { scopes: ["operator.read", "operator.pairing"] },
    apply: (draft) => {
      draft.answers["channels.pairing.list"] = {
        channels: [{ channel: "telegram", requests: [{ id: "555", code: "ABCD2345", createdAt: draft.moment.nowMs - 60_000 }] }],
      };
    },
  },
  {
    row: "O6",
    title: "group messages need a mention",
    code: "openclaw.channel.mention-gated",
    light: "green",
    evidence: /mention required/,
    step: /openclaw config get channels --json/,
    apply: (draft) => logged(draft, { subsystem: "discord", message: "discord: drop guild message (mention required, botId=991)" }),
  },
  {
    row: "O7",
    title: "a sender is not on the list",
    code: "openclaw.channel.sender-blocked",
    light: "green",
    evidence: /Blocked unauthorized telegram sender 777/,
    step: /Add the sender to allowFrom/,
    apply: (draft) => logged(draft, { subsystem: "telegram", message: "Blocked unauthorized telegram sender 777 (dmPolicy=allowlist)" }),
  },
  {
    row: "O27",
    title: "nobody is on the list of allowed senders",
    code: "openclaw.channel.policy-blocks",
    light: "amber",
    evidence: /telegram: direct messages need an allowed sender, and allowFrom is empty/,
    step: /openclaw config get channels/,
    apply: (draft) => {
      part(draft.config, "channels", "telegram")["allowFrom"] = [];
    },
  },
  {
    row: "O28",
    title: "the provider misses a permission",
    code: "openclaw.channel.failing",
    light: "amber",
    evidence: /slack.*missing_scope: chat:write/,
    step: /openclaw channels status --probe --json/,
    apply: (draft) => {
      part(draft.answers, "channels.status")["statusIssues"] = [
        {
          channel: "slack",
          accountId: "default",
          kind: "permissions",
          message: "missing_scope: chat:write",
          fix: "Add the scope and reinstall the app",
        },
      ];
    },
  },
  {
    row: "O28",
    title: "the provider rejects the bot",
    code: "openclaw.channel.failing",
    light: "red",
    evidence: /telegram \(default\): .*401: Unauthorized/,
    step: /401 or 403/,
    apply: (draft) =>
      void Object.assign(telegram(draft), {
        connected: false,
        lifecycle: "blocked",
        lastError: "Call to 'getMe' failed! (401: Unauthorized)",
      }),
  },
  {
    row: "O29",
    title: "a job ran and its result went nowhere",
    code: "openclaw.cron.not-delivering",
    light: "amber",
    evidence: /Morning digest ran, and its result was not delivered: no route/,
    step: /openclaw cron list --json/,
    apply: (draft) =>
      void Object.assign(part(firstJob(draft), "state"), { lastDeliveryStatus: "not-delivered", lastDeliveryError: "no route" }),
  },
  {
    row: "O29",
    title: "the scheduler stands still",
    code: "openclaw.cron.not-delivering",
    light: "red",
    evidence: /should have woken 30 min ago/,
    step: /openclaw cron list --json/,
    apply: (draft) => {
      part(draft.answers, "cron.status")["nextWakeAtMs"] = draft.moment.nowMs - 1_800_000;
    },
  },
  {
    row: "O29",
    title: "heartbeats have nowhere to go",
    code: "openclaw.cron.not-delivering",
    light: "amber",
    evidence: /nowhere to deliver to: write to the bot once/,
    step: /write to the bot once/,
    apply: (draft) => {
      draft.answers["last-heartbeat"] = { status: "skipped", reason: "no-route", ts: draft.moment.nowMs - 60_000 };
    },
  },
  {
    row: "O46",
    title: "a pasted token has expired",
    code: "openclaw.provider.credential-expired",
    light: "red",
    evidence: /anthropic:manual is expired/,
    step: /openclaw models auth login --provider anthropic/,
    apply: (draft) => {
      const providers = part(draft.answers, "models.authStatus")["providers"];
      const [anthropic] = Array.isArray(providers) ? (providers as Record<string, unknown>[]) : [];
      if (anthropic === undefined) return;
      anthropic["status"] = "expired";
      anthropic["profiles"] = [{ profileId: "anthropic:manual", type: "token", status: "expired", source: "store" }];
    },
  },
  {
    row: "O46",
    title: "the provider answers 401 to a token that looks well",
    code: "openclaw.provider.credential-expired",
    light: "amber",
    evidence: /OAuth token has expired/,
    step: /openclaw models status --json/,
    apply: (draft) =>
      logged(
        draft,
        embedded({ httpCode: "401", providerErrorType: "authentication_error", providerErrorMessagePreview: "OAuth token has expired." }),
      ),
  },
];
