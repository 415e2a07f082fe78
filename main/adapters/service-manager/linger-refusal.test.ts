import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CommandOutcome } from "../../core/ports/command-runner.ts";
import { lingerRefusal } from "./linger-refusal.ts";

const exited = (exitCode: number, stderr: string, stdout = ""): CommandOutcome => ({
  kind: "exited",
  exitCode,
  stdout,
  stderr,
  truncated: false,
  durationMs: 1,
});
const noPolkit = "Could not enable linger: The name org.freedesktop.PolicyKit1 was not provided by any .service files";

describe("lingerRefusal", () => {
  it("is none when loginctl did not complain", () => {
    expect(lingerRefusal(exited(0, ""))).toBeNull();
  });

  it.each([
    ["Could not enable linger: Access denied", /rules do not let/],
    ["Could not enable linger: Interactive authentication required.", /password/],
    [noPolkit, /polkit/],
    ["Could not enable linger: Read-only file system", /only be read/],
    ["Could not enable linger: No such process", /knows no session/],
    ["Could not enable linger: No such device or address", /knows no session/],
    ["Failed to look up user sam: No such process", /knows no session/],
    ["System has not been booted with systemd as init system (PID 1). Can't operate.", /cannot be reached/],
    ["Failed to connect to bus: No such file or directory", /cannot be reached/],
    ["Could not enable linger: The name org.freedesktop.login1 was not provided by any .service files", /cannot be reached/],
  ])("gives %j a meaning and a next step", (stderr, meaning) => {
    expect(lingerRefusal(exited(1, stderr))).toEqual({
      kind: "failed",
      exitCode: 1,
      meaning: expect.stringMatching(meaning),
      next: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });

  it("reads what a terminal was shown too", () => {
    const shown = "==== AUTHENTICATING FOR org.freedesktop.login1.set-self-linger ===\nPassword:\n==== AUTHENTICATION FAILED ===\n";
    expect(lingerRefusal(exited(1, "", shown))).toMatchObject({ meaning: expect.stringContaining("password") });
  });

  it("keeps what was said when it has no words for it", () => {
    expect(lingerRefusal(exited(1, "first\nSomething quite new."))).toMatchObject({
      meaning: expect.stringContaining("Something quite new."),
    });
    expect(lingerRefusal(exited(3, ""))).toMatchObject({ meaning: expect.stringContaining("exit code 3") });
    expect(lingerRefusal({ kind: "not-found", reason: "" })).toMatchObject({ meaning: expect.stringContaining("no loginctl") });
    expect(lingerRefusal({ kind: "timed-out", stdout: "", stderr: "", durationMs: 1 })).toMatchObject({
      meaning: expect.stringContaining("did not answer"),
    });
  });
});

const samples = "../shared/samples/system/";
describe.runIf(existsSync(samples))("captured complaints (needs samples)", () => {
  it.each([
    ["loginctl-03-linger-no-polkit.stderr.txt", /polkit/],
    ["loginctl-04-linger-readonly.stderr.txt", /only be read/],
  ])("%s", (name, meaning) => {
    expect(lingerRefusal(exited(1, readFileSync(`${samples}${name}`, "utf8")))?.meaning).toMatch(meaning);
  });
});
