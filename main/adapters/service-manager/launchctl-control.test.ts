import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { launchdControlRig, rememberingRunner } from "../../../tests/support/launchd-control-rig.ts";
import { fakeLaunchd, launchdJobs, plistText } from "../../../tests/support/launchd-rig.ts";
import type { CommandRunner } from "../../core/ports/command-runner.ts";
import { manualClock } from "../clock/manual-clock.ts";
import { systemClock } from "../clock/system-clock.ts";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { nodeFiles } from "../files/node-files.ts";
import { ownEnvironment } from "../machine/environment.ts";
import { serviceControlSuite } from "./control-suite.ts";
import { launchctlServiceManager } from "./launchctl.ts";
import { launchctlServiceControl } from "./launchctl-control.ts";

const home = mkdtempSync(join(tmpdir(), "lamplighter-launchd-control-"));
const launchd = fakeLaunchd(home);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const { runner, ran } = rememberingRunner(execaCommandRunner({ variables: { PATH: `${launchd.bin}:${process.env["PATH"]}`, HOME: home } }));
const jobs = launchdJobs({ home, uid: 501, launchctl: launchd.run });
const settings = (commands: CommandRunner) => ({
  commands,
  files: nodeFiles,
  environment: { ...ownEnvironment(), home, uid: 501 },
  // By its bare name, so that it is the one that comes first on PATH.
  launchctl: "launchctl",
  folders: [{ path: join(home, "Library/LaunchAgents"), scope: "user" as const }],
});
const quick = { clock: systemClock, pollMs: 20, patienceMs: 4000, settleMs: 60 };
const control = launchctlServiceControl({ ...settings(runner), ...quick });
const manager = launchctlServiceManager(settings(runner));
const noSession: CommandRunner = {
  ...runner,
  run: async () => ({
    kind: "exited",
    exitCode: 125,
    stdout: "",
    stderr: "Could not find domain for user gui: 501",
    truncated: false,
    durationMs: 1,
  }),
};
const unreachable = launchctlServiceControl({ ...settings(noSession), ...quick });
const rig = launchdControlRig({ jobs, control, manager, unreachable, ran, logs: home });

launchd.set({ timesFaster: 20 });
serviceControlSuite("launchctl", () => rig);

/** Sets the stand-in up for one test, and back afterwards. */
const during = (settingsNow: Readonly<Record<string, unknown>>, before: Readonly<Record<string, unknown>>) => {
  launchd.set(settingsNow);
  onTestFinished(() => launchd.set(before));
};
const verbs = (from: number) => ran.slice(from).map((argv) => argv.slice(1).join(" "));
const eio = "Bootstrap failed: 5: Input/output error\nTry re-running the command as root for richer errors.";

