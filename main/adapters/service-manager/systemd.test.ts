import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startUserSystemd, type UserSystemd, whyNoUserSystemd, writeUnit } from "../../../tests/support/user-systemd.ts";
import type { CommandOutcome, CommandRequest, CommandRunner } from "../../core/ports/command-runner.ts";
import type { Environment } from "../../core/ports/machine.ts";
import type { ServiceManager, ServiceReading } from "../../core/ports/service-manager.ts";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { nodeFiles } from "../files/node-files.ts";
import { ownEnvironment } from "../machine/environment.ts";
import { serviceManagerSuite } from "./suite.ts";
import { systemdServiceManager } from "./systemd.ts";

const environmentWith = (home: string, variables: Readonly<Record<string, string | undefined>>): Environment => ({
  ...ownEnvironment(),
  home,
  variable: (name) => variables[name],
});

/** Needs root, systemd and dbus-user-session; elsewhere there is no manager to talk to. */
describe.runIf(whyNoUserSystemd() === null)("against a real user manager (needs a user service manager)", { timeout: 20_000 }, () => {
  const word = "lamplighter-word-of-systemd";
  const secret = 'canary unit "value" with $igns 5d1c';
  let systemd: UserSystemd;
  let manager: ServiceManager;
  const reachedWith = (variables: Readonly<Record<string, string | undefined>>) =>
    systemdServiceManager({
      commands: execaCommandRunner({ variables: { PATH: process.env["PATH"], ...variables } }),
      environment: environmentWith(systemd.home, variables),
      files: nodeFiles,
    });

  const made = new Set<string>();
  const unit = async (name: string, service: readonly string[], more: { start?: boolean; unit?: readonly string[] } = {}) => {
    if (made.has(name)) return name;
    made.add(name);
    writeUnit(systemd, name, service, more.unit);
    // A unit that fails at once makes `start` fail too; what we want is its state.
    if (more.start !== false) systemd.run("systemctl", ["--user", "--no-block", "start", name]);
    return name;
  };
  const until = async (name: string, wanted: (reading: ServiceReading) => boolean): Promise<ServiceReading> => {
    await expect.poll(async () => wanted(await manager.read(name)), { timeout: 8000, interval: 50 }).toBe(true);
    return manager.read(name);
  };

  beforeAll(async () => {
    systemd = await startUserSystemd();
    manager = reachedWith(systemd.env);
  }, 30_000);
  afterAll(() => systemd?.stop(), 20_000);

  serviceManagerSuite("systemctl", () => ({
    manager,
    word,
    secret,
    running: () =>
      unit("running.service", [
        `ExecStart=/bin/sh -c "sleep 600" ${word}`,
        "Restart=always",
        `Environment="LAMP_TOKEN=${secret.replaceAll('"', '\\"').replaceAll("$", "$$$$")}"`.replaceAll("$$", "$"),
      ]),
    failing: () =>
      unit("failing.service", [`ExecStart=/bin/sh -c "exit 3" ${word}`, "Restart=always", "RestartSec=300ms"], {
        unit: ["StartLimitIntervalSec=0"],
      }),
    ended: () => unit("ended.service", [`ExecStart=/bin/sh -c "exit 0" ${word}`]),
    unloaded: () => unit("unloaded.service", [`ExecStart=/bin/sh -c "exit 0" ${word}`], { start: false }),
    unreachable: reachedWith({ XDG_RUNTIME_DIR: "/nowhere", DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere/bus" }),
  }));

  it("takes a bare name for a service", async () => {
    await unit("running.service", [`ExecStart=/bin/sleep 600`]);
    expect(await manager.read("running")).toMatchObject({ kind: "loaded", definitionPath: join(systemd.unitDir, "running.service") });
  });

  it("splits the command as the unit file does, and reads folder, output and pause", async () => {
    const log = join(systemd.home, "out.log");
    await unit("words.service", [
      `ExecStart=/bin/sh -c "sleep 600" 'two words'`,
      "WorkingDirectory=/tmp",
      `StandardOutput=append:${log}`,
      "RestartSec=1min 30s",
    ]);
    expect(await manager.read("words.service")).toMatchObject({
      argv: ["/bin/sh", "-c", "sleep 600", "two words"],
      workingDirectory: "/tmp",
      stdoutPath: log,
      throttleSeconds: 90,
      enabled: false,
      onDemand: false,
    });
    systemd.systemctl("enable", "words.service");
    const reading = await manager.read("words.service");
    expect(reading).toMatchObject({ enabled: true, needsReload: false });
    expect(Math.abs((reading.kind === "loaded" ? (reading.sinceMs ?? 0) : 0) - Date.now())).toBeLessThan(60_000);
  });

  it("says that the manager gave up on a unit", async () => {
    await unit("gave-up.service", ['ExecStart=/bin/sh -c "exit 3"', "Restart=always", "RestartSec=20ms"], {
      unit: ["StartLimitBurst=3", "StartLimitIntervalSec=60"],
    });
    const reading = await until("gave-up.service", (each) => each.kind === "loaded" && each.state === "failed");
    expect(reading).toMatchObject({ gaveUp: true, runs: 3, lastEnd: { exitCode: 3, reason: "exit-code" } });
  });

  it("does not call it giving up when the exit code forbids a restart", async () => {
    await unit("prevented.service", ['ExecStart=/bin/sh -c "exit 78"', "Restart=always", "RestartPreventExitStatus=78"]);
    const reading = await until("prevented.service", (each) => each.kind === "loaded" && each.state === "failed");
    expect(reading).toMatchObject({ gaveUp: false, lastEnd: { exitCode: 78 } });
  });

  it("still knows how the last run ended while the next one goes on", async () => {
    // Fails once, then stays: the second run finds the mark that the first one left.
    const mark = join(systemd.home, "mark");
    await unit("again.service", [
      `ExecStart=/bin/sh -c "test -e ${mark} && exec sleep 600; touch ${mark}; sleep 0.4; exit 5"`,
      "Restart=always",
      "RestartSec=400ms",
    ]);
    await until("again.service", (each) => each.kind === "loaded" && each.state === "waiting-to-restart");
    const reading = await until("again.service", (each) => each.kind === "loaded" && each.state === "running" && each.runs === 1);
    expect(reading).toMatchObject({ lastEnd: { exitCode: 5 } });
  });

  it("tells a killed process, a missing program and a refused definition", async () => {
    await unit("killed.service", ["ExecStart=/bin/sleep 600"]);
    systemd.systemctl("kill", "--signal=KILL", "killed.service");
    expect(await until("killed.service", (each) => each.kind === "loaded" && each.state === "failed")).toMatchObject({
      lastEnd: { signal: "SIGKILL" },
    });
    await unit("missing.service", ["ExecStart=/nowhere/program"]);
    expect(await until("missing.service", (each) => each.kind === "loaded" && each.state === "failed")).toMatchObject({
      lastEnd: { exitCode: 203 },
    });
    await unit("refused.service", ["ExecStart=relative/path"], { start: false });
    expect(await manager.read("refused.service")).toMatchObject({
      kind: "not-loaded",
      disabled: false,
      refusal: expect.stringContaining("bad unit file"),
    });
  });

  it("calls a masked unit switched off", async () => {
    systemd.systemctl("mask", "masked.service");
    expect(await manager.read("masked.service")).toEqual({
      kind: "not-loaded",
      definitionPath: join(systemd.unitDir, "masked.service"),
      disabled: true,
    });
  });

  it("sees that a definition changed after it was loaded", async () => {
    const name = await unit("edited.service", ["ExecStart=/bin/sleep 600"]);
    // Times of files are compared to the second in some releases.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    writeFileSync(join(systemd.unitDir, name), "[Service]\nExecStart=/bin/sleep 601\n");
    expect(await manager.read(name)).toMatchObject({ needsReload: true, argv: ["/bin/sleep", "600"] });
  });

  it("knows that a timer starts a unit", async () => {
    writeFileSync(join(systemd.unitDir, "timed.timer"), "[Timer]\nOnActiveSec=1h\nUnit=timed.service\n");
    await unit("timed.service", ["ExecStart=/bin/true"], { start: false });
    systemd.systemctl("start", "timed.timer");
    expect(await manager.read("timed.service")).toMatchObject({ onDemand: true, state: "stopped" });
  });

  it("reads variables out of files too, the later one winning, with the manager and without", async () => {
    const [one, two] = [join(systemd.home, "one.env"), join(systemd.home, "two.env")];
    writeFileSync(one, "SHARED=one\nONLY_ONE='1 2'\n", { mode: 0o600 });
    writeFileSync(two, 'SHARED="two"\n');
    await unit("files.service", [
      "ExecStart=/bin/sleep 600",
      "Environment=SHARED=unit OWN=here",
      `EnvironmentFile=-${one}`,
      `EnvironmentFile=${two}`,
      "EnvironmentFile=-/nowhere",
    ]);
    for (const each of [manager, reachedWith({ XDG_RUNTIME_DIR: "/nowhere", DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere/bus" })]) {
      expect(await each.environmentValue("files.service", "SHARED")).toBe("two");
      expect(await each.environmentValue("files.service", "ONLY_ONE")).toBe("1 2");
      expect(await each.environmentValue("files.service", "OWN")).toBe("here");
      expect(await each.environmentValue("files.service", "NOBODY")).toBeNull();
    }
  });
});

describe("whatever systemctl says", () => {
  const home = mkdtempSync(join(tmpdir(), "lamplighter-units-"));
  const [userFolder, machineFolder] = [join(home, "user"), join(home, "system")];
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  beforeAll(async () => {
    const { mkdir } = await import("node:fs/promises");
    await Promise.all([userFolder, machineFolder].map((path) => mkdir(path)));
    writeFileSync(join(machineFolder, "daemon.service"), "[Service]\nExecStart=/opt/daemon\nEnvironment=TOKEN=machine\n");
    writeFileSync(join(userFolder, "own.service"), "[Service]\nExecStart=/opt/own\n");
  });

  const exited = (stdout: string, exitCode = 0, stderr = ""): CommandOutcome => ({
    kind: "exited",
    exitCode,
    stdout,
    stderr,
    truncated: false,
    durationMs: 1,
  });
  const answering = (answer: (request: CommandRequest) => CommandOutcome, variables: Readonly<Record<string, string>> = {}) => {
    const asked: CommandRequest[] = [];
    const commands: CommandRunner = {
      run: async (request) => {
        asked.push(request);
        return answer(request);
      },
      locate: async () => null,
      locateAll: async () => [],
    };
    const folders = [
      { path: userFolder, scope: "user" as const },
      { path: machineFolder, scope: "system" as const },
    ];
    return {
      asked,
      manager: systemdServiceManager({ commands, files: nodeFiles, environment: environmentWith(home, variables), folders }),
    };
  };
  const notFound = "LoadState=not-found\nActiveState=inactive\n";

  it("asks about nothing that is no unit name", async () => {
    const { asked, manager } = answering(() => exited(notFound));
    for (const wrong of ["--help", "a b", "../x", "", "$(id)", "a/b"]) expect(await manager.read(wrong)).toMatchObject({ kind: "unknown" });
    expect(await manager.environmentValue("--help", "X")).toBeNull();
    expect(asked).toEqual([]);
  });

  it("asks the machine's manager only about units that only the machine defines", async () => {
    const running = "LoadState=loaded\nActiveState=active\nSubState=running\nMainPID=9\n";
    const { asked, manager } = answering(({ args }) => exited(args.includes("--user") ? notFound : running));
    expect(await manager.read("daemon")).toMatchObject({ kind: "loaded", pid: 9 });
    expect(await manager.read("nobody")).toEqual({ kind: "not-installed" });
    expect(asked.filter(({ args }) => !args.includes("--user"))).toHaveLength(1);
  });

  it("tells a file that the manager has not read from no unit at all", async () => {
    const { manager } = answering(() => exited(notFound));
    expect(await manager.read("own.service")).toEqual({
      kind: "not-loaded",
      definitionPath: join(userFolder, "own.service"),
      disabled: false,
    });
  });

  it("does not take silence for a unit that is down", async () => {
    for (const answer of [exited(""), exited("garbage"), exited("", 1, "Failed to connect to bus: No medium found")])
      expect(await answering(() => answer).manager.read("own")).toMatchObject({ kind: "unknown" });
  });

  it("falls back to the account's runtime folder, and speaks no language", async () => {
    const { asked, manager } = answering(() => exited(notFound));
    await manager.read("own", { timeoutMs: 777 });
    expect(asked[0]).toMatchObject({ timeoutMs: 777, env: { XDG_RUNTIME_DIR: `/run/user/${process.getuid?.()}`, LC_ALL: "C", TZ: "UTC" } });
    const other = answering(() => exited(notFound), { XDG_RUNTIME_DIR: "/run/other" });
    await other.manager.read("own");
    expect(other.asked[0]?.env).toMatchObject({ XDG_RUNTIME_DIR: "/run/other" });
  });

  it("asks the journal once for each failure, when nothing else tells whether systemd gave up", async () => {
    let since = "Sat 2026-11-21 01:12:26 UTC";
    const failed = () =>
      `LoadState=loaded\nActiveState=failed\nSubState=failed\nResult=exit-code\nRestart=always\nNRestarts=1\nStartLimitBurst=5\nStateChangeTimestamp=${since}\n`;
    const { asked, manager } = answering(({ file }) =>
      exited(file === "journalctl" ? "own.service: Start request repeated too quickly.\n" : failed()),
    );
    const journals = () => asked.filter(({ file }) => file === "journalctl").length;
    for (let round = 0; round < 3; round++) expect(await manager.read("own")).toMatchObject({ gaveUp: true });
    expect(journals()).toBe(1);
    since = "Sat 2026-11-21 02:00:00 UTC";
    await manager.read("own");
    expect(journals()).toBe(2);
  });

  it("finds units of both managers by label or command", async () => {
    const { manager } = answering(() => exited(""));
    expect(await manager.find(/^daemon/)).toEqual([
      { label: "daemon.service", scope: "system", definitionPath: join(machineFolder, "daemon.service"), argv: ["/opt/daemon"] },
    ]);
    expect((await manager.find(/\/opt\//g)).map((each) => each.label).sort()).toEqual(["daemon.service", "own.service"]);
  });

  it.each([
    ["Linger=yes\n", 0, "", "on"],
    ["Linger=no\n", 0, "", "off"],
    ["", 1, "Failed to get user: User ID 1000 is not logged in or lingering", "off"],
    ["", 1, "Failed to connect to bus: Host is down", "unknown"],
  ])("reads lingering from %j (%d, %s) as %s", async (stdout, code, stderr, expected) => {
    expect(await answering(() => exited(stdout, code, stderr)).manager.linger()).toBe(expected);
  });
});
