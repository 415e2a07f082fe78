import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fakeLaunchd, launchdJobs } from "../../../tests/support/launchd-rig.ts";
import type { CommandOutcome, CommandRequest } from "../../core/ports/command-runner.ts";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { nodeFiles } from "../files/node-files.ts";
import { ownEnvironment } from "../machine/environment.ts";
import { launchctlServiceManager } from "./launchctl.ts";
import type { LaunchctlOptions } from "./launchctl-jobs.ts";
import { serviceManagerSuite } from "./suite.ts";

const home = mkdtempSync(join(tmpdir(), "lamplighter-launchd-"));
const launchd = fakeLaunchd(home);
const machineFolder = join(home, "machine");
const commands = execaCommandRunner({ variables: { PATH: process.env["PATH"], HOME: home } });
const jobs = launchdJobs({ home, uid: 501, launchctl: launchd.run });
const managerWith = (more: Partial<LaunchctlOptions> = {}) =>
  launchctlServiceManager({
    commands,
    files: nodeFiles,
    environment: { ...ownEnvironment(), home, uid: 501 },
    launchctl: launchd.launchctl,
    folders: [
      { path: join(home, "Library/LaunchAgents"), scope: "user" },
      { path: machineFolder, scope: "system" },
    ],
    ...more,
  });
const manager = managerWith();
/** A manager whose launchctl always answers the same. */
const answering = (outcome: CommandOutcome) =>
  managerWith({ commands: { run: async () => outcome, locate: async () => null, locateAll: async () => [] } });
const exited = (exitCode: number, stderr: string, stdout = ""): CommandOutcome => ({
  kind: "exited",
  exitCode,
  stdout,
  stderr,
  truncated: false,
  durationMs: 1,
});

beforeAll(() => mkdirSync(machineFolder));
afterAll(() => rmSync(home, { recursive: true, force: true }));

serviceManagerSuite("launchctl", () => ({
  ...jobs,
  manager,
  unreachable: answering(exited(125, "Could not find domain for user gui: 501")),
}));

describe("a job that launchctl knows", { timeout: 20_000 }, () => {
  it("is on demand when it runs by interval", async () => {
    const label = await jobs.load("interval", "exit 0", { StartInterval: 900 });
    expect(await manager.read(label)).toMatchObject({ kind: "loaded", state: "stopped", onDemand: true, keepAlive: "never", runs: 0 });
  });

  it("is loaded and never started while the domain starts jobs on demand only", async () => {
    launchd.set({ onDemandOnly: true });
    const label = await jobs.load("pended", "while :; do sleep 5; done", { RunAtLoad: true });
    launchd.set({ onDemandOnly: false });
    const reading = await manager.read(label);
    expect(reading).toMatchObject({ kind: "loaded", state: "stopped", runs: 0, runAtLoad: true });
    expect(reading).not.toHaveProperty("lastEnd");
  });

  it("is stopping while its process takes its time", async () => {
    const label = await jobs.load("leaving", "while :; do sleep 5; done", { RunAtLoad: true });
    launchd.set({ exitTimeoutMs: 60_000 });
    launchd.run("bootout", `gui/501/${label}`);
    launchd.set({ exitTimeoutMs: 0 });
    expect(await manager.read(label)).toMatchObject({ state: "stopping", rawState: "SIGTERMed" });
  });

  it("was killed for its code identity when its program changed and it was only kicked", async () => {
    const program = join(home, "program");
    writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
    const label = await jobs.load("identity", "", { ProgramArguments: [program], RunAtLoad: true, KeepAlive: true });
    // The change must be later than the load, to the millisecond.
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(program, "#!/bin/sh\n# newer\n");
    launchd.run("kickstart", "-k", `gui/501/${label}`);
    expect(await manager.read(label)).toMatchObject({
      state: "waiting-to-restart",
      needsReload: true,
      lastEnd: { reason: "OS_REASON_CODESIGNING" },
    });
  });

  it("cannot be started when its program is gone", async () => {
    const label = await jobs.load("moved", "", { ProgramArguments: ["/nowhere/program"], RunAtLoad: true });
    expect(await manager.read(label)).toMatchObject({ state: "failed", lastEnd: { exitCode: 78, reason: "spawn failed" } });
  });

  it("says where its output goes, how long launchd waits, and in which folder it works", async () => {
    const paths = { StandardOutPath: "/tmp/out.log", StandardErrorPath: "/tmp/err.log", WorkingDirectory: "/tmp" };
    const label = await jobs.load("paths", "while :; do sleep 5; done", { ...paths, RunAtLoad: true, ThrottleInterval: 30 });
    expect(await manager.read(label)).toMatchObject({
      stdoutPath: "/tmp/out.log",
      stderrPath: "/tmp/err.log",
      workingDirectory: "/tmp",
      throttleSeconds: 30,
    });
  });

  it("is enabled until somebody switches its label off, in either wording", async () => {
    const label = await jobs.load("switched", "exit 0", { StartInterval: 60 });
    for (const wording of ["words", "bools"]) {
      launchd.set({ wording });
      launchd.run("enable", `gui/501/${label}`);
      expect(await manager.read(label)).toMatchObject({ enabled: true });
      launchd.run("disable", `gui/501/${label}`);
      expect(await manager.read(label)).toMatchObject({ kind: "loaded", enabled: false });
    }
    launchd.run("bootout", `gui/501/${label}`);
    expect(await manager.read(label)).toMatchObject({ kind: "not-loaded", disabled: true });
  });

  it("is read from the older list when print says nothing that can be read", async () => {
    const label = await jobs.load("garbled", "while :; do sleep 5; done", { RunAtLoad: true, KeepAlive: true });
    launchd.set({ garbled: true });
    const reading = await manager.read(label);
    launchd.set({ garbled: false });
    expect(reading).toMatchObject({ kind: "loaded", state: "running", rawState: "listed", keepAlive: "always", pid: expect.any(Number) });
  });
});