describe("loading a job anew", { timeout: 30_000 }, () => {
  it("waits until launchd has let go of it, and loads it only then", async () => {
    const label = await rig.running();
    during({ exitTimeoutMs: 700 }, { exitTimeoutMs: 0 });
    const lines: string[] = [];
    const from = ran.length;
    expect(await control.act("reload", label, { progress: (text) => lines.push(text) })).toMatchObject({ kind: "done" });
    // Loading it during the wait would have been refused with 5, and tried again.
    expect(verbs(from)).toEqual([
      `bootout gui/501/${label}`,
      `enable gui/501/${label}`,
      `bootstrap gui/501 ${jobs.pathOf(label)}`,
      `kickstart gui/501/${label}`,
    ]);
    expect(lines).toContain(`Waiting until launchd has let go of ${label}.`);
  });

  it("gives up on a job that does not leave, without loading it a second time", async () => {
    const label = await rig.running();
    during({ stubborn: true }, { stubborn: false });
    const impatient = launchctlServiceControl({ ...settings(runner), ...quick, leaveMs: 400 });
    const from = ran.length;
    expect(await impatient.act("reload", label)).toMatchObject({ kind: "failed", meaning: expect.stringContaining("does not end") });
    expect(verbs(from)).toEqual([`bootout gui/501/${label}`]);
  });

  it("tries a load again that launchd refuses for the moment", async () => {
    const label = await rig.unloaded();
    during({ refuses: { bootstrap: [5, eio, 2] } }, { refuses: {} });
    const from = ran.length;
    expect(await control.act("load", label)).toMatchObject({ kind: "done" });
    expect(verbs(from).filter((argv) => argv.startsWith("bootstrap"))).toHaveLength(3);
  });

  it("takes a job for loaded that is there although launchd said 5", async () => {
    const label = await rig.unloaded();
    const sneaking: CommandRunner = {
      ...runner,
      run: async (request) => {
        const outcome = await runner.run(request);
        return request.args[0] === "bootstrap" && outcome.kind === "exited" ? { ...outcome, exitCode: 5, stderr: eio } : outcome;
      },
    };
    const from = ran.length;
    const acted = await launchctlServiceControl({ ...settings(sneaking), ...quick }).act("load", label);
    expect(acted).toMatchObject({ kind: "done", pid: expect.any(Number) });
    expect(verbs(from).filter((argv) => argv.startsWith("bootstrap"))).toHaveLength(1);
  });

  it("loads what it has taken out, also when switching it on is refused meanwhile", async () => {
    const label = await rig.running();
    during({ refuses: { enable: [1, "Operation not permitted", 1] } }, { refuses: {} });
    expect(await control.act("reload", label)).toMatchObject({ kind: "done" });
  });

  it("tells a load that launchd refuses for good at once, by what its number means", async () => {
    const label = await rig.unloaded();
    during({ refuses: { bootstrap: [134, "Bootstrap failed: 134: Service cannot load in requested session", 9] } }, { refuses: {} });
    const from = ran.length;
    expect(await control.act("load", label)).toMatchObject({
      kind: "failed",
      exitCode: 134,
      next: expect.stringContaining("LimitLoadToSessionType"),
    });
    expect(verbs(from).filter((argv) => argv.startsWith("bootstrap"))).toHaveLength(1);
  });

  it("goes on trying for a while, and then says where to look for the cause of a 5", async () => {
    const label = await rig.unloaded();
    during({ refuses: { bootstrap: [5, eio, 99] } }, { refuses: {} });
    const brief = launchctlServiceControl({ ...settings(runner), ...quick, leaveMs: 1200 });
    const from = ran.length;
    expect(await brief.act("load", label)).toMatchObject({ kind: "failed", exitCode: 5, next: expect.stringContaining("Login Items") });
    expect(verbs(from).filter((argv) => argv.startsWith("bootstrap")).length).toBeGreaterThan(1);
  });

  it("kicks a job that launchd loaded and put off", async () => {
    const label = await rig.unloaded();
    during({ onDemandOnly: true }, { onDemandOnly: false });
    expect(await control.act("load", label)).toMatchObject({ kind: "done", pid: expect.any(Number) });
  });

  it("is not left half done by a cancellation: what was taken out is loaded again", async () => {
    const label = await rig.running();
    const stop = new AbortController();
    const acted = await control.act("reload", label, {
      signal: stop.signal,
      progress: (text) => {
        if (text.includes("bootout")) stop.abort("enough");
      },
    });
    expect(acted).toMatchObject({ kind: "cancelled" });
    // The order to take it out was never given, or it was followed by the others.
    expect(await manager.read(label)).toMatchObject({ kind: "loaded", state: "running" });
  });

  it("does not run a job that has hours of its own", async () => {
    const label = await jobs.load("hours", "exit 0", { StartInterval: 3600 });
    expect(await control.act("reload", label)).toEqual({ kind: "done", detail: `${label} is loaded and waits for its next time.` });
    expect(await manager.read(label)).toMatchObject({ kind: "loaded", runs: 0, onDemand: true });
    expect(await control.act("load", label)).toMatchObject({ kind: "already" });
    expect(await control.act("start", label)).toEqual({ kind: "done", detail: `${label} ran and ended well.` });
  });

  it("touches nothing when launchd would refuse what is on disk now", async () => {
    const label = await rig.running();
    chmodSync(jobs.pathOf(label), 0o666);
    const from = ran.length;
    for (const action of ["reload", "load"] as const) {
      await control.act(action, label);
      expect(verbs(from)).toEqual([]);
    }
    expect(await control.act("reload", label)).toMatchObject({ kind: "failed", meaning: expect.stringContaining("mode 666") });
    expect(await manager.read(label)).toMatchObject({ kind: "loaded", state: "running" });
  });

  it("never loads the definition of another job that lies under this one's name", async () => {
    const label = await rig.running();
    const path = jobs.pathOf(label);
    writeFileSync(path, readFileSync(path, "utf8").replace(label, `${label}.evil`));
    const from = ran.length;
    expect(await control.act("reload", label)).toMatchObject({ kind: "failed", meaning: expect.stringContaining("another job") });
    expect(verbs(from)).toEqual([]);
  });
});

