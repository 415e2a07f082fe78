import type { Remedy } from "../../../../core/model/stack.ts";
import { ask, nameIn, onlyLooks, open, type Params, type Place, pathIn, planned, run, type Step, wait } from "./steps.ts";

const LAUNCHCTL = "/bin/launchctl";
/** The old instance may take its whole grace time to end; the label is free only then. */
const SETTLE_MS = 15_000;

type Unit = { readonly label: string; readonly target: string; readonly domain: string; readonly plist: string };

/** Plans for one unit; without a usable name there is nothing to run, so a person is asked. */
function withUnit({ uid, home }: Place, plan: (unit: Unit) => readonly Step[]): Remedy["plan"] {
  return (params: Params) => {
    const label = nameIn(params, "label");
    if (label === undefined) return [ask("Find the label of the service unit: launchctl list shows all that are loaded.")];
    const domain = `gui/${uid}`;
    const plist = pathIn(params, "definitionPath") ?? `${home}/Library/LaunchAgents/${label}.plist`;
    return plan({ label, domain, target: `${domain}/${label}`, plist });
  };
}

const enable = ({ target }: Unit): Step => run([LAUNCHCTL, "enable", target], "Take back a switch-off that may still be remembered");
const bootstrap = ({ domain, plist }: Unit): Step => run([LAUNCHCTL, "bootstrap", domain, plist], "Load the definition", "disruptive");
const kickstart = ({ target }: Unit): Step => run([LAUNCHCTL, "kickstart", target], "Start it, without killing what runs");
const print = ({ target }: Unit): Step => run([LAUNCHCTL, "print", target], "See whether it runs");

/** What can be done about a service unit of launchd. The order of the steps is the one that field reports agree on. */
export const launchdRemedies = (place: Place): readonly Remedy[] => [
  planned(
    "load-unit",
    {
      title: "Load the service unit",
      risk: "disruptive",
      interrupts: "Nothing: it does not run now",
      undo: "launchctl bootout gui/UID/LABEL",
      verify: "launchctl print finds it, with a process id",
    },
    withUnit(place, (unit) => [enable(unit), bootstrap(unit), kickstart(unit), print(unit)]),
  ),
  planned(
    "reload-unit",
    {
      title: "Unload the service unit and load it again",
      risk: "disruptive",
      interrupts: "The program stops for up to 15 seconds",
      undo: "None is needed: the same definition is loaded again",
      verify: "launchctl print shows a new process id and the count of runs starts anew",
    },
    withUnit(place, (unit) => [
      run([LAUNCHCTL, "bootout", unit.target], "Unload it; 3, 36 and 113 are fine here", "disruptive"),
      wait("Wait until the old instance is gone: launchctl print no longer finds it", SETTLE_MS),
      enable(unit),
      bootstrap(unit),
      kickstart(unit),
      print(unit),
    ]),
  ),
  planned(
    "start-unit",
    {
      title: "Start the service unit",
      risk: "safe",
      interrupts: "Nothing: it does not run now",
      undo: "launchctl kill SIGTERM gui/UID/LABEL",
      verify: "launchctl print shows a process id within ten seconds",
    },
    withUnit(place, (unit) => [kickstart(unit), print(unit)]),
  ),
  planned(
    "enable-unit",
    {
      title: "Switch the service unit on",
      risk: "disruptive",
      interrupts: "Nothing, but it overrides a switch somebody may have set",
      undo: "launchctl disable gui/UID/LABEL",
      verify: "launchctl print-disabled no longer lists it as disabled",
    },
    withUnit(place, (unit) => [
      run([LAUNCHCTL, "print-disabled", unit.domain], "See whether it is switched off"),
      run([LAUNCHCTL, "enable", unit.target], "Switch it on", "disruptive"),
      bootstrap(unit),
      kickstart(unit),
    ]),
  ),
  planned("open-login-items", onlyLooks("Open Login Items & Extensions", "The switch beside the program is on"), () => [
    open("x-apple.systempreferences:com.apple.LoginItems-Settings.extension", "Open the pane in System Settings"),
    ask("Find the program under Allow in the Background and turn its switch on, if you want it to run."),
  ]),
  planned(
    "tighten-definition",
    {
      title: "Check the definition and close its permissions",
      risk: "safe",
      interrupts: "Nothing",
      undo: "chmod back to the mode shown by the first step",
      verify: "plutil says OK and the mode reads -rw-r--r--",
    },
    withUnit(place, ({ plist }) => [
      run(["/bin/ls", "-l", plist], "See owner and mode"),
      run(["/usr/bin/plutil", "-lint", plist], "Check the form"),
      run(["/bin/chmod", "644", plist], "Let only its owner write to it"),
    ]),
  ),
  planned(
    "show-definition",
    onlyLooks("Show the definition as it is loaded", "Every path in it exists"),
    withUnit(place, (unit) => [print(unit), run(["/usr/bin/plutil", "-p", unit.plist], "Show the file")]),
  ),
  planned(
    "show-last-lines",
    onlyLooks("Show how the last run ended", "The reason of the end is known"),
    withUnit(place, (unit) => [
      run([LAUNCHCTL, "print", unit.target], "See last exit code, and where its output goes"),
      ask("Read the last lines of the files named under stdout path and stderr path."),
    ]),
  ),
  planned(
    "wait-for-launchd",
    onlyLooks("Wait, then look again", "launchctl print either finds the unit or says 113"),
    withUnit(place, (unit) => [
      wait("Give the old instance time to end", SETTLE_MS),
      print(unit),
      run([LAUNCHCTL, "print-disabled", unit.domain], "See whether it is switched off"),
    ]),
  ),
];
