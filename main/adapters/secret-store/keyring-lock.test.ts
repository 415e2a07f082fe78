import { describe, expect, it } from "vitest";
import type { CommandOutcome, CommandRequest, CommandRunner } from "../../core/ports/command-runner.ts";
import { readKeyringLock } from "./keyring-lock.ts";

const exited = (exitCode: number, stdout: string, stderr = ""): CommandOutcome => ({
  kind: "exited",
  exitCode,
  stdout,
  stderr,
  truncated: false,
  durationMs: 1,
});

/** Only the named tools are installed; everything that is run is written down. */
function machine(installed: Readonly<Record<string, CommandOutcome>>) {
  const ran: CommandRequest[] = [];
  const commands: CommandRunner = {
    locate: async () => null,
    locateAll: async () => [],
    run: async (request) => {
      ran.push(request);
      return installed[request.file] ?? { kind: "not-found", reason: "no such program" };
    },
  };
  return { commands, ran };
}

describe("readKeyringLock", () => {
  it.each([
    ["busctl", "b true\n", "locked"],
    ["busctl", "b false\n", "open"],
    ["gdbus", "(<true>,)\n", "locked"],
    ["gdbus", "(<false>,)\n", "open"],
    ["dbus-send", "   variant       boolean true\n", "locked"],
    ["dbus-send", "   variant       boolean false\n", "open"],
  ])("reads %s saying %j as %s", async (file, stdout, kind) => {
    expect(await readKeyringLock(machine({ [file]: exited(0, stdout) }).commands)).toEqual({ kind });
  });

  // The sentences of the three tools, in this order, for the same situation.
  it.each([
    ["Failed to get property Locked on interface org.freedesktop.Secret.Collection: Object does not exist at path “/org/…/login”", "none"],
    ["Error: GDBus.Error:org.freedesktop.DBus.Error.UnknownMethod: Object does not exist at path “/org/…/login”", "none"],
    ["Error org.freedesktop.DBus.Error.UnknownMethod: Object does not exist at path “/org/…/login”", "none"],
    [
      "Failed to get property Locked on interface x: The name org.freedesktop.secrets was not provided by any .service files",
      "unavailable",
    ],
    ["Error: GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: The name org.freedesktop.secrets was not provided", "unavailable"],
    ["Failed to connect to bus: No medium found", "unavailable"],
    ["Failed to set bus address: $DBUS_SESSION_BUS_ADDRESS and $XDG_RUNTIME_DIR not defined", "unavailable"],
    ["Error connecting: Cannot autolaunch D-Bus without X11 $DISPLAY", "unavailable"],
    ['Failed to open connection to "session" message bus: Unable to autolaunch a dbus-daemon', "unavailable"],
    ["Failed to get property Locked on interface x: Connection timed out", "timed-out"],
    ["Error org.freedesktop.DBus.Error.NoReply: Did not receive a reply.", "timed-out"],
    ["something nobody has seen before", "unavailable"],
  ])("reads the failure %j as %s", async (stderr, kind) => {
    expect(await readKeyringLock(machine({ busctl: exited(1, "", stderr) }).commands)).toMatchObject({ kind });
  });

  it("is a different reason without a session than without a keyring service", async () => {
    const reasons = await Promise.all(
      ["Failed to connect to bus: No medium found", "The name org.freedesktop.secrets was not provided by any .service files"].map(
        (stderr) => readKeyringLock(machine({ busctl: exited(1, "", stderr) }).commands),
      ),
    );
    expect(reasons).toMatchObject([
      { reason: expect.stringContaining("D-Bus session") },
      { reason: expect.stringContaining("keyring service") },
    ]);
  });

  it("does not take an answer it cannot read for an open keyring", async () => {
    expect(await readKeyringLock(machine({ busctl: exited(0, "b maybe\n") }).commands)).toMatchObject({ kind: "unavailable" });
  });

  it("tries the next tool only when one is not installed", async () => {
    const { commands, ran } = machine({ gdbus: exited(0, "(<true>,)\n"), "dbus-send": exited(0, "boolean false") });
    expect(await readKeyringLock(commands)).toEqual({ kind: "locked" });
    expect(ran.map((request) => request.file)).toEqual(["busctl", "gdbus"]);
  });

  it("says so when none of the tools is installed, and when one hangs", async () => {
    expect(await readKeyringLock(machine({}).commands)).toMatchObject({ kind: "unavailable", reason: expect.stringContaining("busctl") });
    const hanging = machine({ busctl: { kind: "timed-out", stdout: "", stderr: "", durationMs: 3_000 } });
    expect(await readKeyringLock(hanging.commands)).toMatchObject({ kind: "timed-out" });
    expect(hanging.ran).toHaveLength(1);
  });

  it("reads one property and calls nothing that could unlock, prompt or change", async () => {
    const { commands, ran } = machine({});
    await readKeyringLock(commands);
    expect(ran).toHaveLength(3);
    for (const { args, timeoutMs } of ran) {
      expect(args.join(" ")).toMatch(/get-property|Properties\.Get/);
      expect(args.at(-1)).toMatch(/Locked$/);
      expect(timeoutMs).toBeLessThanOrEqual(5_000);
    }
  });
});
