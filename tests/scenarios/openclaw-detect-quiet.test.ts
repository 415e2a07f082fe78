import { describe, expect, it } from "vitest";
import { startMs, watchWith } from "../support/openclaw-faults-look.ts";
import { beganAgo, changeProbe, changeUnit, type Draft, type LogEntry, part, withFile } from "../support/openclaw-faults-world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Somebody restarts the gateway after six hours, and updates it after twelve. */
const RESTARTED = 6 * HOUR;
const UPDATED = 12 * HOUR;
const NEWER = "2026.9.7";

type Line = Omit<LogEntry, "agoMs">;
const gateway = (message: string, subsystem = "gateway"): Line => ({ subsystem, message });
const cli = (message: string): Line => ({ message });

const visit =
  "unauthorized conn=1f peer=127.0.0.1:50100->127.0.0.1:18789 remote=127.0.0.1 client=Lamplighter backend v0.1.0 role=operator scopes=1 auth=none device=no platform=darwin host=127.0.0.1:18789 origin=n/a ua=lamplighter/0.1.0 reason=token_missing guidance=unauthorized: gateway token missing";

/** What a healthy gateway, its user and we ourselves write in an hour: [minute, line]. None of it is trouble. */
const hourly: readonly (readonly [number, Line])[] = [
  [1, gateway("heartbeat ok", "heartbeat")],
  [3, gateway("⇄ res ✓ channels.status 12ms conn=8825…08b3 id=2:d3", "gateway/ws")],
  [5, gateway("⇄ res ✗ system-presence 9ms errorCode=FORBIDDEN errorMessage=missing scope: operator.read conn=88 id=2", "gateway/ws")],
  [7, gateway(visit, "gateway/ws")],
  [8, gateway("closed before connect conn=1f code=1008 reason=device identity required phase=connect client=Lamplighter", "gateway/ws")],
  [11, cli("Gateway is not running. Start it with: openclaw gateway start")],
  [12, cli("unauthorized: gateway token mismatch (set gateway.remote.token to match gateway.auth.token)")],
  [13, cli("OpenClaw config is invalid: /tmp/experiment/openclaw.json")],
  [17, gateway("device pairing auto-approved device=3fa1 role=operator")],
  [21, gateway("transient same-model retry 1/8 for anthropic/claude-opus-4-6 reason=overloaded: delayMs=1105", "agent/embedded")],
  [26, gateway("telegram transport attempt marked temporarily unhealthy for 10000ms (codes=ETIMEDOUT)", "telegram/network")],
  [31, { subsystem: "cron", message: "cron: job run finished", fields: { jobName: "Inbox check", status: "ok" } }],
  [36, gateway("config hot reload applied: channels.telegram.allowFrom", "gateway/reload")],
  [
    41,
    gateway(
      "unauthorized conn=2c remote=127.0.0.1 client=openclaw-control-ui ui v2026.9.6 auth=token reason=token_mismatch guidance=x",
      "gateway/ws",
    ),
  ],
  [47, gateway("[discord:default] connected as claw (heartbeat 41250ms)", "discord")],
  [52, gateway("heartbeat skipped: quiet-hours", "heartbeat")],
  [57, gateway("memory pressure: level=normal reason=rss", "diagnostics")],
];

const restart: readonly Line[] = [
  gateway("received SIGTERM; shutting down"),
  gateway("admission closed: stop", "gateway/admission"),
  gateway("completed cleanly in 812ms", "shutdown"),
  gateway("loading configuration…"),
  gateway("starting..."),
  gateway("http server listening (14 plugins; 2.1s)"),
  gateway("ready"),
];

function chatter(draft: Draft, elapsedMs: number): void {
  // Only what a tail can still see: the window of the log, and a little more.
  for (let hour = 0; hour <= elapsedMs / HOUR; hour += 1)
    for (const [minute, line] of hourly) {
      const agoMs = elapsedMs - hour * HOUR - minute * MINUTE;
      if (agoMs >= 0 && agoMs < 2 * HOUR) draft.log.push({ ...line, agoMs });
    }
  for (const moment of [RESTARTED, UPDATED]) {
    const agoMs = elapsedMs - moment;
    if (agoMs >= 0 && agoMs < 2 * HOUR)
      restart.forEach((line, index) => void draft.log.push({ ...line, agoMs: agoMs + (restart.length - index) * 500 }));
  }
}

/** Everything that an update changes, at once. */
function update(draft: Draft): void {
  draft.peer = { ...draft.peer, version: NEWER };
  changeProbe(draft, "startupz", { version: NEWER });
  part(draft.config, "meta")["lastTouchedVersion"] = NEWER;
  withFile(draft, `${draft.stateDir}/openclaw.json`, { text: "", mode: 0o600, modifiedMs: startMs + UPDATED });
  for (const [path, file] of Object.entries(draft.world.files))
    if (path.endsWith("/openclaw/package.json"))
      withFile(draft, path, { ...file, text: JSON.stringify({ name: "openclaw", version: NEWER }) });
}

function day(draft: Draft, elapsedMs: number): void {
  chatter(draft, elapsedMs);
  if (elapsedMs >= UPDATED) update(draft);
  const began = elapsedMs >= UPDATED ? UPDATED : elapsedMs >= RESTARTED ? RESTARTED : undefined;
  if (began === undefined) return;
  beganAgo(draft, elapsedMs - began);
  changeUnit(draft, { runs: began === UPDATED ? 3 : 2, lastEnd: { exitCode: 0 } });
}

describe("a day in the life of a healthy gateway", () => {
  it.each(["macos", "linux"] as const)(
    "raises no red and no amber in 24 hours on %s",
    async (platform) => {
      await watchWith(
        day,
        platform,
        async ({ complaints, lights, pass, state }) => {
          for (let hour = 0; hour < 24; hour += 1) {
            await pass(HOUR);
            const { findings, light } = await state();
            expect([hour, light, [...complaints]], JSON.stringify(findings)).toEqual([hour, "green", []]);
          }
          expect([...lights]).toEqual(["green"]);
        },
        { grainMs: MINUTE, watchFiles: false, visible: false },
      );
    },
    240_000,
  );
});
