import type { FindingKind } from "../../../../core/model/finding.ts";
import { codes } from "../codes.ts";

/** What can be wrong with a service unit of launchd or systemd, whoever owns it. */
export const serviceUnitFindings: readonly FindingKind[] = [
  {
    code: codes.notLoaded,
    symptoms: ["G1"],
    light: "red",
    layer: 1,
    title: "The service unit {label} is not loaded",
    detail:
      "The system does not know the service unit {label}, so it cannot start it. Either its definition was never installed, or it was taken out.",
    remedies: ["load-unit"],
    runbook:
      "First see whether the definition exists: a .plist in ~/Library/LaunchAgents on macOS, a .service file in ~/.config/systemd/user on Linux. If it is there, switch it on and load it: launchctl enable gui/$(id -u)/LABEL, then launchctl bootstrap gui/$(id -u) PATH, then launchctl kickstart gui/$(id -u)/LABEL; on Linux systemctl --user daemon-reload, then systemctl --user enable --now UNIT. If there is no definition, install it with the tool it belongs to. If it is loaded and still not found, look in the other place: an account's own unit is not in the machine-wide domain, so leave sudo out.",
  },
  {
    code: codes.crashLoop,
    symptoms: ["G2"],
    light: "red",
    layer: 2,
    title: "The service unit {label} starts and fails again and again",
    detail:
      "Each start ended with an error and the system tries again after a pause. Starting it once more changes nothing; the reason is in its last lines.",
    explains: [codes.gaveUp],
    remedies: ["show-last-lines", "clear-state-file", "regenerate-cache"],
    runbook:
      "Do not restart it again: that only adds another failure. Read how the last run ended (launchctl print gui/$(id -u)/LABEL shows last exit code, systemctl --user status UNIT shows it under Main PID) and the last lines of its log (the stdout and stderr paths in the same output, or journalctl --user -u UNIT -n 50). Repair what they name, most often a configuration the program refuses, a port that is taken, or a missing file. Then start it once and watch that the number of runs stays the same for two minutes.",
  },
  {
    code: codes.cleanRespawn,
    symptoms: ["G3"],
    light: "amber",
    layer: 1,
    title: "The service unit {label} is restarted after every clean end",
    detail:
      "The program ends without an error and the definition tells the system to start it again each time. This is a fault of the definition, not a crash.",
    remedies: ["show-definition"],
    runbook:
      "Look at KeepAlive in the .plist (or Restart= in the unit file). KeepAlive with Crashed set to false, or SuccessfulExit set to true, means: start again after each clean end. For a job that is meant to run once, remove KeepAlive, or use SuccessfulExit set to false. If the program puts itself in the background and leaves, tell it to stay in the foreground instead. Afterwards reload the definition (launchctl bootout, then bootstrap), because a changed file is not read by itself.",
  },
  {
    code: codes.spawnFailed,
    symptoms: ["G4"],
    light: "red",
    layer: 1,
    title: "The service unit {label} cannot be started at all",
    detail: "The system gave up before the program ran: the program, its interpreter, its folder or its log file cannot be used.",
    explains: [codes.crashLoop, codes.gaveUp],
    remedies: ["make-log-folder", "show-definition"],
    runbook:
      "Check every path in the definition by hand: the program itself, the interpreter in its first line, the working directory, and the folders of the output files. 127 and 203/EXEC mean that the program is not there, 126 that it may not be run, 200/CHDIR that the working directory is missing; 78 on macOS is most often a log path that cannot be written. Paths of version managers (nvm, fnm, pyenv) disappear with the next upgrade, and a background job has only /usr/bin:/bin:/usr/sbin:/sbin on its PATH. Correct the path, then reload the definition.",
  },
  {
    code: codes.codeIdentity,
    symptoms: ["G5"],
    light: "red",
    layer: 1,
    title: "macOS kills the service unit {label} at start because its program changed",
    detail:
      "The program was replaced after its service unit was loaded. macOS remembers which code it was promised and ends anything else with SIGKILL, before it writes a line.",
    explains: [codes.crashLoop, codes.gaveUp],
    remedies: ["reload-unit"],
    runbook:
      "Reload the service unit; a restart is not enough, because it keeps the remembered identity. Run launchctl bootout gui/$(id -u)/LABEL, wait until launchctl print no longer finds it (up to 15 seconds), then launchctl bootstrap gui/$(id -u) PATH-TO-PLIST and launchctl kickstart gui/$(id -u)/LABEL. Do this after each upgrade of the program or of the node it runs on. If it is still killed, the signature itself is broken: install the program anew instead of copying over it.",
  },
  {
    code: codes.neverStarted,
    symptoms: ["G6"],
    light: "red",
    layer: 1,
    title: "The service unit {label} is loaded, but was never started",
    detail: "Loading worked, yet the first start is still pending. After a quick unload and load, macOS may put it off without end.",
    remedies: ["start-unit"],
    runbook:
      "Start it once by hand: launchctl kickstart gui/$(id -u)/LABEL, without -k. On Linux: systemctl --user start UNIT. Then look again within ten seconds: it should show a process id. A job that waits for a time of day, a file or a connection is right to wait, and needs nothing.",
  },
  {
    code: codes.disabled,
    symptoms: ["G7"],
    light: "red",
    layer: 1,
    title: "The service unit {label} is switched off",
    detail: "It was disabled on purpose or by a setting. The system remembers that over restarts, and even over a new installation.",
    explains: [codes.notLoaded, codes.inTransition],
    remedies: ["enable-unit", "open-login-items"],
    runbook:
      "Somebody may have wanted this, so ask before you change it. On macOS open System Settings, General, Login Items & Extensions, and see whether its switch is off; turn it on there. If it is not in that list, run launchctl enable gui/$(id -u)/LABEL and load it again. On Linux, systemctl --user unmask UNIT takes a mask away, and systemctl --user enable --now UNIT switches it on.",
  },
  {
    code: codes.noSession,
    symptoms: ["G8"],
    light: "grey",
    layer: 0,
    title: "There is no desktop session for this account, or the wrong place was asked",
    detail:
      "The domain of the desktop exists only while this account is logged in at the screen. Over SSH, before login, or with sudo, its service units cannot be reached. They may be fine.",
    explains: [codes.notLoaded, codes.inTransition],
    runbook:
      "Leave sudo out: with it, launchctl asks about the desktop of root (gui/0) or the whole machine, where the unit does not live. If you came over SSH, log in at the screen of that Mac once, or use screen sharing, and try again. A unit that must run without anybody logged in belongs into the domain user/UID (with LimitLoadToSessionType Background) or into /Library/LaunchDaemons.",
  },
  {
    code: codes.definitionRefused,
    symptoms: ["G9"],
    light: "red",
    layer: 1,
    title: "The definition of the service unit {label} is malformed or refused",
    detail: "The system will not load this file: it is not well formed, a key does not fit, or its owner or permissions are too open.",
    explains: [codes.notLoaded, codes.spawnFailed],
    remedies: ["tighten-definition", "show-definition"],
    runbook:
      "Check the form first: plutil -lint PATH names the line (the true mistake is often one line above it; a bare & or < in a value is the usual one). Then check owner and permissions: the file must belong to you (to root in /Library/LaunchDaemons) and must not be writable by others: chmod 644 PATH. A clean lint alone does not prove that launchd will take the file, since it accepts XML and binary property lists only. On Linux, systemd-analyze --user verify UNIT names the fault. Afterwards load it again.",
  },
  {
    code: codes.inTransition,
    symptoms: ["G20"],
    light: "amber",
    layer: 1,
    title: "launchd is still busy with the service unit {label}, or has it loaded already",
    detail:
      "The answer 5, 36 or 37 says little by itself: the old instance may still be going, or the unit may be loaded already. Most often it passes within 15 seconds.",
    remedies: ["wait-for-launchd"],
    runbook:
      "Wait 15 seconds, then look before you act: launchctl print gui/$(id -u)/LABEL. If it is found, it is loaded: use launchctl kickstart, not bootstrap. If it is not found, look whether it is switched off (launchctl print-disabled gui/$(id -u)), whether the file is mode 644 and yours, and whether you are logged in at the screen; then bootstrap once more. Never trust the exit code of the old load and unload verbs: they print a failure and report success.",
  },
];
