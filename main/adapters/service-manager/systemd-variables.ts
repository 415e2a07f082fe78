import type { Environment } from "../../core/ports/machine.ts";

/** Variables with which the programs of systemd find the account's manager and answer in words we can read. */
export function systemdVariables({ uid, variable }: Environment): Readonly<Record<string, string>> {
  const address = variable("DBUS_SESSION_BUS_ADDRESS");
  return {
    LC_ALL: "C",
    TZ: "UTC",
    // A shell that was not logged into, such as one of cron or su, lacks it although the manager runs.
    XDG_RUNTIME_DIR: variable("XDG_RUNTIME_DIR") || `/run/user/${uid}`,
    ...(address === undefined ? {} : { DBUS_SESSION_BUS_ADDRESS: address }),
  };
}
