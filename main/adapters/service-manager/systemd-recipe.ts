import type { ServiceAction } from "../../core/model/plan.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";

type Argv = readonly string[];

const systemctl = (...words: readonly string[]): Argv => ["systemctl", "--user", "--no-ask-password", ...words];

/** Calls that change something, in order, for an action on a unit that is as the reading says. Empty when nothing has to be done. */
export function systemdRecipe(action: ServiceAction, unit: string, reading: ServiceReading, user: string): readonly Argv[] {
  const loaded = reading.kind === "loaded" ? reading : undefined;
  const call = (verb: string): Argv => systemctl(verb, "--", unit);
  const isUp = loaded?.state === "running" || loaded?.state === "starting";
  // Starting a unit that failed counts against the limit at which systemd gives up; clearing the failures sets the count back.
  const clearing = loaded?.state === "failed" ? [call("reset-failed")] : [];
  const rereading = loaded?.needsReload || reading.kind === "not-loaded" ? [systemctl("daemon-reload")] : [];
  switch (action) {
    case "load":
      return [...rereading, ...(isUp ? [] : [...clearing, call("start")])];
    case "start":
      return isUp ? [] : [...clearing, call("start")];
    case "stop":
      return reading.kind === "not-installed" || isDown(reading) ? [] : [call("stop")];
    case "restart":
      return [...clearing, call("restart")];
    case "reload":
      return [systemctl("daemon-reload"), call("reset-failed"), call("restart")];
    // Where systemd did not boot the machine, systemctl changes the links itself and tells the manager nothing.
    case "enable":
      return loaded?.enabled === true ? [] : [call("enable"), systemctl("daemon-reload")];
    case "disable":
      return loaded?.enabled === false ? [] : [call("disable"), systemctl("daemon-reload")];
    case "reset-failed":
      return loaded && loaded.state !== "failed" && loaded.state !== "waiting-to-restart" ? [] : [call("reset-failed")];
    case "read-definitions":
      return [systemctl("daemon-reload")];
    case "enable-linger":
      return [["loginctl", "--no-ask-password", "enable-linger", user]];
  }
}

/** A unit that waits for its next start is not down: only stopping it keeps it from starting. */
export const isDown = (reading: ServiceReading): boolean =>
  reading.kind === "not-loaded" || (reading.kind === "loaded" && (isEnded(reading) || reading.state === "failed"));

/** A unit that did its work and counts as active without any process can still be stopped. */
const isEnded = (loaded: Extract<ServiceReading, { kind: "loaded" }>): boolean =>
  loaded.state === "stopped" && !loaded.rawState.startsWith("active/");
