import type { DeepRun, ExplainMatch } from "../../main/core/contract/index.ts";
import type { Finding } from "../../main/core/model/finding.ts";
import type { Light } from "../../main/core/model/light.ts";
import type { Plan } from "../../main/core/model/plan.ts";
import type { CheckState, Snapshot, StackState } from "../../main/core/model/snapshot.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Twelve past three at night: when this page has to be read. Epoch milliseconds. */
export const NIGHT = Date.UTC(2026, 10, 20, 3, 12, 40);

export function aCheck(over: Partial<CheckState> & Pick<CheckState, "id">): CheckState {
  return {
    title: over.id,
    light: "green",
    summary: "answers",
    at: NIGHT - 8 * SECOND,
    ageMs: 8 * SECOND,
    durationMs: 12,
    lane: "poll",
    drivesLight: true,
    working: false,
    ...over,
  };
}

/** A check that never had an answer. */
export function anUnansweredCheck(over: Partial<CheckState> & Pick<CheckState, "id">): CheckState {
  const { at: _, ageMs: __, durationMs: ___, ...rest } = aCheck({ light: "grey", summary: "no answer yet", working: true, ...over });
  return rest;
}

export function aFinding(over: Partial<Finding> & Pick<Finding, "code">): Finding {
  return {
    symptoms: [],
    light: "red",
    state: "hard",
    title: over.code,
    detail: "",
    evidence: [],
    root: true,
    followers: [],
    ruledOut: [],
    remedies: [],
    since: NIGHT - 14 * MINUTE,
    ...over,
  };
}

export function aStack(over: Partial<StackState> & Pick<StackState, "id">): StackState {
  return {
    title: over.id,
    mark: over.id.slice(0, 2).toUpperCase(),
    ground: false,
    installed: true,
    light: "green",
    sentence: "works",
    checks: [aCheck({ id: "http" })],
    findings: [],
    ticks: ticks("g".repeat(24)),
    tickMs: 60 * MINUTE,
    looksFor: [],
    ...over,
  };
}

export function aSnapshot(stacks: readonly StackState[], over: Partial<Snapshot> = {}): Snapshot {
  return { schemaVersion: 1, light: "green", sentence: "Works", at: NIGHT, settling: false, notes: [], ...over, stacks: [...stacks] };
}

const letters: Readonly<Record<string, Light | null>> = { g: "green", a: "amber", r: "red", u: "grey", ".": null };
/** "gg.ar" as ticks: green, amber, red, unknown, nothing. */
export const ticks = (text: string): (Light | null)[] => [...text].map((letter) => letters[letter] ?? null);

const gatewayChecks: readonly CheckState[] = [
  aCheck({ id: "unit", title: "Service unit", summary: "loaded, running for 3 days, no restarts", durationMs: 9 }),
  aCheck({ id: "port", title: "TCP port 18789", summary: "the gateway listens on 127.0.0.1 and ::1", durationMs: 4 }),
  aCheck({ id: "ready", title: "Readiness", summary: "live, started and ready", durationMs: 6 }),
  aCheck({ id: "anonymous", title: "Connect without a token", summary: "refused, as it should be", durationMs: 21 }),
  aCheck({ id: "authenticated", title: "Connect with the shared token", summary: "hello-ok, protocol 4, operator.read", durationMs: 34 }),
  aCheck({ id: "channels", title: "Channels", summary: "3 of 3 connected: Telegram, Discord, WhatsApp", durationMs: 18 }),
  aCheck({ id: "config", title: "Configuration", summary: "valid, written by 2026.9.6, same version runs", durationMs: 3 }),
  aCheck({ id: "log", title: "Log", summary: "nothing known to be bad in the last 15 min", durationMs: 11 }),
  aCheck({
    id: "versions",
    title: "Installed versions",
    summary: "one openclaw on PATH: 2026.9.6",
    drivesLight: false,
    at: NIGHT - 4 * MINUTE,
    ageMs: 4 * MINUTE,
    durationMs: 41,
  }),
  aCheck({
    id: "doctor",
    title: "openclaw doctor --lint",
    summary: "takes about 20 s",
    light: "grey",
    lane: "deep",
    drivesLight: false,
  }),
].map((check) => (check.id === "doctor" ? withoutAnswer(check) : check));

function withoutAnswer(check: CheckState): CheckState {
  const { at: _, ageMs: __, durationMs: ___, ...rest } = check;
  return rest;
}

