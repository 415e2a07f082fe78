/** Changes to the answers of an invented gateway. */
export type PayloadChanges = {
  /** Why Telegram is down, in the provider's words; absent: it works. */
  readonly telegramError?: string;
  /** Epoch milliseconds at which the pasted Anthropic token ends. */
  readonly tokenEndsMs?: number;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const account = (nowMs: number, startedMs: number) => ({
  accountId: "default",
  enabled: true,
  configured: true,
  running: true,
  connected: true,
  lifecycle: "ready",
  restartPending: false,
  reconnectAttempts: 0,
  lastStartAt: startedMs + 9_000,
  lastStopAt: null,
  lastConnectedAt: startedMs + 11_000,
  lastInboundAt: nowMs - 4 * MINUTE,
  lastOutboundAt: nowMs - 3 * MINUTE,
  lastTransportActivityAt: nowMs - 20_000,
  lastError: null,
  tokenSource: "config",
  tokenStatus: "available",
});

function channelsStatus(nowMs: number, startedMs: number, { telegramError }: PayloadChanges) {
  const healthy = account(nowMs, startedMs);
  const down = {
    ...healthy,
    connected: false,
    lifecycle: "recovering",
    reconnectAttempts: 14,
    lastStartAt: nowMs - 6 * MINUTE,
    lastDisconnect: { at: nowMs - 26 * MINUTE, status: null, error: telegramError },
    lastError: telegramError,
  };
  const accounts = { telegram: [telegramError === undefined ? healthy : down], discord: [healthy] };
  return {
    ts: nowMs,
    channelOrder: ["telegram", "discord"],
    channelLabels: { telegram: "Telegram", discord: "Discord" },
    channels: {},
    channelAccounts: accounts,
    channelDefaultAccountId: { telegram: "default", discord: "default" },
    statusIssues: [],
  };
}

function modelsAuthStatus(nowMs: number, { tokenEndsMs = nowMs + 300 * DAY }: PayloadChanges) {
  const left = tokenEndsMs - nowMs;
  const status = left <= 0 ? "expired" : left < DAY ? "expiring" : "ok";
  const expiry = left <= 0 ? {} : { expiry: { at: tokenEndsMs, remainingMs: left, label: `${Math.round(left / DAY)}d` } };
  return {
    ts: nowMs,
    providers: [
      {
        provider: "anthropic",
        authProvider: "anthropic",
        displayName: "Claude",
        status,
        ...expiry,
        profiles: [{ profileId: "anthropic:manual", type: "token", status, source: "store", ...expiry, logoutSupported: true }],
      },
      {
        provider: "openai",
        authProvider: "openai",
        displayName: "OpenAI",
        status: "static",
        profiles: [{ profileId: "openai:manual", type: "api_key", status: "static", source: "store", logoutSupported: true }],
      },
    ],
    providerCapabilities: [],
  };
}

const job = (id: string, name: string, everyMs: number, lastMs: number) => ({
  id,
  name,
  enabled: true,
  schedule: { kind: "every", everyMs },
  sessionTarget: "isolated",
  payload: { kind: "agentTurn" },
  delivery: { mode: "announce", channel: "telegram", to: "owner" },
  state: {
    lastRunAtMs: lastMs,
    lastRunStatus: "ok",
    lastDurationMs: 8_200,
    nextRunAtMs: lastMs + everyMs,
    consecutiveErrors: 0,
    lastDeliveryStatus: "delivered",
  },
  status: "idle",
});

/** Answers of every read-only call, as a busy household would give them. */
export function payloads(nowMs: number, startedMs: number, changes: PayloadChanges = {}): Readonly<Record<string, unknown>> {
  const digest = job("job-1", "Morning digest", DAY, nowMs - 5 * HOUR);
  const inbox = job("job-2", "Inbox check", HOUR, nowMs - 20 * MINUTE);
  const channels = channelsStatus(nowMs, startedMs, changes);
  return {
    "channels.status": channels,
    health: {
      ok: true,
      ts: nowMs,
      durationMs: 12,
      channels: {},
      channelOrder: channels.channelOrder,
      eventLoop: { degraded: false, reasons: [] },
    },
    "models.authStatus": modelsAuthStatus(nowMs, changes),
    "cron.status": { enabled: true, triggersEnabled: true, storage: "sqlite", jobs: 2, nextWakeAtMs: nowMs + 40 * MINUTE },
    "cron.list": { jobs: [digest, inbox], total: 2, offset: 0, limit: 50, hasMore: false },
    "last-heartbeat": { status: "ok", ts: nowMs - 12 * MINUTE },
    "node.list": {
      ts: nowMs,
      nodes: [
        {
          nodeId: "node-phone",
          displayName: "Ada's phone",
          platform: "iOS",
          version: "2026.9.6",
          approvalState: "approved",
          paired: true,
          connected: true,
          lastSeenAtMs: nowMs - MINUTE,
          caps: ["camera"],
        },
      ],
    },
    "device.pair.list": {
      pending: [],
      paired: [{ deviceId: "device-1", displayName: "Lamplighter", scopes: ["operator.read"], connected: true }],
    },
    "config.get": { exists: true, valid: true, issues: [], hash: "hmac-sha256:v1:demo" },
    "gateway.restart.preflight": { safe: true, blockers: [], summary: "safe to restart now" },
    status: { runtimeVersion: "2026.9.6", gateway: { mode: "local", reachable: true } },
  };
}
