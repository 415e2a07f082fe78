import type { FindingKind } from "../../../../core/model/finding.ts";
import { WITHOUT_GATEWAY, WITHOUT_START } from "./consequences.ts";

/** The gateway's process, its port, and how it answers. */
export const gatewayFindings: readonly FindingKind[] = [
  {
    code: "openclaw.gateway.not-running",
    symptoms: ["O16"],
    light: "red",
    layer: 2,
    confirmAfter: 2,
    title: "The OpenClaw gateway is not running",
    detail:
      "Nothing answers where the gateway should be. Channels, scheduled jobs and nodes are off until it runs. If you stopped it yourself, all is well; otherwise the last exit code and the last log lines say why it ended.",
    explains: [...WITHOUT_GATEWAY],
    remedies: ["start-gateway", "start-unit", "compare-layers"],
    runbook:
      "openclaw gateway status, then the last lines of gateway.log. If nothing there forbids it: openclaw gateway start. Proof: GET /readyz answers 200 and openclaw gateway probe connects.",
  },
  {
    code: "openclaw.port.conflict",
    symptoms: ["O18", "G10"],
    light: "red",
    layer: 3,
    title: "Another program holds the gateway's port {named}",
    detail:
      "The gateway's port is taken by a process that is not the gateway the service unit should run. The gateway cannot start, or clients talk to the wrong program. Stop that program its own way, or give the gateway another port.",
    explains: [...WITHOUT_START, ...WITHOUT_GATEWAY, "openclaw.gateway.restart-storm"],
    remedies: ["free-port"],
    runbook:
      "lsof -nP -iTCP:18789 -sTCP:LISTEN (or ss -ltnp) names the owner. A stray gateway: openclaw gateway stop. Anything else: stop it its own way, or openclaw config set gateway.port. One pid on 127.0.0.1 and ::1 is a single gateway, not a conflict.",
  },
  {
    code: "openclaw.gateway.booting",
    symptoms: ["O44"],
    light: "amber",
    layer: 5,
    title: "The gateway is starting or draining",
    detail:
      "The gateway is between two states: it loads plugins and channels, or finishes running work before it stops. This passes without help; a restart now would begin it again. It becomes a problem only when it takes much longer than usual.",
    explains: [
      "openclaw.auth.*",
      "openclaw.channel.*",
      "openclaw.gateway.event-loop-degraded",
      "openclaw.gateway.follow-up-failed",
      "openclaw.gateway.frozen",
      "openclaw.gateway.not-running",
      "openclaw.ladder",
    ],
    remedies: ["wait-for-boot"],
    runbook: "Wait. GET /startupz shows what it waits for. Look into the log only when it takes several minutes longer than usual.",
  },
  {
    code: "openclaw.gateway.frozen",
    symptoms: ["O43"],
    light: "red",
    layer: 5,
    title: "The gateway process is there but does not answer",
    detail:
      "The port accepts connections, yet no answer comes: the process is suspended, stuck in one long task, or starved of memory. Credentials are not the problem. Wait a minute, keep a copy of the log, then restart once.",
    explains: [
      "openclaw.auth.*",
      "openclaw.channel.*",
      "openclaw.gateway.event-loop-degraded",
      "openclaw.gateway.follow-up-failed",
      "openclaw.gateway.not-running",
      "openclaw.ladder",
    ],
    remedies: ["capture-and-restart", "compare-layers"],
    runbook:
      "ps -o stat= -p PID: T means suspended (kill -CONT PID wakes it). Otherwise save the last log lines and memory figures, wait one minute, then openclaw gateway restart once.",
  },
  {
    code: "openclaw.gateway.event-loop-degraded",
    symptoms: ["O43"],
    light: "amber",
    layer: 5,
    title: "The gateway is overloaded and answers late",
    detail:
      "The gateway reports long delays in its event loop. Log-ins may time out and look like rejected credentials. Reduce the load (long local inference, large sessions, many probes) before you restart anything.",
    explains: ["openclaw.gateway.follow-up-failed", "openclaw.ladder"],
    remedies: ["capture-and-restart"],
    runbook:
      "GET /readyz shows eventLoop.reasons and delays. Move long inference off this host or wait for it to end; restart only when the delay stays high without load.",
  },
  {
    code: "openclaw.gateway.follow-up-failed",
    symptoms: ["O24"],
    light: "amber",
    layer: 6,
    title: "The gateway lets us in but does not answer questions",
    detail:
      "The connection was accepted, and the calls after it failed. The gateway is overloaded, still starting, or half dead. If the error speaks of credentials, that is the finding to follow instead.",
    explains: ["openclaw.ladder"],
    remedies: ["compare-layers", "cross-validate", "restart-gateway"],
    runbook:
      "Look at the error of the failed call. Credentials: follow that. Time-out: look at /readyz and the load, wait out a boot, then one openclaw gateway restart.",
  },
  {
    code: "openclaw.gateway.multiple-reachable",
    symptoms: ["O22"],
    light: "amber",
    layer: 3,
    title: "More than one gateway answers",
    detail:
      "Several distinct gateways are reachable from here. That is fine when you run separate profiles on purpose. Otherwise commands may reach the wrong one: choose the one to keep.",
    remedies: ["choose-gateway"],
    runbook:
      "openclaw gateway probe --json lists the targets; compare server.bootId. A tunnel and a direct address that lead to the same gateway are one. Stop the extra one or mark it as intended.",
  },
  {
    code: "openclaw.probe.ssh-tunnel-failed",
    symptoms: ["O21"],
    light: "amber",
    layer: 3,
    title: "The SSH tunnel to the gateway did not open",
    detail:
      "The way to the gateway leads through an SSH tunnel, and the tunnel is not there. The gateway may be healthy; the way to it is not. Check name, route, host key and login of the SSH target.",
    explains: [...WITHOUT_GATEWAY, "openclaw.gateway.not-running"],
    remedies: ["fix-ssh-rung"],
    runbook:
      "ssh -o BatchMode=yes TARGET true shows which rung fails: name, route, host key or login. Fix that one, then openclaw gateway probe --ssh TARGET.",
  },
  {
    code: "openclaw.host.memory-pressure",
    symptoms: ["O42"],
    light: "amber",
    layer: 0,
    title: "The machine is short of memory; this is not an auth problem",
    detail:
      "Memory is nearly used up and the system is swapping. Time-outs, failed refreshes and stale sessions follow and look like rejected credentials. Move or end the heavy job; a restart of the gateway would not help.",
    explains: ["openclaw.gateway.event-loop-degraded", "openclaw.gateway.follow-up-failed", "openclaw.gateway.frozen", "openclaw.ladder"],
    remedies: ["relieve-memory"],
    runbook:
      "Find the process with the most memory. End it, move it to another machine, or give it a smaller model. Do not rotate tokens because of time-outs seen now.",
  },
  {
    code: "openclaw.ladder",
    symptoms: ["O1"],
    light: "amber",
    layer: 8,
    title: "Two layers of OpenClaw disagree",
    detail:
      "Service manager, process, port, HTTP, WebSocket and channels were compared from the ground up, and two neighbours do not agree. The first disagreement is where to look; everything above it is probably a consequence.",
    remedies: ["compare-layers", "cross-validate"],
    runbook:
      "Go up the ladder: service unit, process, port, /healthz, /readyz, connect, channels. Stop at the first rung that does not agree with the one below.",
  },
  {
    code: "openclaw.cross-validation",
    symptoms: ["O41"],
    light: "amber",
    layer: 8,
    title: "OpenClaw's own doctor and the probes disagree",
    detail:
      "The doctor's answer, the status answers and our own probes do not describe the same state. Keep each answer, repair one thing, and compare again: the list of disagreements must get shorter with every step.",
    remedies: ["cross-validate"],
    runbook:
      "openclaw doctor --lint --json, openclaw gateway status --json --require-rpc, openclaw channels status --json: keep all three, repair one finding, repeat, and go back if the list grew.",
  },
];