const swap = (checks: readonly CheckState[], changes: Readonly<Record<string, Partial<CheckState>>>): CheckState[] =>
  checks.map((check) => ({ ...check, ...changes[check.id] }));

const openclaw = aStack({
  id: "openclaw",
  title: "OpenClaw",
  mark: "OC",
  sentence: "OpenClaw works: 8 checks agree",
  checks: [...gatewayChecks],
  ticks: ticks("ggggggggggggggggaggggggg"),
  looksFor: ["~/.openclaw/openclaw.json", "OPENCLAW_STATE_DIR, OPENCLAW_CONFIG_PATH", "the service unit ai.openclaw.gateway"],
});

const nanoclaw = aStack({
  id: "nanoclaw",
  title: "NanoClaw",
  mark: "NC",
  sentence: "NanoClaw works: 4 checks agree",
  checks: ["Process", "Container runtime", "Database", "WhatsApp session"].map((title) => aCheck({ id: title.toLowerCase(), title })),
  looksFor: ["~/nanoclaw", "the service unit com.nanoclaw"],
});

const machine = aStack({
  id: "machine",
  title: "This machine",
  mark: "ME",
  ground: true,
  sentence: "This machine works: 5 checks agree",
  checks: ["Memory", "Disk", "Clock", "Network", "Service manager"].map((title) => aCheck({ id: title.toLowerCase(), title })),
  ticks: ticks("........gggggggggggggggg"),
});

const absent = [
  aStack({
    id: "kruxos",
    title: "KruxOS",
    mark: "KX",
    installed: false,
    light: "grey",
    sentence: "KruxOS is not on this machine",
    checks: [],
    ticks: ticks(".".repeat(24)),
    looksFor: ["the program kruxos on PATH", "TCP port 7700 on this machine"],
  }),
  aStack({
    id: "sanctum",
    title: "Sanctum",
    mark: "SA",
    installed: false,
    light: "grey",
    sentence: "Sanctum is not on this machine",
    checks: [],
    ticks: ticks(".".repeat(24)),
    looksFor: ["~/.sanctum/instance.yaml", "service units that start with com.sanctum"],
  }),
];

export const green = aSnapshot([openclaw, nanoclaw, machine, ...absent], { sentence: "All 2 stacks work" });

const mismatch = aFinding({
  code: "openclaw.auth.token-mismatch",
  symptoms: ["O10"],
  title: "OpenClaw rejects the shared token",
  detail:
    "The gateway runs with another token than the one this account's configuration holds. Everything that signs in with the shared token is turned away until both agree again.",
  evidence: [
    { source: "WebSocket connect", text: "AUTH_TOKEN_MISMATCH (canRetryWithDeviceToken: false), close 1008", at: NIGHT - 8 * SECOND },
    { source: "openclaw.json", text: "gateway.auth.token ‹token …a91f, 48 chars›, changed 02:58:31", at: NIGHT - 9 * SECOND },
    { source: "Service unit", text: "environment sets OPENCLAW_GATEWAY_TOKEN ‹token …07c2, 48 chars›", at: NIGHT - 24 * SECOND },
  ],
  followers: [
    "openclaw.channel.failing",
    "openclaw.gateway.follow-up-failed",
    "openclaw.cron.not-delivering",
    "openclaw.node.approval-required",
  ],
  ruledOut: [
    "The gateway is down: it answers on 18789 and is ready",
    "An expired pairing: the device list was read and holds this device",
    "A wrong clock: this machine and the gateway agree to the second",
  ],
  remedies: [
    { id: "reinstall-unit", title: "Give both sides the same token", kind: "plan", risk: "disruptive" },
    { id: "compare", title: "Compare the two tokens", kind: "plan", risk: "safe" },
  ],
});

const follower = (code: string, title: string, light: Light = "red"): Finding =>
  aFinding({
    code,
    title,
    light,
    root: false,
    detail: "This is a consequence and goes away with its cause.",
    evidence: [{ source: "channels.status", text: "not asked: the connection was refused", at: NIGHT - 8 * SECOND }],
  });

const rejecting = aStack({
  ...openclaw,
  light: "red",
  sentence: "OpenClaw rejects the shared token; 4 more follow",
  ticks: ticks("ggggggggggggggggaggggrrr"),
  findings: [
    mismatch,
    follower("openclaw.channel.failing", "3 channels cannot report"),
    follower("openclaw.gateway.follow-up-failed", "Reads after the connection fail"),
    follower("openclaw.cron.not-delivering", "The 03:00 digest was not delivered", "amber"),
    follower("openclaw.node.approval-required", "A command of the node “attic” waits for approval", "amber"),
  ],
  checks: swap(openclaw.checks, {
    authenticated: { light: "red", summary: "refused: the token does not match", code: mismatch.code },
    channels: { light: "grey", summary: "cannot be read without a connection" },
    log: { light: "amber", summary: "6 refused connections in the last 15 min" },
  }),
});

