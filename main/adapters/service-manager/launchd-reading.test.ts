import { describe, expect, it } from "vitest";
import { launchdReading } from "./launchd-reading.ts";
import { parsePrint } from "./parse-print.ts";

const reading = (...lines: readonly string[]) => {
  const job = parsePrint(["gui/501/x = {", ...lines.map((line) => `\t${line}`), "}"].join("\n"));
  return job && launchdReading(job);
};

describe("launchdReading", () => {
  it.each([
    ["running", "running"],
    ["xpcproxy", "starting"],
    ["spawning", "starting"],
    ["spawn scheduled", "waiting-to-restart"],
    ["SIGTERMed", "stopping"],
    ["not running", "stopped"],
    ["waiting", "unrecognised"],
    ["languishing", "unrecognised"],
  ])("reads state %s as %s", (raw, state) => {
    expect(reading(`state = ${raw}`)).toMatchObject({ state, rawState: raw });
  });

  it("has no last end for a job that never exited, rather than a zero", () => {
    expect(reading("state = running", "last exit code = (never exited)")).not.toHaveProperty("lastEnd");
  });

  it("keeps the name that comes with an exit code", () => {
    expect(reading("state = not running", "last exit code = 78: EX_CONFIG")).toMatchObject({
      state: "failed",
      lastEnd: { exitCode: 78, reason: "EX_CONFIG" },
    });
  });

  it.each([
    ["last exit code = 1", "failed"],
    ["last exit code = 0", "stopped"],
    ["last terminating signal = Terminated: 15", "stopped"],
    ["last terminating signal = Killed: 9", "failed"],
    ["last terminating signal = Bus error: 10", "failed"],
    ["last exit reason = OS_REASON_DYLD", "failed"],
    ["last exit reason = JETSAM_REASON_MEMORY_IDLE_EXIT", "stopped"],
  ])("calls a resting job with %s %s", (line, state) => {
    expect(reading("state = not running", line)).toMatchObject({ state });
  });

  it("names signals by macOS numbers wherever we run", () => {
    expect(reading("state = not running", "last terminating signal = Bus error: 10")).toMatchObject({ lastEnd: { signal: "SIGBUS" } });
    expect(reading("state = not running", "last terminating signal = Odd: 77")).toMatchObject({ lastEnd: { signal: "signal 77" } });
  });

  it.each([
    [["properties = keepalive | runatload"], "always"],
    [["semaphores = {", "\tsuccessful exit => 0", "}"], "on-failure"],
    [["semaphores = {", "\tafter crash => 1", "}"], "on-failure"],
    [["semaphores = {", "\tsuccessful exit => 0", "\tafter crash => 0", "}"], "always"],
    [["properties = runatload"], "never"],
    [["semaphores = {", "\tsuccessful exit => 1", "}", "properties = runatload"], undefined],
    [[], undefined],
  ] as const)("reads %j as restarted: %s", (lines, keepAlive) => {
    expect(reading("state = running", ...lines)?.keepAlive).toBe(keepAlive);
  });

  it("ignores a pid that is no number", () => {
    expect(reading("state = running", "pid = ")).not.toHaveProperty("pid");
  });

  it("takes the program for the command when no arguments are printed", () => {
    expect(reading("state = running", "program = /bin/ls")?.argv).toEqual(["/bin/ls"]);
  });
});
