import type { Remedy } from "../../../../core/model/stack.ts";
import {
  ask,
  asked,
  claw,
  NOTHING,
  programPath,
  RESTART_CUTS,
  type RemedyPlace,
  recheck,
  remedy,
  run,
  type Step,
  unit,
  unitName,
  wait,
} from "./step.ts";
import { clearFailures, reinstallSteps, startSteps, traces, waitForStart } from "./unit-steps.ts";

/** After somebody's restarts, this long without one is three times what a manager waits between two. Milliseconds. */
const quietMs = 60_000;

/** Puts a unit out of action that is no gateway of ours, now and at the next log-in. Only after a person agreed to its name. */
function retire({ manager, uid }: RemedyPlace, label: string): readonly Step[] {
  const domain = `gui/${uid}/${label}`;
  const [off, stop] =
    manager === "launchd"
      ? [
          ["/bin/launchctl", "disable", domain],
          ["/bin/launchctl", "bootout", domain],
        ]
      : [
          ["systemctl", "--user", "disable", "--", label],
          ["systemctl", "--user", "stop", "--", label],
        ];
  return [
    run(off ?? [], `Switch ${label} off, so that it does not come back at the next log-in`, { risk: "disruptive" }),
    // launchd says 3, 36 or 113 when it is gone, or going.
    run(stop ?? [], `Stop ${label}`, { risk: "disruptive", accepts: manager === "launchd" ? [0, 3, 36, 113] : [0] }),
  ];
}

/** A unit that may be put out of action: never the one that is to keep the gateway up, however it is spelled. */
function otherUnit({ label }: RemedyPlace, named: string): string | undefined {
  const bare = (name: string): string => name.replace(/\.service$/, "");
  const other = unitName(named);
  return other === undefined || bare(other) === bare(label) ? undefined : other;
}

/** Plans about the installed program, its service unit, and who starts it. */
export const installRemedies = (place: RemedyPlace): readonly Remedy[] => [
  remedy({
    id: "use-newer-binary",
    title: "Let the service run the newest installation",
    interrupts: RESTART_CUTS,
    undo: "Run the same command with the other installation; the newer configuration stays newer",
    verify: "One version in the configuration, the service unit and the running gateway",
    plan: (value) => {
      const program = programPath(value("program"));
      const newest = program === undefined || place.cli === undefined ? place : { ...place, cli: { ...place.cli, program } };
      return [
        ask(
          `Check that ${newest.cli?.program ?? "the newest openclaw"} is the installation you want to keep. Remove older copies or wrappers from PATH afterwards.`,
        ),
        claw(newest, ["--version"], "Show the version that will be used"),
        ...reinstallSteps(newest, "The service unit should start the newest installation."),
        recheck("startup", "The running gateway reports the version of this installation"),
      ];
    },
  }),
  remedy({
    id: "reinstall-service",
    title: "Write the service unit again from this installation",
    interrupts: RESTART_CUTS,
    undo: "The old definition is replaced; an older release writes its own form with the same command",
    verify: "The gateway is ready and lets us in",
    plan: () => [
      asked(place, ["gateway", "status", "--deep", "--json"], "Keep the present state for comparison"),
      ...reinstallSteps(place, "The service unit must name the same settings as the command line."),
      recheck("service", "The unit fits the settings of this account"),
      recheck("session", "The gateway lets us in with the token from the configuration"),
    ],
  }),
  remedy({
    id: "replace-broken-unit",
    title: "Write the service unit again, where it starts something that is gone",
    interrupts: NOTHING,
    undo: "The old definition starts a file that is not there; there is nothing to go back to",
    verify: "The gateway is ready and lets us in",
    atLeast: "disruptive",
    plan: (value) =>
      value("missing") === ""
        ? [ask("Everything that the unit starts is there, so it need not be written again.")]
        : [
            ...clearFailures(place),
            ...reinstallSteps(place, `The service unit starts ${value("missing").slice(0, 200)}, and there is no such file.`),
            recheck("service", "The unit runs"),
            recheck("session", "The gateway lets us in"),
          ],
  }),
  remedy({
    id: "choose-gateway",
    title: "Decide which gateway stays",
    interrupts: "The gateway that goes, and what is connected to it",
    undo: "Switch the other unit on again and start it",
    verify: "One gateway answers and one unit starts it",
    atLeast: "disruptive",
    plan: (value) => {
      const other = otherUnit(place, value("label"));
      const ours = place.label === "" ? "started by hand" : place.label;
      return [
        asked(place, ["gateway", "status", "--deep", "--json"], "List every unit and listener that looks like a gateway"),
        asked(place, ["gateway", "probe", "--json"], "Ask every reachable gateway who it is"),
        ...(other === undefined
          ? [
              ask(
                `Choose the one to keep (this one is ${ours}). Unload the other its own way. Printed clean-up commands may name the live gateway, and a unit is not a gateway because its path says openclaw.`,
              ),
            ]
          : [
              ask(
                `The next steps put ${other} out of action and keep this one (${ours}). Go on only if that is what you want; if ${other} is the one to keep, stop here.`,
              ),
              ...retire(place, other),
            ]),
        recheck("units", "Nothing else starts a gateway"),
        recheck("live", "The gateway that stays answers"),
      ];
    },
  }),
  remedy({
    id: "find-restarter",
    title: "Find what keeps restarting the gateway",
    interrupts: "The program that does it, once it is switched off",
    undo: "Switch it on again",
    verify: "The unit is not started again for three looks in a row",
    atLeast: "disruptive",
    plan: (value) => {
      const other = otherUnit(place, value("label"));
      return [
        asked(place, ["gateway", "status", "--deep", "--json"], "List everything that looks as if it starts a gateway"),
        ask(
          `Read the last lines of ${place.stateDir}/logs/gateway-restart.log and the newest file in ${place.stateDir}/logs/stability: they name who asked for the restarts and how the last start ended.`,
        ),
        ...(other === undefined
          ? [
              ask(
                "Stop that watchdog or client, or correct what ends the start (configuration, port, second instance). Exit code 78 means configuration or a second gateway; 1 means port or lock.",
              ),
            ]
          : retire(place, other)),
        wait("Wait until nothing restarts it any more", quietMs),
        waitForStart(place),
        recheck("ready", "The gateway is ready and stays so"),
      ];
    },
  }),
  remedy({
    id: "keep-unit-after-logout",
    title: "Keep the gateway running after you log out",
    interrupts: NOTHING,
    undo: `loginctl disable-linger ${place.user}`,
    verify: "Lingering is on and the unit runs",
    plan: () => [
      ...(place.keeper === "nobody"
        ? [ask("No unit of this account starts the gateway: openclaw gateway install hands it to the system first.")]
        : [
            unit(
              "enable-linger",
              place.label,
              `Let units of ${place.user} outlive the last log-out; an administrator may have to agree`,
              "safe",
            ),
          ]),
      recheck("service", "The unit runs and lingering is on"),
    ],
  }),
  remedy({
    id: "revive-unit",
    title: "Let systemd try again, once the cause is corrected",
    interrupts: NOTHING,
    undo: `systemctl --user stop ${place.label}`,
    verify: "The unit runs and the gateway is ready",
    plan: () => [
      // With the cause still there it gives up once more, and this repair says that it did not help.
      ...traces(place),
      ...clearFailures(place),
      ...startSteps(place),
      recheck("ready", "The gateway is ready"),
    ],
  }),
];
