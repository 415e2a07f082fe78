import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CommandOutcome } from "../../core/ports/command-runner.ts";
import { systemdRefusal, unreachableRefusal } from "./systemd-refusal.ts";

const exited = (exitCode: number, stderr: string): CommandOutcome => ({
  kind: "exited",
  exitCode,
  stdout: "",
  stderr,
  truncated: false,
  durationMs: 1,
});

describe("systemdRefusal", () => {
  it("is none when systemctl did what it was asked", () => {
    expect(systemdRefusal(exited(0, ""))).toBeNull();
    expect(systemdRefusal(exited(0, "Created symlink /home/sam/.config/systemd/user/x → y."))).toBeNull();
  });

  it.each([
    [5, "Failed to start nope.service: Unit nope.service not found.", /knows no unit/],
    [1, "Failed to enable unit: Unit file nope.service does not exist.", /knows no unit/],
    [1, "Failed to reset failed state of unit nope.service: Unit nope.service not loaded.", /knows no unit/],
    [1, "Failed to enable unit: Unit file x.service is masked.", /masked/],
    [1, "Failed to start x.service: Unit x.service is masked.", /masked/],
    [1, "Failed to start x.service: Unit x.service has a bad unit file setting.", /refuses the unit's definition/],
    [1, "Failed to restart x.service: Operation refused, unit x.service may be requested by dependency only", /forbids/],
    [1, "A dependency job for x.service failed. See 'journalctl -xe' for details.", /Another unit/],
    [1, "Job for x.service canceled.", /something else/],
    [1, "Failed to enable unit: Unit /run/user/0/systemd/transient/x.service is transient or generated.", /makes this unit anew/],
    [1, "Failed to enable unit: File /home/sam/.config/systemd/user/x.wants: Read-only file system", /only be read/],
    [1, "Failed to enable unit, refusing to write: Permission denied", /may not write/],
    [1, "x.service: Start request repeated too quickly.\nJob for x.service failed.", /so soon/],
    [1, 'Job for x.service failed because start of the service was attempted too often.\nSee "systemctl status x"', /so soon/],
    [1, "Job for x.service failed because the control process exited with error code.", /did not start/],
    [1, "Job for x.service failed because a timeout was exceeded.", /did not start/],
  ])("reads exit %d with %j", (code, stderr, meaning) => {
    expect(systemdRefusal(exited(code, stderr))).toEqual({
      kind: "failed",
      exitCode: code,
      meaning: expect.stringMatching(meaning),
      next: expect.stringMatching(/^[A-Z].*\.$|:.*name$/),
    });
  });

  it("says so when enabling changed nothing, although systemctl calls it done", () => {
    const said = "The unit files have no installation config (WantedBy=, RequiredBy=, …).\nThis means they are not meant to be enabled";
    expect(systemdRefusal(exited(0, said))).toMatchObject({ meaning: expect.stringContaining("[Install]") });
  });

  it.each([
    "Failed to connect to bus: No medium found",
    "Failed to connect to bus: No such file or directory",
    "Failed to connect to user scope bus via local transport: $DBUS_SESSION_BUS_ADDRESS and $XDG_RUNTIME_DIR not defined",
  ])("takes %j for a manager that cannot be reached, not for a unit that failed", (stderr) => {
    expect(systemdRefusal(exited(1, stderr))).toMatchObject({ meaning: expect.stringContaining("no failure of the unit") });
  });

  it("has words for every reason why nothing can be known", () => {
    for (const reason of ["no-bus", "no-session", "no-manager", "denied", "timed-out", "unreadable"] as const) {
      const { meaning, next } = unreachableRefusal({ kind: "unknown", reason, detail: "the detail" });
      expect(meaning).toMatch(/^\S.*\. \(the detail\)$/);
      expect(next.length).toBeGreaterThan(30);
    }
  });

  it("keeps what was said when it has no words for it", () => {
    expect(systemdRefusal(exited(1, "Something quite new."))).toMatchObject({ meaning: expect.stringContaining("Something quite new.") });
    expect(systemdRefusal({ kind: "not-found", reason: "No systemctl." })).toMatchObject({
      meaning: expect.stringContaining("No systemctl."),
    });
    expect(systemdRefusal({ kind: "killed", signal: "SIGKILL", stdout: "", stderr: "", durationMs: 1 })).not.toBeNull();
  });
});

const sample = "../shared/samples/system/systemctl-02-user-no-socket.stderr.txt";
describe.runIf(existsSync(sample))("a captured complaint (needs samples)", () => {
  it("is a manager that cannot be reached", () => {
    expect(systemdRefusal(exited(1, readFileSync(sample, "utf8")))).toMatchObject({
      meaning: expect.stringContaining("no failure of the unit"),
    });
  });
});
