import { DEMO_TOKEN } from "../../main/catalog/stacks/openclaw/demos/mac-unit.ts";
import type { Fault } from "./openclaw-faults-kind.ts";
import { changeUnit, type Draft, part, takeDown, withFile } from "./openclaw-faults-world.ts";

const minute = 60_000;

/** A second installation in the account's own folder. */
function secondInstall(draft: Draft, version: string): void {
  const folder = `${draft.home}/.npm-global`;
  withFile(draft, `${folder}/lib/node_modules/openclaw/package.json`, { text: JSON.stringify({ name: "openclaw", version }) });
  withFile(draft, `${folder}/bin/package.json`, { text: JSON.stringify({ name: "openclaw", version }) });
  withFile(draft, `${folder}/bin/openclaw`, { text: "#!/usr/bin/env node\n", mode: 0o755 });
  draft.world.env = { ...draft.world.env, PATH: `${folder}/bin:${draft.world.env["PATH"]}` };
}

/** The program, its service unit, and who starts it. */
export const installFaults: readonly Fault[] = [
  {
    row: "O2",
    title: "a newer release wrote the configuration",
    code: "openclaw.install.split-brain",
    light: "red",
    evidence: /Last written by 2026\.11\.2/,
    step: /openclaw gateway install --force --json/,
    apply: (draft) => {
      part(draft.config, "meta")["lastTouchedVersion"] = "2026.11.2";
    },
  },
  {
    row: "O2",
    title: "an older program comes first on PATH",
    code: "openclaw.install.split-brain",
    light: "amber",
    evidence: /2026\.5\.5 at .*\.npm-global\/bin\/openclaw/,
    step: /Remove older copies or wrappers from PATH/,
    apply: (draft) => secondInstall(draft, "2026.5.5"),
  },
  {
    row: "O16",
    title: "the gateway was killed and nobody starts it",
    code: "openclaw.gateway.not-running",
    light: "red",
    evidence: /Its last run .*SIGKILL|was killed/,
    step: /openclaw gateway start --json/,
    apply: (draft) => {
      takeDown(draft);
      changeUnit(draft, { state: "stopped", rawState: "not running", keepAlive: "never", lastEnd: { signal: "SIGKILL" } });
    },
  },
  {
    row: "O16",
    title: "the gateway crashes at every start",
    code: "openclaw.service.crash-loop",
    light: "red",
    evidence: /again and again .*24 restarts counted/,
    step: /logs\/stability/,
    apply: (draft) => {
      takeDown(draft);
      changeUnit(draft, { state: "waiting-to-restart", rawState: "spawn scheduled", runs: 24, lastEnd: { exitCode: 1 } });
    },
  },
  {
    row: "O17",
    title: "the unit starts the gateway for another port",
    code: "openclaw.service.config-mismatch",
    light: "amber",
    evidence: /on port 18790, and the configuration says 18789/,
    step: /openclaw gateway install --force --json/,
    apply: (draft) => {
      const unit = draft.world.services[draft.label];
      const argv = unit?.kind === "loaded" ? (unit.argv ?? []) : [];
      changeUnit(draft, { argv: [...argv.slice(0, -1), "18790"] });
    },
  },
  {
    row: "O17",
    title: "the unit reads another configuration",
    code: "openclaw.service.config-mismatch",
    light: "amber",
    evidence: /OPENCLAW_CONFIG_PATH .*old\.json/,
    step: /openclaw gateway install --force --json/,
    apply: (draft) => {
      changeUnit(draft, { environmentNames: ["OPENCLAW_CONFIG_PATH", "OPENCLAW_SERVICE_MARKER"] });
      draft.world.serviceEnvironment = { [draft.label]: { OPENCLAW_CONFIG_PATH: `${draft.stateDir}/old.json` } };
    },
  },
  {
    row: "O19",
    title: "a unit of an older product name also starts a gateway",
    code: "openclaw.service.extra-gateways",
    light: "amber",
    evidence: /com\.clawdbot\.gateway/,
    step: /openclaw gateway status --deep --json/,
    apply: (draft) => {
      draft.world.listings = [
        { label: "com.clawdbot.gateway", scope: "user", argv: ["node", "/usr/local/lib/node_modules/clawdbot/dist/entry.js", "gateway"] },
      ];
    },
  },
  {
    row: "O19",
    title: "pm2 starts a gateway as well",
    code: "openclaw.service.extra-gateways",
    light: "amber",
    evidence: /pm2.*claw-main/,
    step: /openclaw gateway probe --json/,
    apply: (draft) =>
      withFile(draft, `${draft.home}/.pm2/dump.pm2`, {
        text: JSON.stringify([{ name: "claw-main", pm_exec_path: "/usr/local/bin/openclaw", args: ["gateway", "run"] }, { name: "web" }]),
      }),
  },
  {
    row: "O19",
    title: "a cron job restarts the gateway",
    code: "openclaw.service.extra-gateways",
    light: "amber",
    evidence: /crontab.*openclaw gateway restart/,
    step: /openclaw gateway status --deep --json/,
    platform: "linux",
    apply: (draft) => {
      draft.world.commands = [
        { argv: ["crontab", "-l"], stdout: "# m h dom mon dow command\n*/5 * * * * /usr/bin/openclaw gateway restart >/dev/null 2>&1\n" },
        ...draft.world.commands,
      ];
    },
  },
  {
    row: "O35",
    title: "the unit still carries the token, as older releases wrote it",
    code: "openclaw.install.upgrade-drift",
    light: "amber",
    evidence: /OPENCLAW_GATEWAY_TOKEN|copy of the gateway token/,
    step: /openclaw gateway install --force --json/,
    apply: (draft) => {
      changeUnit(draft, { environmentNames: ["OPENCLAW_GATEWAY_TOKEN", "OPENCLAW_SERVICE_MARKER"] });
      draft.world.serviceEnvironment = { [draft.label]: { OPENCLAW_GATEWAY_TOKEN: DEMO_TOKEN } };
    },
  },
  {
    row: "O35",
    title: "the gateway was not restarted after an update",
    code: "openclaw.install.upgrade-drift",
    light: "amber",
    evidence: /Runs 2026\.9\.2/,
    step: /openclaw gateway install --force --json/,
    apply: (draft) => {
      draft.peer = { ...draft.peer, version: "2026.9.2" };
      const key = `GET http://127.0.0.1:${draft.port}/startupz`;
      const before = draft.world.http[key];
      if (before === undefined || before === "hang" || before.kind !== "answered") return;
      draft.world.http = { ...draft.world.http, [key]: { ...before, body: before.body.replace("2026.9.6", "2026.9.2") } };
      part(draft.config, "meta")["lastTouchedVersion"] = "2026.9.2";
    },
  },
  {
    row: "O38",
    title: "a script restarts the gateway every minute",
    code: "openclaw.gateway.restart-storm",
    light: "red",
    evidence: /4 restarts .*source=cli/,
    step: /gateway-restart\.log/,
    apply: (draft) => {
      const line = (agoMs: number): string =>
        `[${new Date(draft.moment.nowMs - agoMs).toISOString()}] openclaw gateway lifecycle source=cli action=restart mode=kickstart pid=${900 + agoMs / minute} interactive=0\n`;
      withFile(draft, `${draft.stateDir}/logs/gateway-restart.log`, { text: [4, 3, 2, 1].map((ago) => line(ago * minute)).join("") });
    },
  },
  {
    row: "O48",
    title: "lingering is off",
    code: "openclaw.service.will-not-survive",
    light: "amber",
    evidence: /Linger is off/,
    step: /loginctl .*enable-linger ada/,
    platform: "linux",
    apply: (draft) => {
      draft.world.linger = "off";
    },
  },
  {
    row: "O48",
    title: "systemd gave up on the unit",
    code: "openclaw.service.gave-up",
    light: "red",
    evidence: /systemd stopped trying/,
    step: /systemctl --user .*reset-failed .*openclaw-gateway\.service/,
    platform: "linux",
    apply: (draft) => {
      takeDown(draft);
      changeUnit(draft, { state: "failed", rawState: "failed (Result: exit-code)", gaveUp: true, runs: 10, lastEnd: { exitCode: 1 } });
    },
  },
  {
    row: "O48",
    title: "there is no user bus to ask about the unit",
    alone: true,
    code: "openclaw.service.will-not-survive",
    light: "green",
    evidence: /No user bus/,
    step: /Let units of ada outlive the last log-out/,
    platform: "linux",
    apply: (draft) => {
      draft.world.services = {
        [draft.label]: { kind: "unknown", reason: "no-bus", detail: "Failed to connect to bus: No medium found" },
      };
    },
  },
];
