import { describe, expect, it } from "vitest";
import { ownEnvironment } from "../machine/environment.ts";
import { systemdVariables } from "./systemd-variables.ts";

const found = (variables: Readonly<Record<string, string>>) =>
  systemdVariables({ ...ownEnvironment(), uid: 1234, variable: (name) => variables[name] });

describe("systemdVariables", () => {
  it("falls back to the account's runtime folder, also when the variable is empty", () => {
    for (const variables of [{}, { XDG_RUNTIME_DIR: "" }])
      expect(found(variables)).toEqual({ LC_ALL: "C", TZ: "UTC", XDG_RUNTIME_DIR: "/run/user/1234" });
  });

  it("keeps what the account says, and passes nothing else on", () => {
    const variables = { XDG_RUNTIME_DIR: "/run/other", DBUS_SESSION_BUS_ADDRESS: "unix:path=/bus", TOKEN: "no", LC_ALL: "de" };
    expect(found(variables)).toEqual({
      LC_ALL: "C",
      TZ: "UTC",
      XDG_RUNTIME_DIR: "/run/other",
      DBUS_SESSION_BUS_ADDRESS: "unix:path=/bus",
    });
  });
});