export const red = aSnapshot([rejecting, nanoclaw, machine, ...absent], {
  light: "red",
  sentence: "OpenClaw rejects the shared token; 4 more follow",
});

const long =
  "The service unit was written by an older installation whose entry point no longer exists, so every start ends at once with code 127 and the service manager has given up after five attempts in ten seconds.";

/** Everything at once: several causes, long texts, many systems, notes about ourselves. */
export const crowded = aSnapshot(
  [
    rejecting,
    aStack({
      ...nanoclaw,
      light: "red",
      sentence: "The container runtime that NanoClaw needs is not running",
      ticks: ticks("uuuuggggggggggggrrrrrrrr"),
      findings: [
        aFinding({
          code: "machine.service-unit.crash-loop",
          symptoms: ["G2", "O16"],
          title: "com.nanoclaw.orchestrator-with-a-very-long-label.service starts and dies again and again",
          detail: long,
          since: NIGHT - 3 * 60 * MINUTE,
          evidence: [
            {
              source: "systemctl --user show com.nanoclaw.orchestrator-with-a-very-long-label.service",
              text: "ExecMainStatus=127 NRestarts=5 Result=start-limit-hit ExecStart=/home/op/.local/share/node_modules/nanoclaw-2026.4.1/dist/entry/orchestrator/index.js",
              at: NIGHT - 40 * SECOND,
            },
          ],
          remedies: [{ id: "show-log", title: "Show the last lines of its log", kind: "plan", risk: "safe" }],
        }),
      ],
    }),
    aStack({
      ...machine,
      light: "amber",
      sentence: "Memory is tight: 96 % used, 2.1 GB swapped in the last minute",
      findings: [
        aFinding({
          code: "machine.memory.killed",
          symptoms: ["G19"],
          light: "amber",
          state: "soft",
          title: "Memory is tight",
          detail: "Slow answers now are more likely this than a token.",
          since: NIGHT - 2 * MINUTE,
        }),
      ],
    }),
    ...["Research box", "Night batch", "Home Assistant bridge", "Mail relay", "Vector store", "Backup of everything that matters"].map(
      (title, n) =>
        aStack({
          id: `custom-${n}`,
          title,
          mark: title.slice(0, 2).toUpperCase(),
          sentence: n === 2 ? "No answer within 5 s on https://bridge.attic.example:8123/api/" : `${title} works: 2 checks agree`,
          light: n === 2 ? "grey" : "green",
        }),
    ),
    ...absent,
  ],
  {
    light: "red",
    sentence: "OpenClaw rejects the shared token; 4 more follow (and 2 other stacks)",
    notes: ["config.yaml, line 14: “everyMs” must be a number; the default of 15 s is used"],
  },
);

export const nothing = aSnapshot(
  [
    machine,
    ...[openclaw, nanoclaw].map((stack) =>
      aStack({
        ...stack,
        installed: false,
        light: "grey",
        checks: [],
        ticks: ticks(".".repeat(24)),
        sentence: `${stack.title} is not on this machine`,
      }),
    ),
    ...absent,
  ],
  { light: "grey", sentence: "No agent stack found on this machine" },
);

/** Nobody answers: every check ran into its time-out, some long ago. */
export const grey = aSnapshot(
  [openclaw, nanoclaw, machine].map((stack, n) =>
    aStack({
      ...stack,
      light: "grey",
      sentence: `${stack.title}: no check answers within 5 s`,
      ticks: ticks("gggggggggggggggggguuuuuu"),
      checks: stack.checks.map((check) => ({
        ...check,
        light: "grey" as const,
        summary: n === 0 ? "no answer within 5 s" : "last answer is too old to count",
        at: NIGHT - (n === 0 ? 6 : 140) * SECOND,
        ageMs: (n === 0 ? 6 : 140) * SECOND,
        durationMs: 5_000,
      })),
    }),
  ),
  { light: "grey", sentence: "OpenClaw, service unit: no answer within 5 s" },
);

