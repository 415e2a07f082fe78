import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../main/adapters/clock/system-clock.ts";
import { execaCommandRunner } from "../../main/adapters/command-runner/execa.ts";
import { nodeFiles } from "../../main/adapters/files/node-files.ts";
import { ownEnvironment } from "../../main/adapters/machine/environment.ts";
import { serviceControlSuite } from "../../main/adapters/service-manager/control-suite.ts";
import { launchctlServiceManager } from "../../main/adapters/service-manager/launchctl.ts";
import { launchctlServiceControl } from "../../main/adapters/service-manager/launchctl-control.ts";
import { parsePlist } from "../../main/adapters/service-manager/plist-file.ts";
import { serviceManagerSuite } from "../../main/adapters/service-manager/suite.ts";
import { launchdControlRig, rememberingRunner } from "../support/launchd-control-rig.ts";
import { launchdJobs, plistText } from "../support/launchd-rig.ts";

/** The real launchd exists on macOS only; every job here has a label of its own and is taken out again. */
describe.runIf(process.platform === "darwin")("the launchd of this Mac (needs macOS)", () => {
  const uid = process.getuid?.() ?? 501;
  const launchctl = (...args: readonly string[]) => void execFileSync("/bin/launchctl", args, { stdio: "pipe", timeout: 20_000 });
  const jobs = launchdJobs({ home: homedir(), uid, launchctl });
  const managerFor = (account: number) =>
    launchctlServiceManager({ commands: execaCommandRunner(), files: nodeFiles, environment: { ...ownEnvironment(), uid: account } });
  const manager = managerFor(uid);
  afterAll(() => jobs.clean());

  // Nobody with this number is logged in to the desktop.
  serviceManagerSuite("launchctl", () => ({ ...jobs, manager, unreachable: managerFor(987_654) }), 45_000);

  const { runner, ran } = rememberingRunner(execaCommandRunner());
  const controlFor = (account: number) =>
    launchctlServiceControl({
      commands: runner,
      files: nodeFiles,
      environment: { ...ownEnvironment(), uid: account },
      clock: systemClock,
    });
  let logs = "";
  beforeAll(() => {
    logs = mkdtempSync(join(tmpdir(), "lamplighter-logs-"));
  });
  afterAll(() => rmSync(logs, { recursive: true, force: true }));

  serviceControlSuite(
    "launchctl, acting",
    () => launchdControlRig({ jobs, control: controlFor(uid), manager, unreachable: controlFor(987_654), ran, logs }),
    60_000,
  );

  it.each([
    ["a whole definition", plistText({ Label: "a", Program: "/bin/ls" }), true],
    ["a key without a value", "<plist><dict><key>Label</key></dict></plist>", false],
    ["two keys in a row", "<plist><dict><key>a</key><key>b</key><true/></dict></plist>", false],
    ["a bare ampersand", "<plist><string>a & b</string></plist>", false],
    ["nothing but words", "hello there, this is none", false],
  ])("agrees with plutil about %s", (name, text, isGood) => {
    const path = join(logs, `${name.replaceAll(" ", "-")}.plist`);
    writeFileSync(path, text);
    const lint = spawnSync("/usr/bin/plutil", ["-lint", path], { encoding: "utf8" });
    expect([lint.status === 0, parsePlist(readFileSync(path)).kind === "plist"]).toEqual([isGood, isGood]);
  });

  it("reads a definition that plutil converted, in the binary form too", async () => {
    const label = jobs.define("binary", "exit 0", { EnvironmentVariables: { LAMP_TOKEN: "canary" } });
    const path = jobs.pathOf(label);
    execFileSync("/usr/bin/plutil", ["-convert", "binary1", path]);
    try {
      expect(await manager.environmentValue(label, "LAMP_TOKEN")).toBe("canary");
      expect(await manager.read(label)).toEqual({ kind: "not-loaded", definitionPath: path, disabled: false });
    } finally {
      execFileSync("/bin/rm", ["-f", path]);
    }
  });

  it("sees a label that was switched off", async () => {
    const label = await jobs.load("switched", "exit 0", { StartInterval: 3600 });
    launchctl("disable", `gui/${uid}/${label}`);
    try {
      expect(await manager.read(label)).toMatchObject({ kind: "loaded", enabled: false, onDemand: true });
    } finally {
      launchctl("enable", `gui/${uid}/${label}`);
    }
  });

  it("has no linger", async () => {
    expect(await manager.linger()).toBe("not-applicable");
  });
});
