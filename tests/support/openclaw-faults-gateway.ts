import { DEMO_TOKEN } from "../../main/catalog/stacks/openclaw/demos/mac-unit.ts";
import { type Fault, logged } from "./openclaw-faults-kind.ts";
import { changeProbe, changeUnit, type Draft, part, takeDown, withFile } from "./openclaw-faults-world.ts";

const json = (body: unknown) => ({
  kind: "answered" as const,
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
  truncated: false,
  durationMs: 2,
});

/** A second gateway on another port, with or without a service unit of its own. */
function secondGateway(draft: Draft, port: number): void {
  const pid = 5_151;
  const { world, moment } = draft;
  world.processes = [
    ...world.processes,
    {
      pid,
      ppid: 1,
      user: "ada",
      name: "node",
      command: `node /usr/local/lib/node_modules/openclaw/openclaw.mjs gateway run --port ${port}`,
      state: "sleeping",
      startedMs: moment.startedMs,
    },
  ];
  world.listeners = [...world.listeners, { address: "127.0.0.1", port, pid }];
  const base = `GET http://127.0.0.1:${port}`;
  world.http = {
    ...world.http,
    [`${base}/healthz`]: json({ ok: true, status: "live" }),
    [`${base}/startupz`]: json({ ok: true, status: "started", version: "2026.9.6", uptimeMs: 99_000 }),
  };
}