describe("a definition that launchd does not have", { timeout: 20_000 }, () => {
  it("is not loaded", async () => {
    const label = await jobs.unloaded();
    expect(await manager.read(label)).toEqual({ kind: "not-loaded", definitionPath: jobs.pathOf(label), disabled: false });
  });
});

describe("a job and its definition on disk", { timeout: 20_000 }, () => {
  it("are told apart once the definition changed, and no more once it was loaded anew", async () => {
    const more = { RunAtLoad: true, EnvironmentVariables: { OLD: "1" } };
    const label = await jobs.load("drift", "while :; do sleep 5; done", more);
    expect(await manager.read(label)).not.toHaveProperty("drift");
    jobs.define("drift", "while :; do sleep 6; done", { ...more, EnvironmentVariables: { NEW: "canary" }, WorkingDirectory: home });
    const reading = await manager.read(label);
    expect(reading).toHaveProperty("drift", ["the program and its arguments", "the working directory", "the variables NEW, OLD"]);
    expect(JSON.stringify(reading)).not.toContain("canary");
    launchd.run("bootout", `gui/501/${label}`);
    launchd.run("bootstrap", "gui/501", jobs.pathOf(label));
    expect(await manager.read(label)).not.toHaveProperty("drift");
  });

  it("come with what is wrong with the definition, loaded or not", async () => {
    const label = await jobs.load("faulty", "", { ProgramArguments: ["/nowhere/program"], KeepAlive: { Crashed: false } });
    const words = [expect.stringContaining("after every clean end"), "Its program is not there: /nowhere/program"];
    expect(await manager.read(label)).toMatchObject({ kind: "loaded", definitionFaults: words });
    launchd.run("bootout", `gui/501/${label}`);
    const reading = await manager.read(label);
    expect(reading).toMatchObject({ kind: "not-loaded", definitionFaults: words });
    expect(reading).not.toHaveProperty("refusal");
  });

  it("are refused for the first thing that launchd would refuse", async () => {
    const label = jobs.define("refused", "exit 0", { LimitLoadToSessionType: "Background", Label: 7 });
    const reading = await manager.read(label);
    expect(reading).toMatchObject({ kind: "not-loaded", refusal: "It has no Label" });
    expect(() => launchd.run("bootstrap", "gui/501", jobs.pathOf(label))).toThrow("5: Input/output error");
  });

  it("count down to the next start of a job that fails", async () => {
    let now = 1000;
    const watching = managerWith({ monotonicMs: () => now });
    const label = await jobs.load("throttled", "exit 3", { RunAtLoad: true, KeepAlive: true, ThrottleInterval: 600 });
    expect(await watching.read(label)).toMatchObject({ state: "waiting-to-restart", nextTryMs: 600_000 });
    now += 593_000;
    expect(await watching.read(label)).toMatchObject({ nextTryMs: 7000 });
  });
});

describe("a job of the machine", { timeout: 20_000 }, () => {
  it("is read from the machine's domain when its definition stands there", async () => {
    const path = join(machineFolder, "dev.lamplighter.test.daemon.plist");
    writeFileSync(
      path,
      "<plist><dict><key>Label</key><string>dev.lamplighter.test.daemon</string><key>Program</key><string>/bin/sh</string></dict></plist>",
    );
    expect(await manager.read("dev.lamplighter.test.daemon")).toMatchObject({ kind: "not-loaded", definitionPath: path });
    launchd.set({ root: true });
    launchd.run("bootstrap", "system", path);
    launchd.set({ root: false });
    expect(await manager.read("dev.lamplighter.test.daemon")).toMatchObject({ kind: "loaded", definitionPath: path, argv: ["/bin/sh"] });
    launchd.set({ gui: false });
    expect(await manager.read("dev.lamplighter.test.daemon")).toMatchObject({ kind: "loaded" });
    launchd.set({ gui: true });
  });
});

