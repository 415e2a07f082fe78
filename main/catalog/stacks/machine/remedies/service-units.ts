import type { Remedy } from "../../../../core/model/stack.ts";
import { ask, look, nameIn, onlyLooks, open, type Params, type Place, planned, type Step, unit, wait } from "./steps.ts";

/** The old instance may take its whole grace time to end; the label is free only then. Milliseconds. */
const settleMs = 15_000;

/** Plans for one unit; without a usable name there is nothing to act on, so a person is asked. */
const withUnit =
  ({ platform }: Place, plan: (label: string) => readonly Step[]): Remedy["plan"] =>
  (params: Params) => {
    const label = nameIn(params, "label");
    if (label !== undefined) return plan(label);
    return platform === "macos"
      ? [ask("Find the label of the service unit: launchctl list shows all that are loaded.")]
      : [ask("Find the name of the unit: systemctl --user list-units --type=service shows all.")];
  };

/** State of a unit without its environment, which may hold secrets. */
const status = ({ platform }: Place, label: string): Step =>
  platform === "macos"
    ? look(["/bin/launchctl", "list", label], "See whether it runs, and how its last run ended")
    : look(
        ["systemctl", "--user", "show", "--property=ActiveState,SubState,Result,NRestarts,ExecMainStatus", "--", label],
        "See whether it runs, and how its last run ended",
      );

const ITS_RUN = "It runs, and what looked broken is well again";

/** What can be done about a service unit, whichever manager it has. Each action is the manager's whole recipe, with its waits. */
export const serviceUnitRemedies = (place: Place): readonly Remedy[] => [
  planned(
    "load-unit",
    {
      title: "Load the service unit",
      risk: "disruptive",
      interrupts: "Nothing: it does not run now",
      undo: "Stop it again",
      verify: ITS_RUN,
    },
    withUnit(place, (label) => [unit("load", label, `Load ${label} from its definition and start it`)]),
  ),
  planned(
    "reload-unit",
    {
      title: "Unload the service unit and load it again",
      risk: "disruptive",
      interrupts: "The program stops for up to 15 seconds",
      undo: "None is needed: the same definition is loaded again",
      verify: ITS_RUN,
    },
    withUnit(place, (label) => [unit("reload", label, `Take ${label} up anew, with its program and definition as they are now`)]),
  ),
  planned(
    "start-unit",
    {
      title: "Start the service unit",
      risk: "disruptive",
      interrupts: "Nothing: it does not run now",
      undo: "Stop it again",
      verify: ITS_RUN,
    },
    withUnit(place, (label) => [unit("start", label, `Start ${label}, without killing what runs`)]),
  ),
  planned(
    "restart-unit",
    {
      title: "Restart the service unit once",
      risk: "disruptive",
      interrupts: "Everything it does, until it has started again",
      undo: "A restart cannot be undone",
      verify: ITS_RUN,
    },
    withUnit(place, (label) => [unit("restart", label, `Restart ${label}`)]),
  ),
  planned(
    "enable-unit",
    {
      title: "Switch the service unit on",
      risk: "disruptive",
      interrupts: "Nothing, but it overrides a switch somebody may have set",
      undo: "Switch it off again",
      verify: ITS_RUN,
    },
    withUnit(place, (label) => [
      ask(`Somebody may have switched ${label} off on purpose. Go on only if it is to run.`),
      unit("enable", label, `Switch ${label} on`),
      unit("load", label, `Load ${label} and start it`),
    ]),
  ),
  planned(
    "show-last-lines",
    onlyLooks("Show how the last run ended", "The reason of the end is known"),
    withUnit(place, (label) =>
      place.platform === "macos"
        ? [
            status(place, label),
            ask("Read the last lines of the files that its definition names under StandardOutPath and StandardErrorPath."),
          ]
        : [
            status(place, label),
            look(["journalctl", "--user", "-u", label, "-n", "50", "--no-pager"], "Show the last 50 lines of its journal"),
          ],
    ),
  ),
  ...(place.platform === "macos" ? onlyLaunchd(place) : place.platform === "linux" ? onlySystemd(place) : []),
];

const onlyLaunchd = (place: Place): readonly Remedy[] => [
  planned("open-login-items", onlyLooks("Open Login Items & Extensions", "The switch beside the program is on"), () => [
    open("x-apple.systempreferences:com.apple.LoginItems-Settings.extension", "Open the pane in System Settings"),
    ask("Find the program under Allow in the Background and turn its switch on, if you want it to run."),
  ]),
  planned(
    "wait-for-launchd",
    onlyLooks("Wait, then look again", "launchctl list either finds the unit or says 113"),
    withUnit(place, (label) => [
      wait("Give the old instance time to end", settleMs),
      status(place, label),
      look(["/bin/launchctl", "print-disabled", `gui/${place.uid}`], "See whether it is switched off"),
    ]),
  ),
];

const onlySystemd = (place: Place): readonly Remedy[] => [
  planned(
    "reset-failed",
    {
      title: "Clear the failure count and start once",
      risk: "disruptive",
      interrupts: "Nothing: it does not run now",
      undo: "Stop it again",
      verify: "It runs, and the count of its restarts stays the same",
    },
    withUnit(place, (label) => [
      ask("First repair what its last lines name; otherwise it fails again at once."),
      unit("reset-failed", label, `Clear the failures of ${label}`, "safe"),
      unit("start", label, `Start ${label} once`),
    ]),
  ),
  planned(
    "enable-linger",
    {
      title: "Keep units running after logout",
      risk: "disruptive",
      interrupts: "Nothing",
      undo: `loginctl disable-linger ${place.user}`,
      verify: "loginctl show-user says Linger=yes",
    },
    (params) => [
      unit("enable-linger", nameIn(params, "label") ?? "default.target", `Let the units of ${place.user} outlive its last log-out`),
      look(["loginctl", "show-user", place.user, "-p", "Linger"], "See whether it took"),
    ],
  ),
];