/** Process, port, configuration and machine. */
export const gatewayFaults: readonly Fault[] = [
  {
    row: "O1",
    title: "HTTP says live, and the WebSocket speaks something else",
    code: "openclaw.ladder",
    light: "amber",
    evidence: /foreign|not a gateway/i,
    step: /Does the gateway process run\?/,
    apply: (draft) => {
      draft.socket = { greet: [JSON.stringify({ hello: "world" })], answer: () => ({ send: [] }) };
    },
  },
  {
    row: "O18",
    title: "another program holds the port",
    code: "openclaw.port.conflict",
    light: "red",
    evidence: /Port 18789 is held by another program \(python3, process 900\)/,
    step: /Stop python3 \(process 900\) its own way/,
    apply: (draft) => {
      takeDown(draft);
      const { world, moment, port } = draft;
      const command = `/usr/bin/python3 -m http.server ${port}`;
      world.processes = [
        ...world.processes,
        { pid: 900, ppid: 1, user: "ada", name: "python3", command, state: "sleeping", startedMs: moment.startedMs },
      ];
      world.listeners = [...world.listeners, { address: "127.0.0.1", port, pid: 900 }];
      draft.socket = { rejectedWith: 404, body: "Not Found" };
    },
  },
  {
    row: "O20",
    title: "openclaw.json was cut short while the gateway runs",
    code: "openclaw.config.invalid",
    light: "amber",
    evidence: /Cannot be read at line \d+/,
    step: /openclaw config validate --json/,
    apply: (draft) => {
      const text = JSON.stringify(draft.config, null, 2);
      withFile(draft, `${draft.stateDir}/openclaw.json.last-good`, { text, mode: 0o600 });
      draft.configEndsAt = 310;
    },
  },
  {
    row: "O20",
    title: "the gateway does not accept a setting",
    code: "openclaw.config.invalid",
    light: "amber",
    evidence: /channels\.telegram: Unrecognized key/,
    step: /openclaw config validate --json/,
    apply: (draft) => {
      draft.answers["config.get"] = {
        exists: true,
        valid: false,
        issues: [{ path: "channels.telegram", message: "Unrecognized key: dmPolcy" }],
      };
    },
  },
  {
    row: "O20",
    title: "OpenClaw put an older configuration back",
    code: "openclaw.config.restored",
    light: "amber",
    evidence: /openclaw\.json\.clobbered\.2026/,
    step: /diff -u .*openclaw\.json .*clobbered/,
    apply: (draft) => {
      const name = new Date(draft.moment.nowMs - 600_000).toISOString().replaceAll(":", "-").replace(".", "-");
      withFile(draft, `${draft.stateDir}/openclaw.json.clobbered.${name}`, { text: "{", mode: 0o600 });
    },
  },
  {
    row: "O21",
    title: "the SSH tunnel to a gateway elsewhere is down",
    alone: true,
    code: "openclaw.probe.ssh-tunnel-failed",
    light: "red",
    evidence: /ada@studio\.example.*nothing listens|nothing listens.*ada@studio\.example/i,
    step: /ssh -o BatchMode=yes .*ada@studio\.example true/,
    apply: (draft) => {
      takeDown(draft);
      draft.world.services = {};
      const remote = { url: `ws://127.0.0.1:${draft.port}`, token: DEMO_TOKEN, sshTarget: "ada@studio.example" };
      Object.assign(part(draft.config, "gateway"), { mode: "remote", remote });
    },
  },
  {
    row: "O22",
    title: "a second gateway answers on another port",
    code: "openclaw.gateway.multiple-reachable",
    light: "amber",
    evidence: /port 19001.*process 5151|process 5151.*port 19001/i,
    step: /openclaw gateway probe --json/,
    apply: (draft) => secondGateway(draft, 19_001),
  },
  {
    row: "O22",
    title: "commands go elsewhere while a gateway answers here",
    alone: true,
    code: "openclaw.gateway.multiple-reachable",
    light: "amber",
    evidence: /port 18789/,
    step: /openclaw gateway probe --json/,
    apply: (draft) => {
      const { world } = draft;
      const elsewhere = `GET https://claw.example:${draft.port}`;
      const answers = [
        [`${elsewhere}/healthz`, json({ ok: true, status: "live" })],
        [`${elsewhere}/readyz`, json({ ready: true, failing: [], uptimeMs: 99_000 })],
        [`${elsewhere}/startupz`, json({ ok: true, status: "started", version: "2026.9.6", uptimeMs: 99_000 })],
      ];
      world.http = { ...world.http, ...Object.fromEntries(answers) };
      draft.elsewhere.push(`wss://claw.example:${draft.port}`);
      Object.assign(part(draft.config, "gateway"), {
        mode: "remote",
        remote: { url: `wss://claw.example:${draft.port}`, token: DEMO_TOKEN },
      });
    },
  },
  {
    row: "O24",
    title: "calls fail after the connection was accepted",
    code: "openclaw.gateway.follow-up-failed",
    light: "amber",
    evidence: /state database is busy/,
    step: /Does the gateway process run\?/,
    apply: (draft) => {
      for (const method of ["channels.status", "models.authStatus"])
        draft.failing[method] = { code: "UNAVAILABLE", message: "state database is busy" };
    },
  },
  {
    row: "O26",
    title: "the token is a variable that nobody sets",
    code: "openclaw.secrets.ref-unresolved",
    light: "red",
    evidence: /gateway\.auth\.token names the variable CLAW_TOKEN/,
    step: /openclaw secrets audit --json/,
    apply: (draft) => {
      part(draft.config, "gateway", "auth")["token"] = "$" + "{CLAW_TOKEN}";
    },
  },
  {
    row: "O26",
    title: "the running gateway cannot read a secret any more",
    code: "openclaw.secrets.ref-unresolved",
    light: "amber",
    evidence: /Secret resolution failed/,
    step: /openclaw secrets reload --json/,
    apply: (draft) =>
      logged(draft, { subsystem: "gateway", message: "Secret resolution failed; runtime remains on the last-known-good snapshot" }),
  },
  {
    row: "O37",
    title: "an older token lies in .env",
    code: "openclaw.auth.duplicate-secrets",
    light: "amber",
    evidence: /Holds another token, #[0-9a-f]{6}/,
    step: /Keep gateway\.auth\.token and remove the others/,
    apply: (draft) =>
      withFile(draft, `${draft.stateDir}/.env`, { text: "OPENCLAW_GATEWAY_TOKEN=former-token-77aa55cc33ee1100\n", mode: 0o600 }),
  },
  {
    row: "O37",
    title: "the secret changed since the gateway last read it",
    code: "openclaw.auth.duplicate-secrets",
    light: "green",
    evidence: /last-good/,
    step: /Keep gateway\.auth\.token/,
    apply: (draft) => {
      const text = JSON.stringify({ gateway: { mode: "local", auth: { mode: "token", token: "former-token-77aa55cc33ee1100" } } });
      withFile(draft, `${draft.stateDir}/openclaw.json.last-good`, { text, mode: 0o600 });
    },
  },
  {
    row: "O42",
    title: "the machine swaps while the gateway gasps",
    code: "openclaw.host.memory-pressure",
    light: "red",
    evidence: /memory/i,
    step: /ps -axo rss=,pid=,comm=/,
    apply: (draft) => {
      const { host } = draft.world;
      const tight = { ...host.memory, availableBytes: host.memory.totalBytes * 0.01, swapUsedBytes: host.memory.swapTotalBytes };
      draft.world.host = { ...host, memory: { ...tight, ...(draft.platform === "macos" ? { pressureLevel: 4 } : { stallPercent: 60 }) } };
      changeProbe(draft, "readyz", { eventLoop: { degraded: true, reasons: ["event_loop_delay"], delayP99Ms: 2_400 } });
    },
  },
  {
    row: "O43",
    title: "the event loop is held up",
    code: "openclaw.gateway.event-loop-degraded",
    light: "amber",
    evidence: /event_loop_delay, delays of 2400 ms/,
    step: /Keep the last lines of the gateway/,
    apply: (draft) =>
      changeProbe(draft, "readyz", {
        eventLoop: { degraded: true, reasons: ["event_loop_delay"], delayP99Ms: 2_400, degradedSinceMs: 9_000 },
      }),
  },
  {
    row: "O43",
    title: "somebody suspended the process",
    code: "openclaw.gateway.frozen",
    light: "red",
    evidence: /Process 4711 is suspended/,
    step: /openclaw gateway restart --json/,
    apply: (draft) => {
      const { world, port } = draft;
      world.processes = world.processes.map((one) => (one.name === "openclaw-gateway" ? { ...one, state: "stopped" as const } : one));
      world.http = Object.fromEntries(
        Object.keys(world.http).map((key) => [key, key.includes(`:${port}/`) ? "hang" : (world.http[key] ?? "hang")]),
      );
      draft.socket = "hang";
    },
  },
  {
    row: "O44",
    title: "the gateway is starting",
    code: "openclaw.gateway.booting",
    light: "amber",
    evidence: /startup-sidecars/,
    step: /a restart now would begin them again/,
    apply: (draft) => {
      changeProbe(draft, "readyz", { ready: false, failing: ["startup-sidecars"] }, 503);
      changeProbe(draft, "startupz", { ok: false, status: "starting", pendingReason: "startup-sidecars" }, 503);
      const details = { reason: "startup-sidecars" };
      draft.peer = {
        ...draft.peer,
        refusesAll: { code: "UNAVAILABLE", message: "gateway starting; retry shortly", retryable: true, details },
      };
    },
  },
  {
    row: "O44",
    title: "the process began seconds ago and does not answer yet",
    code: "openclaw.gateway.booting",
    light: "amber",
    evidence: /Process 4711 began .* ago and does not answer yet/,
    step: /a restart now would begin them again/,
    apply: (draft) => {
      const young = draft.world.processes.map((one) => ({ ...one, startedMs: draft.moment.nowMs - 8_000 }));
      takeDown(draft);
      draft.world.processes = young;
      const lock = Object.keys(draft.world.files).find((path) => path.endsWith("gateway.state.lock")) ?? "";
      const text = draft.world.files[lock]?.text.replace(
        /"createdAt":"[^"]+"/,
        `"createdAt":"${new Date(draft.moment.nowMs - 7_000).toISOString()}"`,
      );
      withFile(draft, lock, { text: text ?? "", mode: 0o600 });
      changeUnit(draft, { sinceMs: draft.moment.nowMs - 8_000 });
    },
  },
  {
    row: "O45",
    title: "anybody in the network may use the gateway",
    code: "openclaw.security.exposed",
    light: "red",
    evidence: /gateway\.bind is lan/,
    step: /openclaw security audit --json/,
    apply: (draft) => {
      const gateway = part(draft.config, "gateway");
      gateway["bind"] = "lan";
      gateway["auth"] = { mode: "none" };
      draft.open = true;
    },
  },
  {
    row: "O45",
    title: "everybody on the machine can read the secrets",
    code: "openclaw.security.exposed",
    light: "amber",
    evidence: /openclaw\.json has mode 644, should be 600/,
    step: /chmod 600 .*openclaw\.json/,
    apply: (draft) => withFile(draft, `${draft.stateDir}/openclaw.json`, { text: "", mode: 0o644 }),
  },
];