describe("a definition", { timeout: 20_000 }, () => {
  it("is found by its label when its file has another name", async () => {
    const path = join(home, "Library/LaunchAgents/other-name.plist");
    writeFileSync(
      path,
      "<plist><dict><key>Label</key><string>dev.lamplighter.test.named</string><key>ProgramArguments</key><array><string>/bin/ls</string></array></dict></plist>",
    );
    expect(await manager.read("dev.lamplighter.test.named")).toMatchObject({ kind: "not-loaded", definitionPath: path });
    expect(await manager.find(/^\/bin\/ls$/)).toEqual([
      { label: "dev.lamplighter.test.named", scope: "user", definitionPath: path, argv: ["/bin/ls"] },
    ]);
  });

  it("is read again after it changed", async () => {
    const path = join(home, "Library/LaunchAgents/dev.lamplighter.test.changing.plist");
    const write = (program: string) =>
      writeFileSync(
        path,
        `<plist><dict><key>Label</key><string>dev.lamplighter.test.changing</string><key>Program</key><string>${program}</string></dict></plist>`,
      );
    write("/bin/one");
    expect(await manager.find(/bin\/one/)).toHaveLength(1);
    write("/bin/second");
    expect(await manager.find(/bin\/one/)).toEqual([]);
    expect(await manager.find(/bin\/second/)).toHaveLength(1);
  });

  it("that cannot be read is still known by its file name", async () => {
    const path = join(home, "Library/LaunchAgents/dev.lamplighter.test.broken.plist");
    writeFileSync(path, "<plist><dict><key>Label</key></dict></plist>");
    expect(await manager.find(/test\.broken$/)).toEqual([
      { label: "dev.lamplighter.test.broken", scope: "user", definitionPath: path, argv: [] },
    ]);
    expect(await manager.environmentValue("dev.lamplighter.test.broken", "TOKEN")).toBeNull();
  });
});

describe("when launchctl cannot tell", () => {
  const label = "dev.lamplighter.test.any";

  it.each([
    ["no graphical session", exited(112, "Could not find domain for user gui: 501"), "no-session"],
    ["a domain that refuses", exited(125, "Domain does not support specified action"), "no-session"],
    ["a refusal", exited(1, "Operation not permitted"), "denied"],
    ["an error that says nothing", exited(5, "Input/output error"), "unreadable"],
    ["nothing readable", exited(0, "", "hello"), "unreadable"],
    ["a time-out", { kind: "timed-out", stdout: "", stderr: "", durationMs: 1 }, "timed-out"],
    ["a crash", { kind: "killed", signal: "SIGSEGV", stdout: "", stderr: "", durationMs: 1 }, "unreadable"],
    ["no launchctl", { kind: "not-found", reason: "Nothing is at /bin/launchctl." }, "no-manager"],
  ] as const)("%s is unknown, not down", async (_name, outcome, reason) => {
    expect(await answering(outcome).read(label)).toMatchObject({ kind: "unknown", reason });
  });

  it("takes the word for it when the number is another one", async () => {
    const text = `Bad request.\nCould not find service "${label}" in domain for user gui: 501\n`;
    expect(await answering(exited(64, text)).read(label)).toEqual({ kind: "not-installed" });
  });

  /** A manager that finds nothing, and what it asked. */
  const spying = () => {
    const asked: CommandRequest[] = [];
    const run = async (request: CommandRequest) => {
      asked.push(request);
      return exited(125, "");
    };
    return { asked, spy: managerWith({ commands: { run, locate: async () => null, locateAll: async () => [] } }) };
  };

  it("asks about nothing that is no label", async () => {
    const { asked, spy } = spying();
    for (const wrong of ["../system/other", "gui/501/x", "a b", "", "$(id)"])
      expect(await spy.read(wrong)).toMatchObject({ kind: "unknown" });
    expect(asked).toEqual([]);
  });

  it("passes the caller's time-out on", async () => {
    const { asked, spy } = spying();
    await spy.read(label, { timeoutMs: 777 });
    const times = asked.filter(({ file }) => file === launchd.launchctl).map(({ timeoutMs }) => timeoutMs);
    expect(new Set(times)).toEqual(new Set([777]));
  });
});