describe("restarting a job", { timeout: 30_000 }, () => {
  it("only kicks one whose definition and program are as launchd knows them", async () => {
    const label = await rig.running();
    const from = ran.length;
    await control.act("restart", label);
    expect(verbs(from)).toEqual([`kickstart -k gui/501/${label}`]);
  });

  it.each(["its definition", "its program"] as const)("loads it anew when %s changed", async (what) => {
    const program = join(home, `program-${Math.random()}`);
    writeFileSync(program, "#!/bin/sh\nsleep 60\n", { mode: 0o755 });
    const label = await jobs.load(`changed-${what.replace(" ", "-")}`, "", {
      ProgramArguments: [program],
      RunAtLoad: true,
      ThrottleInterval: 1,
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (what === "its program") writeFileSync(program, "#!/bin/sh\nsleep 61\n");
    else await rig.redefine(label, "--more");
    const from = ran.length;
    expect(await control.act("restart", label)).toMatchObject({ kind: "done" });
    expect(verbs(from)).toContain(`bootout gui/501/${label}`);
    expect(verbs(from)).not.toContain(`kickstart -k gui/501/${label}`);
  });

  it("waits out the pause that launchd makes between starts, and says how long it may take", async () => {
    const label = await jobs.load("pause", "while :; do sleep 5; done", { RunAtLoad: true, KeepAlive: true, ThrottleInterval: 10 });
    const lines: string[] = [];
    const acted = await control.act("restart", label, { progress: (text) => lines.push(text) });
    expect(acted).toMatchObject({ kind: "done" });
    expect(lines.join("\n")).toMatch(/next try in \d+ s/);
  });
});

describe("a label that somebody switched off", { timeout: 30_000 }, () => {
  it("is switched on when a person asks for a start", async () => {
    const label = await rig.unloaded();
    launchd.run("disable", `gui/501/${label}`);
    expect(await manager.read(label)).toMatchObject({ kind: "not-loaded", disabled: true });
    expect((await control.commands("start", label))[0]).toEqual(["launchctl", "enable", `gui/501/${label}`]);
    expect(await control.act("start", label)).toMatchObject({ kind: "done" });
  });

  it("is named as the cause when it stays so", async () => {
    const label = await rig.unloaded();
    launchd.run("disable", `gui/501/${label}`);
    const deaf: CommandRunner = {
      ...runner,
      run: async (request) => runner.run(request.args[0] === "enable" ? { ...request, args: ["print-disabled", "gui/501"] } : request),
    };
    const acted = await launchctlServiceControl({ ...settings(deaf), ...quick }).act("start", label);
    expect(acted).toMatchObject({ kind: "failed", exitCode: 5, meaning: expect.stringContaining("switched off") });
  });
});

describe("a job that nobody may act on here", { timeout: 30_000 }, () => {
  const machineFolder = join(home, "machine");
  const withMachine = { ...settings(runner), folders: [...settings(runner).folders, { path: machineFolder, scope: "system" as const }] };

  it("is one of the machine", async () => {
    mkdirSync(machineFolder);
    writeFileSync(join(machineFolder, "dev.example.daemon.plist"), plistText({ Label: "dev.example.daemon", Program: "/bin/sh" }));
    const from = ran.length;
    for (const action of ["start", "stop", "restart", "reload"] as const)
      expect(await launchctlServiceControl({ ...withMachine, ...quick }).act(action, "dev.example.daemon")).toMatchObject({
        kind: "failed",
        meaning: expect.stringContaining("the machine"),
      });
    expect(verbs(from)).toEqual([]);
  });

  it("is any, for root", async () => {
    const asRoot = launchctlServiceControl({ ...settings(runner), environment: { ...ownEnvironment(), home, uid: 0 }, ...quick });
    const label = await rig.running();
    const from = ran.length;
    expect(await asRoot.act("restart", label)).toMatchObject({ kind: "failed", next: expect.stringContaining("sudo") });
    expect(await asRoot.commands("restart", label)).toEqual([]);
    expect(verbs(from)).toEqual([]);
  });

  it("is one an application registered, when it would have to be loaded again", async () => {
    const label = await rig.running();
    rmSync(jobs.pathOf(label));
    const from = ran.length;
    expect(await control.act("reload", label)).toMatchObject({ kind: "failed", next: expect.stringContaining("application") });
    expect(verbs(from)).toEqual([]);
    expect(await control.act("restart", label)).toMatchObject({ kind: "done" });
  });
});

describe("hostile definitions", { timeout: 30_000 }, () => {
  const evil = "$(touch pwned) `id`;'\"\n&& reboot";
  const defined = (name: string, more: object = {}) => {
    const path = join(home, "Library/LaunchAgents", name);
    const label = `dev.lamplighter.test.hostile-${Math.random().toString(36).slice(2)}`;
    const words = ["/bin/sh", "-c", "while :; do sleep 5; done", evil];
    writeFileSync(path, plistText({ Label: label, ProgramArguments: words, ThrottleInterval: 1, ...more }), { mode: 0o644 });
    return { label, path };
  };

  it("are named to launchctl as they are, whatever their file is called", async () => {
    const { label, path } = defined(`${evil.replaceAll("/", "")}.plist`);
    const from = ran.length;
    expect(await control.act("start", label)).toMatchObject({ kind: "done" });
    expect(ran.slice(from)[1]).toEqual(["launchctl", "bootstrap", "gui/501", path]);
    rmSync(path);
  });

  it("cannot put a label of their own making into a command", async () => {
    const path = join(home, "Library/LaunchAgents/dev.lamplighter.test.label.plist");
    for (const label of ["../system/com.apple.x", evil, "-k"]) {
      writeFileSync(path, plistText({ Label: label, Program: "/bin/sh" }), { mode: 0o644 });
      const from = ran.length;
      expect(await control.act("start", label)).toMatchObject({ kind: "failed" });
      expect(await control.act("start", "dev.lamplighter.test.label")).toMatchObject({ kind: "failed" });
      expect(verbs(from)).toEqual([]);
    }
    rmSync(path);
  });

  it("cannot make their logs be read from a device or a pipe, nor wait for one", async () => {
    const { label, path } = defined("logs.plist", { StandardOutPath: "/dev/zero", StandardErrorPath: "/dev/tty" });
    expect(await control.lastLines(label, 20)).toEqual([]);
    rmSync(path);
  });
});

describe("without a desktop session", { timeout: 30_000 }, () => {
  it("acts on a job of the background session where it lives", async () => {
    during({ gui: false }, { gui: true });
    const label = jobs.define("background", "while :; do sleep 5; done", { LimitLoadToSessionType: "Background", ThrottleInterval: 1 });
    const from = ran.length;
    expect(await control.act("start", label)).toMatchObject({ kind: "done" });
    expect(verbs(from)).toContain(`bootstrap user/501 ${jobs.pathOf(label)}`);
    expect(await control.act("stop", label)).toMatchObject({ kind: "done" });
    expect(verbs(from)).toContain(`bootout user/501/${label}`);
  });

  it("finds such a job there also while somebody is at the desktop", async () => {
    const label = jobs.define("both", "while :; do sleep 5; done", { LimitLoadToSessionType: ["Aqua", "Background"], ThrottleInterval: 1 });
    launchd.run("bootstrap", "user/501", jobs.pathOf(label));
    const from = ran.length;
    expect(await control.act("start", label)).toMatchObject({ kind: "done" });
    expect(verbs(from)).toEqual([`kickstart user/501/${label}`]);
  });

  it("says so for a job of the desktop", async () => {
    during({ gui: false }, { gui: true });
    expect(await control.act("start", await rig.unloaded())).toMatchObject({ kind: "failed", next: expect.stringContaining("desktop") });
  });
});

it("quotes the last line of a program that ends at once", { timeout: 30_000 }, async () => {
  const acted = await control.act("start", await rig.failing());
  expect(acted).toMatchObject({ kind: "failed", meaning: expect.stringMatching(/exit code 3.*Its last line: lamp-last-words/) });
});

it("names the missing program of a job that cannot be started", { timeout: 30_000 }, async () => {
  const label = await jobs.load("nowhere", "", { ProgramArguments: ["/nowhere/program"], ThrottleInterval: 1 });
  expect(await control.act("start", label)).toMatchObject({ kind: "failed", meaning: expect.stringContaining("/nowhere/program") });
});

it("waits on the clock it was given, never on the machine's", { timeout: 30_000 }, async () => {
  const label = await rig.running();
  during({ stubborn: true }, { stubborn: false });
  const clock = manualClock();
  const acting = launchctlServiceControl({ ...settings(runner), clock }).act("stop", label);
  for (let rounds = 0; rounds < 400 && clock.monotonicMs() < 16_000; rounds++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (clock.sleepers > 0) await clock.advance(5000);
  }
  expect(await acting).toMatchObject({ kind: "failed", meaning: expect.stringContaining("after 15 s") });
});

it.each(["reset-failed", "read-definitions", "enable-linger"] as const)("has nothing to do for %s", { timeout: 30_000 }, async (action) => {
  const label = await rig.stopped();
  expect(await control.act(action, label)).toMatchObject({ kind: "already" });
  expect(await control.commands(action, label)).toEqual([]);
});