/** The first seconds after a start. */
export const settling = aSnapshot(
  [openclaw, machine].map((stack) =>
    aStack({
      ...stack,
      light: "grey",
      sentence: `Looking at ${stack.title}…`,
      ticks: ticks(".".repeat(24)),
      checks: stack.checks.map((check) =>
        anUnansweredCheck({ id: check.id, title: check.title, lane: check.lane, drivesLight: check.drivesLight }),
      ),
    }),
  ),
  { light: "grey", settling: true, sentence: "Looking at OpenClaw…" },
);

export const amber = aSnapshot(
  [
    aStack({
      ...openclaw,
      light: "amber",
      sentence: "The gateway is booting: 84 s of a usual 190 s",
      ticks: ticks("ggggggggggggggggggggggga"),
      findings: [
        aFinding({
          code: "openclaw.gateway.booting",
          symptoms: ["O44"],
          light: "amber",
          title: "The gateway is booting: 84 s of a usual 190 s",
          detail: "It was restarted and loads its plugins. Restarting it again would only start this over; waiting is the remedy.",
          since: NIGHT - 84 * SECOND,
          evidence: [{ source: "GET /startupz", text: "503 starting", at: NIGHT - 3 * SECOND }],
        }),
      ],
    }),
    machine,
  ],
  { light: "amber", sentence: "The gateway is booting: 84 s of a usual 190 s", demo: "boot-in-progress" },
);

export const snapshots = { green, red, crowded, nothing, grey, settling, amber } as const;

export const plan: Plan = {
  code: mismatch.code,
  remedy: "reinstall-unit",
  title: "Give both sides the same token",
  risk: "disruptive",
  interrupts: "The gateway restarts: about 190 s without channels. 2 running agent turns will be resumed.",
  undo: "The old unit is kept beside the new one; the last step's command with --restore puts it back.",
  verify: "A fresh connection with the shared token must reach hello-ok; channels are read again.",
  effects: [
    {
      effect: { do: "run-command", argv: ["openclaw", "config", "get", "gateway.auth.mode"], envNames: [] },
      preview: "See which kind of sign-in the gateway uses.",
      risk: "safe",
    },
    {
      effect: { do: "write-file", path: "/home/ada/.config/openclaw/gateway.env", text: "OPENCLAW_GATEWAY_PORT=18789\n" },
      preview: "Take the second copy of the token out of the unit's environment, so that one source is left.",
      risk: "safe",
    },
    {
      effect: {
        do: "run-command",
        argv: ["openclaw", "gateway", "install", "--force", "--note", "one token, it's enough"],
        envNames: ["OPENCLAW_PROFILE"],
        cwd: "/home/op",
      },
      preview: "Write the service unit again from this account's configuration and restart it.",
      risk: "disruptive",
    },
    {
      effect: { do: "wait", reason: "The gateway needs about 190 s to boot here.", forMs: 240_000 },
      preview: "The gateway needs about 190 s to boot here.",
      risk: "safe",
    },
    { effect: { do: "recheck", check: "authenticated" }, preview: "Connect with the shared token.", risk: "safe" },
  ],
};

export const matches: readonly ExplainMatch[] = [
  {
    code: mismatch.code,
    symptoms: ["O10"],
    stack: "openclaw",
    confidence: 0.95,
    title: "OpenClaw rejects the shared token",
    line: "gateway connect failed: unauthorized: gateway token mismatch (provide gateway auth token)",
    runbook:
      "Compare the token in openclaw.json with the one in the service unit's environment. Keep one source, reinstall the unit, restart once.",
  },
  {
    code: "openclaw.auth.rate-limited",
    symptoms: ["O47"],
    stack: "openclaw",
    confidence: 0.4,
    title: "Too many refused connections: OpenClaw makes this client wait",
    line: "retry after 60s",
    runbook: "Find the client that loops with the wrong token and stop it; the limit lifts by itself.",
  },
];

export const deepRun: DeepRun = {
  stack: "openclaw",
  check: "doctor",
  state: "done",
  text: "3 findings\nwarning  gateway.auth  token is set in two places\nwarning  plugins.allow  is empty\ninfo     channels  3 configured",
  elapsedMs: 21_400,
};

export const demos = [
  { id: "all-green", title: "Everything works" },
  { id: "gateway-401", title: "The gateway rejects the shared token" },
  { id: "crash-loop", title: "The service starts and dies again and again" },
  { id: "boot-in-progress", title: "The gateway is still booting" },
  { id: "everything-hangs", title: "Nothing answers in time" },
  { id: "nothing-installed", title: "Nothing is installed" },
];
