import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { afterAll, describe, expect, it } from "vitest";
import { execaCommandRunner } from "../../main/adapters/command-runner/execa.ts";
import { nodeFiles } from "../../main/adapters/files/node-files.ts";
import { ownEnvironment } from "../../main/adapters/machine/environment.ts";
import { launchctlServiceManager } from "../../main/adapters/service-manager/launchctl.ts";
import { serviceManagerSuite } from "../../main/adapters/service-manager/suite.ts";
import { launchdJobs } from "../support/launchd-rig.ts";

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
