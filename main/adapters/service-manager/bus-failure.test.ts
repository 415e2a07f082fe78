import { describe, expect, it } from "vitest";
import type { CommandOutcome } from "../../core/ports/command-runner.ts";
import { busFailure } from "./bus-failure.ts";

const failed = (stderr: string): CommandOutcome => ({ kind: "exited", exitCode: 1, stdout: "", stderr, truncated: false, durationMs: 1 });

describe("busFailure", () => {
  it.each([
    ["Failed to connect to bus: No medium found", "no-bus"],
    ["Failed to connect to bus: No such file or directory", "no-bus"],
    ["Failed to connect to bus: Connection refused", "no-bus"],
    ["Failed to connect to user scope bus via local transport: No such file or directory", "no-bus"],
    ["Failed to connect to user scope bus via local transport: $DBUS_SESSION_BUS_ADDRESS and $XDG_RUNTIME_DIR not defined", "no-bus"],
    ["Failed to get properties: Transport endpoint is not connected", "no-bus"],
    ["Failed to connect to bus: Permission denied", "denied"],
    ["Failed to connect to bus: Operation not permitted", "denied"],
    [
      "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down",
      "no-manager",
    ],
    ["Failed to get properties: Connection timed out", "timed-out"],
    ["Unit name x is not valid.", "unreadable"],
    ["", "unreadable"],
  ])("reads %j as %s", (stderr, reason) => {
    expect(busFailure(failed(stderr))).toMatchObject({ kind: "unknown", reason });
  });

  it("is none when systemctl answered", () => {
    expect(busFailure({ kind: "exited", exitCode: 0, stdout: "", stderr: "", truncated: false, durationMs: 1 })).toBeNull();
  });

  it("tells a missing systemctl from one that does not answer", () => {
    expect(busFailure({ kind: "not-found", reason: "No program named systemctl." })).toMatchObject({ reason: "no-manager" });
    expect(busFailure({ kind: "timed-out", stdout: "", stderr: "", durationMs: 9 })).toMatchObject({ reason: "timed-out" });
    expect(busFailure({ kind: "killed", signal: "SIGSEGV", stdout: "", stderr: "", durationMs: 9 })).toMatchObject({
      reason: "unreadable",
    });
  });
});
