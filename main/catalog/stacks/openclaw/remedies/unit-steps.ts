import { ask, claw, look, type RemedyPlace, type Step, unit, wait } from "./step.ts";

/** Draining running turns may take OpenClaw more than five minutes. Milliseconds. */
const drainMs = 480_000;

/** Until it answers, at most as long as a start may take. */
export const waitForStart = ({ bootGraceMs }: RemedyPlace): Step =>
  wait("The gateway needs a while before it answers", Math.min(bootGraceMs, 3_600_000), "live");

const byHand = (verb: string): Step =>
  ask(
    `${verb} it the way it was started before. No service unit of this account looks after it: openclaw gateway run keeps it up as long as its terminal is open, openclaw gateway install hands it to the system.`,
  );

/** Starts a gateway that does not run: through OpenClaw's own command where that keeps the unit, else through the service manager. */
export function startSteps(place: RemedyPlace): readonly Step[] {
  const { keeper, label } = place;
  if (keeper === "nobody") return [byHand("Start"), waitForStart(place)];
  const start =
    keeper === "openclaw"
      ? claw(place, ["gateway", "start", "--json"], "Start it through its service unit", { risk: "disruptive", restarts: label })
      : unit("start", label, `Start ${label}`);
  return [start, waitForStart(place)];
}

/** A plain start is refused while systemd counts too many failures. */
export const clearFailures = ({ keeper, label, manager }: RemedyPlace): readonly Step[] =>
  keeper === "nobody" || manager !== "systemd"
    ? []
    : [unit("reset-failed", label, "Forget the failed starts, so that systemd tries again", "safe")];

/** Replaces a running gateway: everything connected to it is cut for some seconds. */
export function restartSteps(place: RemedyPlace): readonly Step[] {
  const { keeper, label } = place;
  if (keeper === "nobody") return [byHand("End it and start"), waitForStart(place)];
  const restart =
    keeper === "openclaw"
      ? claw(place, ["gateway", "restart", "--json"], "Restart the gateway once through its service unit", {
          risk: "disruptive",
          restarts: label,
          // 2: it was restarted and is still starting, which is what the next step waits for.
          accepts: [0, 2],
          timeoutMs: drainMs,
        })
      : unit("restart", label, `Restart ${label} once`);
  return [restart, waitForStart(place)];
}

/** Writes the definition of the unit again, which starts the gateway anew. One that OpenClaw did not write is its owner's to change. */
export function reinstallSteps(place: RemedyPlace, wrong: string): readonly Step[] {
  const { keeper, label } = place;
  if (keeper === "nobody") return [ask(`${wrong} Change how you start the gateway.`), ...restartSteps(place)];
  if (keeper === "manager")
    return [
      ask(`${wrong} The definition of ${label} was not written by OpenClaw: change it where it comes from.`),
      unit("reload", label, `Let the service manager take up the changed ${label} and start it anew`),
      waitForStart(place),
    ];
  return [
    claw(place, ["gateway", "install", "--force", "--json"], `Write the definition of ${label} again, with the settings of this account`, {
      risk: "disruptive",
      restarts: label,
      rewrites: true,
      timeoutMs: drainMs,
    }),
    waitForStart(place),
  ];
}

/** The last words of the gateway, kept with the repair: after a restart they are gone. */
export const traces = ({ label, log, manager }: RemedyPlace): readonly Step[] => {
  if (manager === "systemd" && label !== "")
    return [look(["journalctl", "--user", "-u", label, "-n", "100", "--no-pager"], "Keep the last lines of the gateway's journal")];
  return log === undefined ? [] : [look(["tail", "-n", "100", log], "Keep the last lines of the gateway's log")];
};
