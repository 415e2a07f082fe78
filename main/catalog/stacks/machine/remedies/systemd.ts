import type { Remedy } from "../../../../core/model/stack.ts";
import { ask, nameIn, onlyLooks, type Params, type Place, planned, run, type Step } from "./steps.ts";

const USER = ["systemctl", "--user"] as const;

function withUnit(plan: (unit: string) => readonly Step[]): Remedy["plan"] {
  return (params: Params) => {
    const label = nameIn(params, "label");
    if (label === undefined) return [ask("Find the name of the unit: systemctl --user list-units --type=service shows all.")];
    return plan(/\.[a-z]+$/.test(label) ? label : `${label}.service`);
  };
}

const status = (unit: string): Step => run([...USER, "status", "--no-pager", unit], "See whether it runs");

/** What can be done about a unit of the account's own systemd. */
export const systemdRemedies = ({ user }: Place): readonly Remedy[] => [
  planned(
    "load-unit",
    {
      title: "Read the unit file and start the unit",
      risk: "disruptive",
      interrupts: "Nothing: it does not run now",
      undo: "systemctl --user disable --now UNIT",
      verify: "systemctl --user status shows active (running)",
    },
    withUnit((unit) => [
      run([...USER, "daemon-reload"], "Read the unit files again"),
      run([...USER, "enable", "--now", unit], "Switch it on and start it", "disruptive"),
      status(unit),
    ]),
  ),
  planned(
    "start-unit",
    {
      title: "Start the unit",
      risk: "safe",
      interrupts: "Nothing: it does not run now",
      undo: "systemctl --user stop UNIT",
      verify: "systemctl --user status shows active (running)",
    },
    withUnit((unit) => [run([...USER, "start", unit], "Start it"), status(unit)]),
  ),
  planned(
    "enable-unit",
    {
      title: "Take a mask away and switch the unit on",
      risk: "disruptive",
      interrupts: "Nothing, but it overrides a switch somebody may have set",
      undo: "systemctl --user disable --now UNIT",
      verify: "systemctl --user is-enabled says enabled",
    },
    withUnit((unit) => [
      run([...USER, "unmask", unit], "Take the mask away", "disruptive"),
      run([...USER, "enable", "--now", unit], "Switch it on and start it", "disruptive"),
    ]),
  ),
  planned(
    "reset-failed",
    {
      title: "Clear the failure count and start once",
      risk: "disruptive",
      interrupts: "Nothing: it does not run now",
      undo: "systemctl --user stop UNIT",
      verify: "The unit is active, and NRestarts stays the same for two minutes",
    },
    withUnit((unit) => [
      ask("First repair what its last lines name; otherwise it fails again at once."),
      run([...USER, "reset-failed", unit], "Clear the count"),
      run([...USER, "start", unit], "Start it once", "disruptive"),
      status(unit),
    ]),
  ),
  planned(
    "show-last-lines",
    onlyLooks("Show its last lines", "The reason of the end is known"),
    withUnit((unit) => [
      status(unit),
      run(["journalctl", "--user", "-u", unit, "-n", "50", "--no-pager"], "Show the last 50 lines of its journal"),
    ]),
  ),
  planned(
    "show-definition",
    onlyLooks("Show the unit file and check it", "Every path in it exists"),
    withUnit((unit) => [
      run([...USER, "cat", unit], "Show the file with its drop-ins"),
      run(["systemd-analyze", "--user", "verify", unit], "Check the form"),
    ]),
  ),
  planned(
    "enable-linger",
    {
      title: "Keep units running after logout",
      risk: "disruptive",
      interrupts: "Nothing",
      undo: "loginctl disable-linger USER",
      verify: "loginctl show-user says Linger=yes",
    },
    () => [
      run(["loginctl", "--no-ask-password", "enable-linger", user], `Switch lingering on for ${user}`, "disruptive"),
      run(["loginctl", "show-user", user, "-p", "Linger"], "See whether it took"),
    ],
  ),
];
