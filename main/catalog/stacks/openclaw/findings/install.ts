import type { FindingKind } from "../../../../core/model/finding.ts";
import { WITHOUT_START } from "./consequences.ts";

/** Which program runs, who starts it, and whether it will be started again. */
export const installFindings: readonly FindingKind[] = [
  {
    code: "openclaw.install.split-brain",
    symptoms: ["O2"],
    light: "red",
    layer: 1,
    title: "Two OpenClaw versions are mixed on this machine",
    detail:
      "The configuration was last written by a newer OpenClaw than a program that is about to use it, or the service runs another installation than the command line. The older one refuses to start or misreads what it finds. Decide which installation stays, and let the service start that one.",
    explains: [...WITHOUT_START, "openclaw.install.upgrade-drift", "openclaw.service.config-mismatch", "openclaw.config.invalid"],
    remedies: ["use-newer-binary"],
    runbook:
      "List every openclaw on PATH with its version and compare with meta.lastTouchedVersion in openclaw.json. From the newest one run: openclaw gateway install --force, then openclaw gateway restart. Put it first on PATH and remove stale wrappers. The override variable for older binaries is only for a deliberate downgrade.",
  },
  {
    code: "openclaw.install.upgrade-drift",
    symptoms: ["O35"],
    light: "amber",
    layer: 1,
    title: "The service definition is older than the installation",
    detail:
      "An update changed what OpenClaw expects of its service unit, and the installed unit still has the old form. It may work until the next restart. Writing the unit again from the same installation brings both into line.",
    explains: ["openclaw.ladder"],
    remedies: ["reinstall-service"],
    runbook:
      "openclaw gateway install --force from the installation you use, then openclaw gateway restart and openclaw gateway status --deep.",
  },
  {
    code: "openclaw.service.config-mismatch",
    symptoms: ["O17"],
    light: "amber",
    layer: 1,
    title: "Command line and service read different settings",
    detail:
      "The service unit names another configuration file, state folder, port or token source than the command line uses. A change made in one place is invisible in the other. Decide which one is right and write the service unit from it.",
    explains: ["openclaw.auth.duplicate-secrets", "openclaw.ladder"],
    remedies: ["reinstall-service"],
    runbook:
      "openclaw gateway status shows Config (cli) and Config (service). Run openclaw gateway install --force with the profile and HOME you want the service to use, then openclaw gateway restart.",
  },
  {
    code: "openclaw.service.extra-gateways",
    symptoms: ["O19"],
    light: "amber",
    layer: 1,
    title: "Another service unit also starts a gateway",
    detail:
      "More than one service unit on this machine looks like an OpenClaw gateway. They compete for the port and the state folder, and each restart can change the winner. Keep one. Printed clean-up hints may name the live gateway: read them before you run them.",
    explains: ["openclaw.ladder"],
    remedies: ["choose-gateway"],
    runbook:
      "openclaw gateway status --deep lists gateway-like services. Find out who owns each, then unload the one you do not want (launchctl bootout gui/$UID/LABEL, or systemctl --user disable --now UNIT).",
  },
  {
    code: "openclaw.service.crash-loop",
    symptoms: ["G2", "O16"],
    light: "red",
    layer: 1,
    confirmAfter: 2,
    title: "The gateway is started again and again and ends each time",
    detail:
      "The service manager starts the gateway, it ends shortly after, and the next start is already planned. Restarting once more does not help. The last lines of its log name the cause; exit code 78 means the configuration or another running gateway, 1 the port or a lock.",
    explains: ["openclaw.gateway.not-running", "openclaw.gateway.booting", "openclaw.gateway.restart-storm"],
    remedies: ["replace-broken-unit", "find-restarter", "review-config"],
    runbook:
      "Read the last exit code and the last lines of gateway.log. Fix what they name (configuration, port, second instance, installation). Only then: systemctl --user reset-failed, and one openclaw gateway start.",
  },
  {
    code: "openclaw.service.gave-up",
    symptoms: ["O48", "O16", "G17"],
    light: "red",
    layer: 1,
    confirmAfter: 1,
    title: "systemd gave up starting the gateway",
    detail:
      "The gateway ended too often within a few minutes, so systemd tries no more, and a plain start is refused until the count is reset. The last lines of its log name the cause: correct that first, or the count fills up again.",
    explains: ["openclaw.gateway.not-running", "openclaw.gateway.booting", "openclaw.gateway.restart-storm"],
    remedies: ["replace-broken-unit", "revive-unit", "review-config"],
    runbook:
      "journalctl --user -u openclaw-gateway.service -n 50 names the cause. Correct it, then systemctl --user reset-failed openclaw-gateway.service and start it once.",
  },
  {
    code: "openclaw.service.will-not-survive",
    symptoms: ["O48"],
    light: "amber",
    layer: 1,
    title: "The gateway will stop when you log out",
    detail:
      "On Linux the gateway runs as a user unit. Without lingering it ends with the last session, and without a user bus nothing can be said or changed from here. Messages then go unanswered until somebody logs in.",
    remedies: ["keep-unit-after-logout"],
    runbook:
      "loginctl enable-linger $USER (an administrator may have to agree). Without a bus: log in properly instead of su or a bare ssh command.",
  },
  {
    code: "openclaw.gateway.restart-storm",
    symptoms: ["O38"],
    light: "red",
    layer: 1,
    title: "Something keeps restarting the gateway",
    detail:
      "The gateway was started several times within minutes, or its own breaker tripped and left channels off. While this goes on, clients fail to log in and pairing requests pile up. Find who restarts it, stop that, wait until it is ready, then restart once.",
    explains: [
      "openclaw.auth.pairing-required",
      "openclaw.auth.token-mismatch",
      "openclaw.channel.failing",
      "openclaw.gateway.booting",
      "openclaw.gateway.follow-up-failed",
      "openclaw.ladder",
    ],
    remedies: ["find-restarter", "resume-channels"],
    runbook:
      "Read logs/gateway-restart.log and the stability folder for who asked for the restarts. Stop that watchdog or client loop, raise ThrottleInterval if it is below 10, wait for /readyz, restart once. Channels held back by the breaker start with openclaw gateway call channels.start.",
  },
];
