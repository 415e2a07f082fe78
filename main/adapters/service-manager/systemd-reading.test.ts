import { describe, expect, it } from "vitest";
import { parseShow } from "./parse-show.ts";
import { parseUnitFile } from "./parse-unit-file.ts";
import { systemdReading } from "./systemd-reading.ts";

const reading = (properties: Readonly<Record<string, string | number>>, unit = "") => {
  const text = Object.entries(properties).map(([key, value]) => `${key}=${value}`);
  return systemdReading(parseShow(text.join("\n")), parseUnitFile(unit), "/home/sam");
};
const state = (active: string, sub: string) => ({ ActiveState: active, SubState: sub });

describe("systemdReading", () => {
  it.each([
    ["active", "running", "running"],
    ["active", "exited", "stopped"],
    ["reloading", "reload", "running"],
    ["activating", "start", "starting"],
    ["activating", "auto-restart", "waiting-to-restart"],
    ["activating", "auto-restart-queued", "waiting-to-restart"],
    ["deactivating", "stop-sigterm", "stopping"],
    ["inactive", "dead", "stopped"],
    ["failed", "failed", "failed"],
    ["maintenance", "x", "unrecognised"],
  ])("reads %s/%s as %s", (active, sub, expected) => {
    expect(reading(state(active, sub))).toMatchObject({ state: expected, rawState: `${active}/${sub}` });
  });

  it("has no pid where systemd shows a zero", () => {
    expect(reading({ ...state("inactive", "dead"), MainPID: 0 })).not.toHaveProperty("pid");
    expect(reading({ ...state("active", "running"), MainPID: 12 })).toMatchObject({ pid: 12 });
  });

  it("tells exit codes from signals, and says nothing about a run that goes on", () => {
    expect(reading({ ExecMainCode: 1, ExecMainStatus: 203, Result: "exit-code" }).lastEnd).toEqual({ exitCode: 203, reason: "exit-code" });
    expect(reading({ ExecMainCode: 2, ExecMainStatus: 9, Result: "oom-kill" }).lastEnd).toEqual({ signal: "SIGKILL", reason: "oom-kill" });
    expect(reading({ ExecMainCode: 3, ExecMainStatus: 6, Result: "core-dump" }).lastEnd).toEqual({
      signal: "SIGABRT",
      reason: "core-dump",
    });
    expect(reading({ ExecMainCode: 0, ExecMainStatus: 0, Result: "success" })).not.toHaveProperty("lastEnd");
  });

  it.each([
    ["always", "always"],
    ["no", "never"],
    ["on-failure", "on-failure"],
    ["on-abnormal", "on-failure"],
    ["on-success", undefined],
  ])("reads Restart=%s as %s", (restart, keepAlive) => {
    expect(reading({ Restart: restart }).keepAlive).toBe(keepAlive);
  });

  const failed = {
    ...state("failed", "failed"),
    Restart: "always",
    StartLimitBurst: 5,
    ExecMainCode: 1,
    ExecMainStatus: 1,
    Result: "exit-code",
  };

  it("knows that systemd gave up, although the result does not say so", () => {
    expect(reading({ ...failed, NRestarts: 5 }).gaveUp).toBe(true);
    expect(reading({ ...failed, NRestarts: 1, Result: "start-limit-hit" }).gaveUp).toBe(true);
  });

  it("does not call it giving up when the unit was not to be restarted", () => {
    expect(reading({ ...failed, NRestarts: 2 }).gaveUp).toBe(false);
    expect(reading({ ...failed, NRestarts: 9, Restart: "no" }).gaveUp).toBe(false);
    expect(reading({ ...failed, NRestarts: 9, ExecMainStatus: 78, RestartPreventExitStatus: "78 ABRT" }).gaveUp).toBe(false);
    expect(reading({ ...failed, NRestarts: 9, ExecMainCode: 2, ExecMainStatus: 6, RestartPreventExitStatus: "78 ABRT" }).gaveUp).toBe(
      false,
    );
    expect(reading({ ...state("active", "running"), NRestarts: 9 })).not.toHaveProperty("gaveUp");
  });

  const command = (argv: string) => ({
    ExecStart: `{ path=/bin/sh ; argv[]=${argv} ; ignore_errors=no ; pid=1 ; code=(null) ; status=0/0 }`,
  });

  it("takes the words of the command from the unit file, where they are the same command", () => {
    expect(reading(command("/bin/sh -c sleep 5"), '[Service]\nExecStart=/bin/sh -c "sleep 5"\n').argv).toEqual([
      "/bin/sh",
      "-c",
      "sleep 5",
    ]);
  });

  it("trusts the manager when the file says something else by now", () => {
    expect(reading(command("/bin/sh -c old"), "[Service]\nExecStart=/bin/sh -c new\n").argv).toEqual(["/bin/sh", "-c", "old"]);
    expect(reading(command('/bin/sh -c "two words"'), "").argv).toEqual(["/bin/sh", "-c", "two words"]);
  });

  it("reads the rest", () => {
    const properties = {
      ...state("active", "running"),
      TriggeredBy: "lamp.timer",
      UnitFileState: "enabled",
      NeedDaemonReload: "yes",
      FragmentPath: "/home/sam/.config/systemd/user/lamp.service",
      WorkingDirectory: "!/home/sam",
      Environment: 'A=1 "TOKEN=canary x"',
      RestartUSec: "5s",
      NRestarts: 4,
      StateChangeTimestamp: "Sat 2026-11-21 01:12:26 UTC",
    };
    const full = reading(properties, "[Service]\nStandardOutput=append:/tmp/o.log\nStandardError=file:/tmp/e.log\n");
    expect(full).toMatchObject({
      onDemand: true,
      enabled: true,
      needsReload: true,
      definitionPath: properties.FragmentPath,
      workingDirectory: "/home/sam",
      environmentNames: ["A", "TOKEN"],
      throttleSeconds: 5,
      runs: 4,
      sinceMs: Date.UTC(2026, 10, 21, 1, 12, 26),
      stdoutPath: "/tmp/o.log",
      stderrPath: "/tmp/e.log",
    });
    expect(JSON.stringify(full)).not.toContain("canary");
  });

  it("does not guess whether a unit without an install section is enabled", () => {
    expect(reading({ UnitFileState: "static" })).not.toHaveProperty("enabled");
    expect(reading({ UnitFileState: "disabled" })).toMatchObject({ enabled: false });
  });
});
