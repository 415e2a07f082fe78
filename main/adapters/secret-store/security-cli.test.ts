import { describe, expect, it } from "vitest";
import type { CommandOutcome, CommandRequest, CommandRunner } from "../../core/ports/command-runner.ts";
import { securityCli } from "./security-cli.ts";

const ref = { service: "stack-gateway", account: "default" };

function keychain(outcome: CommandOutcome) {
  const ran: CommandRequest[] = [];
  const commands: CommandRunner = {
    locate: async () => null,
    locateAll: async () => [],
    run: async (request) => {
      ran.push(request);
      return outcome;
    },
  };
  return { ran, read: () => securityCli(commands).read(ref) };
}
const exited = (exitCode: number, stdout = "", stderr = ""): CommandOutcome => ({
  kind: "exited",
  exitCode,
  stdout,
  stderr,
  truncated: false,
  durationMs: 1,
});

describe("securityCli", () => {
  it("asks Apple's tool for exactly one item by its absolute path, at a person's pace", async () => {
    const { ran, read } = keychain(exited(0, "value\n"));
    await read();
    expect(ran).toHaveLength(1);
    expect(ran[0]).toMatchObject({
      file: "/usr/bin/security",
      args: ["find-generic-password", "-s", "stack-gateway", "-a", "default", "-w"],
    });
    expect(ran[0]?.timeoutMs).toBeGreaterThanOrEqual(30_000);
  });

  it("takes only the tool's own line break off the value", async () => {
    expect(await keychain(exited(0, " two words \n\n")).read()).toEqual({ kind: "found", value: " two words \n" });
  });

  it.each([
    [44, "missing", "security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain."],
    [36, "locked", ""],
    [24, "locked", ""],
    [51, "denied", ""],
    [128, "denied", ""],
    [49, "unavailable", ""],
    [2, "unavailable", "usage"],
  ])("reads exit code %i as %s", async (code, kind, stderr) => {
    expect(await keychain(exited(code, "", stderr)).read()).toMatchObject({ kind });
  });

  it("tells an unanswered dialog, and a machine without the tool, from a missing item", async () => {
    expect(await keychain({ kind: "timed-out", stdout: "", stderr: "", durationMs: 1 }).read()).toMatchObject({ kind: "timed-out" });
    expect(await keychain({ kind: "not-found", reason: "no" }).read()).toMatchObject({ kind: "unavailable" });
  });

  it.each([
    ["a value with a line break in it", Buffer.from("one\ntwo").toString("hex"), "one\ntwo"],
    ["a value that is not ASCII", Buffer.from("grüße").toString("hex"), "grüße"],
    ["a token of hexadecimal digits, whose bytes are no text", "9f86d081884c7d659a2feaa0c55ad015", "9f86d081884c7d659a2feaa0c55ad015"],
    ["digits that would be printable text", "68656c6c6f", "68656c6c6f"],
    ["an odd number of digits", "abc", "abc"],
  ])("understands %s", async (_, printed, value) => {
    expect(await keychain(exited(0, `${printed}\n`)).read()).toEqual({ kind: "found", value });
  });
});
