import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { classifyServiceUnit } from "../../catalog/probes/service-unit/classify.ts";
import { busFailure } from "./bus-failure.ts";
import { lingerRefusal } from "./linger-refusal.ts";
import { parseShow, shownText } from "./parse-show.ts";
import { systemdReading } from "./systemd-reading.ts";

const exited = (exitCode: number, stderr: string) => ({
  kind: "exited" as const,
  exitCode,
  stdout: "",
  stderr,
  truncated: false,
  durationMs: 1,
});
const units = (text: string) =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map(parseShow);
const read = (text: string) => units(text).map((shown) => systemdReading(shown, [], "/home/sam"));

/** Outputs in the words of several releases, written anew: what is asked for differs, and so does what is missing. */
describe("what systemctl shows", () => {
  it.each<[string, string, ReturnType<typeof classifyServiceUnit>]>([
    ["runs", "LoadState=loaded\nActiveState=active\nSubState=running\nMainPID=42\nResult=success\nExecMainCode=0\nExecMainStatus=0", "up"],
    ["runs and was never asked for more", "ActiveState=active\nSubState=running", "up"],
    ["failed with 255, and nobody asked for the kind of end", "ActiveState=failed\nResult=exit-code\nExecMainStatus=255", "stopped-failed"],
    [
      "was stopped, by a runtime that ends with 128 and 15",
      "ActiveState=failed\nSubState=failed\nResult=exit-code\nExecMainCode=1\nExecMainStatus=143",
      "stopped-clean",
    ],
    [
      "was stopped so after many restarts in its life",
      "ActiveState=failed\nSubState=failed\nResult=exit-code\nExecMainCode=1\nExecMainStatus=143\nNRestarts=9\nStartLimitBurst=5\nRestart=always",
      "stopped-clean",
    ],
    [
      "failed as often as the limit allows, which the result does not say",
      "ActiveState=failed\nSubState=failed\nResult=exit-code\nNRestarts=5\nStartLimitBurst=5\nExecMainStatus=1",
      "gave-up",
    ],
    [
      "failed as often as the limit allows, and the result says so",
      "ActiveState=failed\nSubState=failed\nResult=start-limit-hit",
      "gave-up",
    ],
    [
      "waits for its next start",
      "ActiveState=activating\nSubState=auto-restart\nResult=exit-code\nExecMainCode=1\nExecMainStatus=1",
      "crash-loop",
    ],
    [
      "waits for its next start, in newer words",
      "ActiveState=activating\nSubState=auto-restart-queued\nResult=signal\nExecMainCode=3\nExecMainStatus=11",
      "crash-loop",
    ],
    [
      "ended with success and waits for its next start",
      "ActiveState=activating\nSubState=auto-restart\nResult=success\nExecMainCode=1\nExecMainStatus=0",
      "clean-respawn",
    ],
    [
      "cannot be executed",
      "ActiveState=failed\nSubState=failed\nResult=exit-code\nExecMainCode=exited\nExecMainStatus=203",
      "spawn-failed",
    ],
    ["has no working folder", "ActiveState=failed\nSubState=failed\nResult=exit-code\nExecMainStatus=200", "spawn-failed"],
    [
      "was ended for want of memory",
      "ActiveState=failed\nSubState=failed\nResult=oom-kill\nExecMainCode=2\nExecMainStatus=9",
      "memory-killed",
    ],
    ["was killed", "ActiveState=failed\nResult=signal\nExecMainStatus=9", "stopped-failed"],
    ["is stopped", "ActiveState=inactive\nSubState=dead\nResult=success", "stopped-clean"],
    [
      "ended with a failure and is dead",
      "ActiveState=inactive\nSubState=dead\nResult=exit-code\nExecMainCode=1\nExecMainStatus=1",
      "stopped-failed",
    ],
    ["is being stopped", "ActiveState=deactivating\nSubState=stop-sigterm", "stopping"],
    ["is being started", "ActiveState=activating\nSubState=start", "starting"],
    ["is in a state nobody knows yet", "ActiveState=pondering\nSubState=deeply", "unknown"],
  ])("of a unit that %s", (_what, text, state) => {
    expect(read(text).map((reading) => classifyServiceUnit(reading))).toEqual([state]);
  });
});

const folder = "../shared/samples/system/";
const text = (name: string) => readFileSync(`${folder}${name}`, "utf8");

describe.runIf(existsSync(folder))("captured outputs (needs samples)", () => {
  it("of a manager that cannot be reached say nothing about a unit", () => {
    const names = readdirSync(folder).filter((name) => /^systemctl-.*\.stderr\.txt$/.test(name));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(["no-bus", "no-manager", "denied"], name).toContain(busFailure(exited(1, text(name)))?.reason);
  });

  it("of a running unit", () => {
    const [reading] = read(text("systemctl-06-show-running-openclaw.txt"));
    expect(reading).toMatchObject({ state: "running", pid: 730_564, enabled: true, definitionPath: expect.stringMatching(/\.service$/) });
    expect(reading).not.toHaveProperty("lastEnd");
  });

  it("of several units: one runs, one ended with 1, one is not there", () => {
    const [first, second, third] = units(text("systemctl-07-show-many-fixture.txt"));
    expect(first && classifyServiceUnit(systemdReading(first, [], "/"))).toBe("up");
    expect(second && systemdReading(second, [], "/")).toMatchObject({ state: "stopped", lastEnd: { exitCode: 1, reason: "exit-code" } });
    expect(third && shownText(third, "LoadState")).toBe("not-found");
  });

  it("of loginctl all have a meaning of their own", () => {
    const names = readdirSync(folder).filter((name) => /^loginctl-.*linger.*\.stderr\.txt$/.test(name));
    const meanings = names.map((name) => lingerRefusal(exited(1, text(name)))?.meaning ?? "");
    expect(names.length).toBeGreaterThan(0);
    expect(meanings.filter((meaning) => meaning === "" || meaning.startsWith("The system did not allow it"))).toEqual([]);
    expect(new Set(meanings).size).toBe(names.length);
  });

  it("of every kind are recognised, and a name that says failed tells a failure", () => {
    const names = readdirSync(folder).filter((name) => /^systemctl-.*show.*\.txt$/.test(name));
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
      const states = read(text(name)).map(({ state }) => state);
      expect(states, name).not.toContain("unrecognised");
      if (name.includes("failed")) expect(states, name).toEqual(["failed"]);
    }
  });
});
