import type { Remedy } from "../../../../core/model/stack.ts";
import { ask, NOTHING, RESTART_CUTS, type RemedyPlace, recheck, remedy, restartSteps, run, type Step, wait } from "./step.ts";

const statusOf = ({ manager, label, uid }: RemedyPlace): readonly Step[] => {
  if (manager === "launchd")
    return [run(["launchctl", "print", `gui/${uid}/${label}`], "Show what launchd knows about the unit: state, runs, last exit code")];
  if (manager === "systemd")
    return [run(["systemctl", "--user", "status", "--no-pager", label], "Show what systemd knows about the unit and its last log lines")];
  return [];
};

/** Plans about the installed program, its service unit, and who starts it. */
export const installRemedies = (place: RemedyPlace): readonly Remedy[] => [
  remedy({
    id: "use-newer-binary",
    title: "Let the service run the newest installation",
    interrupts: RESTART_CUTS,
    undo: "Run the same two commands with the other installation; the newer configuration stays newer",
    verify: "One version in the configuration, the service unit and the running gateway",
    plan: () => [
      ask(`Check that ${place.openclaw} is the installation you want to keep. Remove older copies or wrappers from PATH afterwards.`),
      run([place.openclaw, "--version"], "Show the version that will be used"),
      run([place.openclaw, "gateway", "install", "--force", "--json"], "Write the service unit again from this installation", "disruptive"),
      ...restartSteps(place),
      recheck("startup", "The running gateway reports the version of this installation"),
    ],
  }),
  remedy({
    id: "reinstall-service",
    title: "Write the service unit again from this installation",
    interrupts: RESTART_CUTS,
    undo: "The old definition is replaced; an older release writes its own form with the same command",
    verify: "The gateway is ready and lets us in",
    plan: () => [
      run([place.openclaw, "gateway", "status", "--deep", "--json"], "Keep the present state for comparison"),
      run(
        [place.openclaw, "gateway", "install", "--force", "--json"],
        `Write the definition of ${place.label} again, with the settings of this account`,
        "disruptive",
      ),
      ...restartSteps(place),
      recheck("session", "The gateway lets us in with the token from the configuration"),
    ],
  }),
  remedy({
    id: "choose-gateway",
    title: "Decide which gateway stays",
    interrupts: NOTHING,
    undo: "Nothing was changed",
    verify: "One gateway answers and one unit starts it",
    plan: () => [
      run([place.openclaw, "gateway", "status", "--deep", "--json"], "List every unit and listener that looks like a gateway"),
      run([place.openclaw, "gateway", "probe", "--json"], "Ask every reachable gateway who it is"),
      ask(
        `Choose the one to keep (this one is ${place.label}). Unload the other its own way. Printed clean-up commands may name the live gateway, and a unit is not a gateway because its path says openclaw.`,
      ),
      recheck("process", "One gateway process is left"),
    ],
  }),
  remedy({
    id: "find-restarter",
    title: "Find what keeps restarting the gateway",
    interrupts: NOTHING,
    undo: "Nothing was changed",
    verify: "The unit is not started again for three looks in a row",
    plan: () => [
      ...statusOf(place),
      ask(
        `Read the last lines of ${place.stateDir}/logs/gateway-restart.log and the newest file in ${place.stateDir}/logs/stability: they name who asked for the restarts and how the last start ended.`,
      ),
      ask(
        "Stop that watchdog or client, or correct what ends the start (configuration, port, second instance). Exit code 78 means configuration or a second gateway; 1 means port or lock.",
      ),
      wait("Wait until nothing restarts it any more", 60_000),
      recheck("ready", "The gateway is ready and stays so"),
    ],
  }),
  remedy({
    id: "keep-unit-after-logout",
    title: "Keep the gateway running after you log out",
    interrupts: NOTHING,
    undo: `loginctl disable-linger ${place.user}`,
    verify: "Lingering is on and the unit runs",
    plan: () => [
      run(
        ["loginctl", "enable-linger", place.user],
        `Let units of ${place.user} outlive the last log-out; an administrator may have to agree`,
      ),
      run(["systemctl", "--user", "start", place.label], "Start the unit, if it does not run"),
      recheck("service", "The unit runs and lingering is on"),
    ],
  }),
  remedy({
    id: "revive-unit",
    title: "Correct the cause, then let systemd try again",
    interrupts: NOTHING,
    undo: `systemctl --user stop ${place.label}`,
    verify: "The unit runs and the gateway is ready",
    plan: () => [
      run(["journalctl", "--user", "-u", place.label, "-n", "50", "--no-pager"], "Show the last words of the gateway: they name the cause"),
      ask("Correct what they name (configuration, port, second instance, installation). Without that the next starts fail as well."),
      run(["systemctl", "--user", "reset-failed", place.label], "Forget the failed starts, so that systemd tries again"),
      run(["systemctl", "--user", "start", place.label], "Start the unit once", "disruptive"),
      wait("The gateway needs some seconds before it is ready", 20_000),
      recheck("ready", "The gateway is ready"),
    ],
  }),
];
