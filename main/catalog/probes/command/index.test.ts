import { describe, expect, it } from "vitest";
import { worldContext } from "../../../../tests/support/world-context.ts";
import { check } from "../../../core/model/check.ts";
import type { CommandOutcome } from "../../../core/ports/command-runner.ts";
import { commandProbe } from "./index.ts";

const probe = (options: { argv?: string[]; nagios?: boolean; okExitCodes?: number[]; timeoutMs?: number } = {}) =>
  check({ id: "c", title: "Command" }, commandProbe, { argv: ["/opt/check_disk", "-w", "10"], ...options });
const ended = (exitCode: number, stdout = "", stderr = ""): CommandOutcome => ({
  kind: "exited",
  exitCode,
  stdout,
  stderr,
  truncated: false,
  durationMs: 5,
});

describe("a program that only looks", () => {
  it("runs with its arguments and without a shell", async () => {
    const { context } = worldContext({ commands: [{ argv: ["/opt/check_disk", "-w", "10"], stdout: "DISK OK\n" }] });
    expect(probe().judge(await probe().observe(context), [])).toEqual({ light: "green", summary: "DISK OK" });
  });

  it("is grey when it is not there", async () => {
    const { context } = worldContext();
    expect(probe().judge(await probe().observe(context), [])).toEqual({ light: "grey", summary: "/opt/check_disk is not on this machine" });
  });

  it("is grey when it does not end", async () => {
    const { context, clock } = worldContext({ commands: [{ argv: ["/opt/check_disk"], takesMs: 60_000 }] });
    const looking = probe({ timeoutMs: 800 }).observe(context);
    await clock.advance(800);
    expect(probe({ timeoutMs: 800 }).judge(await looking, [])).toEqual({
      light: "grey",
      summary: "/opt/check_disk did not end within 800 ms",
    });
  });

  it("needs a program", () => expect(() => probe({ argv: [] })).toThrow());
});

describe("the opinion on an end", () => {
  it("is red on a bad exit code, with the first line of what it said", () => {
    expect(probe().judge(ended(4, "", "cannot open file\nstack trace"), [])).toEqual({
      light: "red",
      summary: "/opt/check_disk ended with 4: cannot open file",
    });
    expect(probe().judge(ended(4), []).summary).toBe("/opt/check_disk ended with 4");
  });

  it("takes other exit codes for good when told so", () => {
    expect(probe({ okExitCodes: [0, 3] }).judge(ended(3), [])).toEqual({ light: "green", summary: "/opt/check_disk ended well" });
  });

  it.each([
    [0, "green"],
    [1, "amber"],
    [2, "red"],
    [3, "grey"],
    [127, "grey"],
    [-1, "grey"],
  ] as const)("reads exit %d of a monitoring plugin as %s", (exit, light) => {
    expect(probe({ nagios: true }).judge(ended(exit, "DISK: 3 GB left | free=3;2;1\nmore"), [])).toEqual({
      light,
      summary: "DISK: 3 GB left",
    });
  });

  it("says so when a plugin says nothing", () => {
    expect(probe({ nagios: true }).judge(ended(0), []).summary).toBe("/opt/check_disk said nothing");
  });

  it.each([
    [{ kind: "killed", signal: "SIGKILL", stdout: "", stderr: "", durationMs: 1 }, "was ended by SIGKILL"],
    [{ kind: "cancelled", stdout: "", stderr: "", durationMs: 1 }, "was cancelled"],
    [{ kind: "not-executable", reason: "" }, "cannot be run"],
  ] as const)("never takes %j for green", (outcome, words) => {
    const verdict = probe({ nagios: true }).judge(outcome, []);
    expect(verdict.light).toBe("grey");
    expect(verdict.summary).toContain(words);
  });

  it("keeps hostile output to one printable line", () => {
    const { summary } = probe().judge(ended(0, `\u001b[2J\u0007${"x".repeat(100_000)}`), []);
    expect(summary.length).toBeLessThanOrEqual(90);
    expect(summary).not.toMatch(/\p{Cc}/u);
  });
});
