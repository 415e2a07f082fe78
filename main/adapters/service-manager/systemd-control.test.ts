import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Clock } from "../../core/ports/clock.ts";
import type { CommandOutcome, CommandRequest } from "../../core/ports/command-runner.ts";
import { nodeFiles } from "../files/node-files.ts";
import { ownEnvironment } from "../machine/environment.ts";
import { systemdServiceControl } from "./systemd-control.ts";

const home = mkdtempSync(join(tmpdir(), "lamplighter-control-"));
const [userFolder, machineFolder] = [join(home, "user"), join(home, "system")];
for (const folder of [userFolder, machineFolder]) mkdirSync(folder);
writeFileSync(join(userFolder, "u.service"), "[Service]\nExecStart=/opt/u\n");
writeFileSync(join(machineFolder, "daemon.service"), "[Service]\nExecStart=/opt/daemon\n");
afterAll(() => rmSync(home, { recursive: true, force: true }));

const exited = (stdout: string, exitCode = 0, stderr = ""): CommandOutcome => ({
  kind: "exited",
  exitCode,
  stdout,
  stderr,
  truncated: false,
  durationMs: 1,
});
const shows = (active: string, sub: string, more = "") => exited(`LoadState=loaded\nActiveState=${active}\nSubState=${sub}\n${more}`);
const running = (pid: number, runs = 0) => shows("active", "running", `MainPID=${pid}\nNRestarts=${runs}\n`);
const failed = shows(
  "failed",
  "failed",
  "Result=exit-code\nExecMainCode=1\nExecMainStatus=78\nNRestarts=5\nStartLimitBurst=5\nRestart=always\n",
);
const dead = shows("inactive", "dead", "Result=success\n");
const notFound = exited("LoadState=not-found\n");

type Answers = {
  /** What `show` answers before and after the orders. */
  readonly before?: CommandOutcome;
  readonly after?: CommandOutcome;
  readonly order?: (request: CommandRequest) => CommandOutcome;
  readonly linger?: () => CommandOutcome;
  readonly journal?: (request: CommandRequest) => CommandOutcome;
  readonly type?: string;
  readonly user?: string;
};

/** A systemd that answers from a script, with a clock that only waiting moves. */
function rig({ before = dead, after = before, order = () => exited(""), linger, journal, type = "simple", user = "sam" }: Answers = {}) {
  const asked: CommandRequest[] = [];
  const orders: string[] = [];
  let nowMs = 0;
  const clock: Clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
  };
  const run = async (request: CommandRequest): Promise<CommandOutcome> => {
    asked.push(request);
    const { file, args } = request;
    if (file === "journalctl") return journal?.(request) ?? exited("");
    if (args.includes("show-user")) return linger?.() ?? exited("Linger=no\n");
    if (args.includes("--property=Type")) return exited(`${type}\n`);
    if (args.includes("show")) return orders.length === 0 ? before : after;
    orders.push([file, ...args].join(" "));
    return order(request);
  };
  const control = systemdServiceControl({
    commands: { run, locate: async () => null, locateAll: async () => [] },
    files: nodeFiles,
    environment: { ...ownEnvironment(), home, user, variable: () => undefined },
    clock,
    folders: [
      { path: userFolder, scope: "user" },
      { path: machineFolder, scope: "system" },
    ],
  });
  return { control, asked, orders, passedMs: () => nowMs };
}

const says = (text: string) => `systemctl --user --no-ask-password ${text}`;

describe("acting on a unit", () => {
  it("starts a unit, waits until it keeps running, and tells the process", async () => {
    const { control, orders, passedMs } = rig({ after: running(42) });
    const steps: string[] = [];
    expect(await control.act("start", "u", { progress: (text) => steps.push(text) })).toEqual({
      kind: "done",
      detail: "u.service runs as process 42.",
      pid: 42,
    });
    expect(orders).toEqual([says("start -- u.service")]);
    expect(passedMs()).toBeGreaterThanOrEqual(1500);
    expect(steps).toEqual([`Running ${says("start -- u.service")}`, "Looking whether u.service is as it should be."]);
  });

  it("clears the failures first when systemd gave up", async () => {
    const { control, orders } = rig({ before: failed, after: running(42) });
    expect(await control.commands("start", "u")).toHaveLength(2);
    expect(await control.act("start", "u")).toMatchObject({ kind: "done" });
    expect(orders).toEqual([says("reset-failed -- u.service"), says("start -- u.service")]);
  });

  it("does nothing where nothing has to be done", async () => {
    const { control, orders } = rig({ before: running(7) });
    expect(await control.act("start", "u")).toMatchObject({ kind: "already", detail: "u.service already runs." });
    expect(await control.act("reset-failed", "u")).toMatchObject({ kind: "already" });
    expect(await rig().control.act("stop", "u")).toMatchObject({ kind: "already", detail: "u.service does not run." });
    expect(await rig({ before: notFound }).control.act("stop", "nobody")).toMatchObject({ kind: "already" });
    expect(orders).toEqual([]);
  });

  it("shows exactly what it will run", async () => {
    for (const action of ["load", "start", "stop", "restart", "reload", "enable", "reset-failed", "read-definitions"] as const) {
      for (const before of [running(7), failed, dead]) {
        const { control, orders } = rig({ before });
        const shown = (await control.commands(action, "u")).map((argv) => argv.join(" "));
        await control.act(action, "u");
        expect(orders, `${action}`).toEqual(shown);
      }
    }
  });

  it("tells how a unit ended that did not keep running, with its last lines", async () => {
    const journal = () =>
      exited(
        `${JSON.stringify({ MESSAGE: "Config invalid: gateway.mode" })}\n${JSON.stringify({ MESSAGE: "u.service: Failed with result 'exit-code'." })}\n`,
      );
    const { control } = rig({ after: failed, journal });
    expect(await control.act("start", "u")).toEqual({
      kind: "failed",
      meaning:
        "u.service was started and ended again at once, with exit code 78 (its configuration is refused). Its last lines: “Config invalid: gateway.mode”",
      next: "Mend what its last lines name, then start it again.",
    });
  });

  it("says that systemd goes on when a unit loops", async () => {
    const looping = shows("activating", "auto-restart", "Result=exit-code\nExecMainCode=1\nExecMainStatus=1\nNRestarts=9\n");
    expect(await rig({ after: looping }).control.act("restart", "u")).toMatchObject({
      kind: "failed",
      next: expect.stringContaining("go on starting it"),
    });
  });

  it("does not call a program started that ended at once with success, unless that is its nature", async () => {
    const ended = shows("inactive", "dead", "Result=success\nExecMainCode=1\nExecMainStatus=0\n");
    expect(await rig({ after: ended }).control.act("start", "u")).toMatchObject({
      kind: "failed",
      meaning: expect.stringContaining("exit code 0"),
    });
    expect(await rig({ after: ended, type: "oneshot" }).control.act("start", "u")).toMatchObject({ kind: "done" });
    expect(await rig({ after: shows("active", "exited") }).control.act("start", "u")).toMatchObject({ kind: "done" });
  });

  it("stops a unit, also one that answers the signal with an exit code of its own", async () => {
    expect(await rig({ before: running(7), after: dead }).control.act("stop", "u")).toEqual({
      kind: "done",
      detail: "u.service is stopped.",
    });
    const stopped = shows("failed", "failed", "Result=exit-code\nExecMainCode=1\nExecMainStatus=143\n");
    expect(await rig({ before: running(7), after: stopped }).control.act("stop", "u")).toMatchObject({
      kind: "done",
      detail: expect.stringContaining("systemd calls it failed"),
    });
  });

  it("is not taken in by an order that systemd took and did not carry out", async () => {
    const { control, passedMs } = rig({ before: running(7), after: running(7) });
    expect(await control.act("stop", "u")).toEqual({
      kind: "timed-out",
      detail: "systemd took the order, but u.service is still active/running after 10 s.",
    });
    expect(passedMs()).toBeLessThan(13_000);
    expect(await control.act("restart", "u")).toMatchObject({ kind: "timed-out" });
  });

  it("goes on when there were no failures to clear", async () => {
    const order = ({ args }: CommandRequest) =>
      args.includes("reset-failed")
        ? exited("", 1, "Failed to reset failed state of unit u.service: Unit u.service not loaded.")
        : exited("");
    const { control, orders } = rig({ after: running(42), order });
    expect(await control.act("reload", "u")).toMatchObject({ kind: "done", pid: 42 });
    expect(orders).toHaveLength(3);
  });

  it("stops at the first order that is refused, and says what that means", async () => {
    const order = ({ args }: CommandRequest) =>
      args.includes("daemon-reload") ? exited("", 1, "Failed to reload daemon: Access denied") : exited("");
    const { control, orders } = rig({ order });
    expect(await control.act("reload", "u")).toMatchObject({
      kind: "failed",
      exitCode: 1,
      meaning: expect.stringContaining("refuses this account"),
    });
    expect(orders).toHaveLength(1);
  });

  it("adds to a refused start how the last run ended", async () => {
    const order = () => exited("", 1, "Job for u.service failed because the control process exited with error code.");
    expect(await rig({ after: failed, order }).control.act("start", "u")).toMatchObject({
      meaning: "The unit did not start. Its last run ended with exit code 78 (its configuration is refused).",
    });
  });

  it("switches a unit on and off, and looks whether it is so", async () => {
    const state = (word: string) => shows("active", "running", `UnitFileState=${word}\n`);
    expect(await rig({ before: state("disabled"), after: state("enabled") }).control.act("enable", "u")).toMatchObject({ kind: "done" });
    expect(await rig({ before: state("enabled"), after: state("disabled") }).control.act("disable", "u")).toMatchObject({ kind: "done" });
    expect(await rig({ before: state("disabled") }).control.act("enable", "u")).toMatchObject({ kind: "timed-out" });
    const order = () => exited("", 0, "The unit files have no installation config (WantedBy=, …).");
    expect(await rig({ before: state("static"), order }).control.act("enable", "u")).toMatchObject({ kind: "failed" });
  });

  it("says when systemd read the definitions and refuses this one", async () => {
    const refused = exited('LoadState=bad-setting\nLoadError=org.freedesktop.systemd1.BadUnitSetting "bad"\nFragmentPath=/u.service\n');
    expect(await rig({ after: refused }).control.act("read-definitions", "u")).toMatchObject({
      kind: "failed",
      meaning: expect.stringContaining("refuses that of u.service"),
    });
    expect(await rig().control.act("read-definitions", "u")).toMatchObject({ kind: "done" });
  });
});

describe("what may not be done", () => {
  it.each(["--help", "a b", "../x", "$(id)", "exit.target", "app.slice", "a\nb", ""])("runs nothing for %j", async (label) => {
    const { control, asked } = rig();
    for (const action of ["start", "stop", "reload"] as const) {
      expect(await control.act(action, label)).toMatchObject({ kind: "failed" });
      expect(await control.commands(action, label)).toEqual([]);
    }
    expect(await control.lastLines(label, 5)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it("never touches a unit of the machine, and says whose it is", async () => {
    const { control, orders, asked } = rig({ before: notFound });
    expect(await control.act("restart", "daemon")).toMatchObject({ meaning: expect.stringContaining("belongs to the machine") });
    expect(await control.act("restart", "nobody")).toMatchObject({ meaning: "There is no unit nobody.service for this account." });
    expect(orders).toEqual([]);
    expect(asked.filter(({ args }) => !args.includes("--user"))).toEqual([]);
  });

  it("leaves a masked unit alone", async () => {
    const { control, orders } = rig({ before: exited("LoadState=masked\n") });
    expect(await control.act("start", "u")).toMatchObject({ kind: "failed", meaning: expect.stringContaining("masked") });
    expect(orders).toEqual([]);
  });

  it("does not act when the manager cannot be asked, and blames no unit for it", async () => {
    const { control, orders } = rig({ before: exited("", 1, "Failed to connect to bus: No medium found") });
    expect(await control.act("restart", "u")).toMatchObject({ kind: "failed", meaning: expect.stringContaining("no failure of the unit") });
    expect(orders).toEqual([]);
  });

  it("uses neither a shell nor another account's rights", async () => {
    const { control, asked } = rig({ before: failed, after: running(4) });
    for (const action of ["load", "start", "stop", "restart", "reload", "enable", "disable", "read-definitions", "enable-linger"] as const)
      await control.act(action, "u");
    expect([...new Set(asked.map(({ file }) => file))].sort()).toEqual(
      ["journalctl", "loginctl", "systemctl"].filter((file) => asked.some((each) => each.file === file)),
    );
    expect(asked.filter(({ args }) => args.some((arg) => /--system|--machine|-M|sudo/.test(arg)))).toEqual([]);
  });
});

describe("being stopped while acting", () => {
  it("does nothing when it was cancelled before", async () => {
    const { control, asked } = rig();
    expect(await control.act("start", "u", { signal: AbortSignal.abort() })).toMatchObject({ kind: "cancelled" });
    expect(asked).toEqual([]);
  });

  it("says that systemd may still finish what it was asked", async () => {
    const cancelled: CommandOutcome = { kind: "cancelled", stdout: "", stderr: "", durationMs: 1 };
    expect(await rig({ order: () => cancelled }).control.act("start", "u")).toMatchObject({
      kind: "cancelled",
      detail: expect.stringContaining("systemd may still finish it"),
    });
    const late: CommandOutcome = { kind: "timed-out", stdout: "", stderr: "", durationMs: 1 };
    expect(
      await rig({ order: () => late })
        .control.act("stop", "u")
        .then(({ kind }) => kind),
    ).toBe("already");
    expect(await rig({ before: running(3), order: () => late }).control.act("stop", "u")).toMatchObject({ kind: "timed-out" });
  });

  it("stops between two orders and while it waits", async () => {
    const stop = new AbortController();
    const order = () => {
      stop.abort();
      return exited("");
    };
    const { control } = rig({ after: shows("activating", "start"), order });
    expect(await control.act("start", "u", { signal: stop.signal })).toMatchObject({ kind: "cancelled" });
  });
});

describe("lingering", () => {
  it("is switched on for the account, and believed only when it reads so", async () => {
    let on = false;
    const { control, orders } = rig({
      linger: () => exited(`Linger=${on ? "yes" : "no"}\n`),
      order: () => {
        on = true;
        return exited("");
      },
    });
    expect(await control.commands("enable-linger", "")).toEqual([["loginctl", "--no-ask-password", "enable-linger", "sam"]]);
    expect(await control.act("enable-linger", "")).toMatchObject({ kind: "done" });
    expect(orders).toEqual(["loginctl --no-ask-password enable-linger sam"]);
    expect(await control.act("enable-linger", "")).toMatchObject({ kind: "already" });
    expect(await control.commands("enable-linger", "")).toEqual([]);
  });

  it("is not on because loginctl said nothing", async () => {
    expect(await rig().control.act("enable-linger", "")).toMatchObject({ kind: "failed", meaning: expect.stringContaining("still says") });
  });

  it("says why it could not be switched on", async () => {
    const order = () => exited("", 1, "Could not enable linger: Interactive authentication required.");
    expect(await rig({ order }).control.act("enable-linger", "")).toMatchObject({
      kind: "failed",
      meaning: expect.stringContaining("password"),
    });
  });

  it("takes no name for an account that could be an option", async () => {
    const { control, orders } = rig({ user: "--all" });
    expect(await control.act("enable-linger", "")).toMatchObject({ kind: "failed" });
    expect(orders).toEqual([]);
  });
});

describe("the last lines", () => {
  const line = (MESSAGE: string) => JSON.stringify({ MESSAGE });
  it("come from the account's journal, or from the machine's where it has none", async () => {
    const own = rig({ journal: () => exited(`${line("one")}\n${line("two")}\n`) });
    expect(await own.control.lastLines("u", 1)).toEqual(["two"]);
    expect(own.asked[0]?.args).toEqual(["--user", "--user-unit=u.service", "--output=json", "--lines=1", "--no-pager", "--quiet"]);
    const machines = rig({ journal: ({ args }) => exited(args.includes("--user") ? "" : `${line("three")}\n`) });
    expect(await machines.control.lastLines("u", 5)).toEqual(["three"]);
  });

  it("are none without a journal, and never more than can be shown", async () => {
    expect(await rig({ journal: () => exited("", 1, "No journal files were found.") }).control.lastLines("u", 5)).toEqual([]);
    const { control, asked } = rig();
    await control.lastLines("u", 1e9);
    expect(asked[0]?.args).toContain("--lines=500");
    const before = asked.length;
    for (const none of [0, -3, Number.NaN]) expect(await control.lastLines("u", none)).toEqual([]);
    expect(asked).toHaveLength(before);
  });

  it("come from the files a unit writes into, where the journal has none", async () => {
    const log = join(home, "u.log");
    writeFileSync(log, "one\n\u001B[31mtwo\u001B[0m\n");
    writeFileSync(join(userFolder, "u.service"), `[Service]\nExecStart=/opt/u\nStandardError=append:${log}\n`);
    const { control } = rig({ before: shows("active", "running", `FragmentPath=${join(userFolder, "u.service")}\n`) });
    expect(await control.lastLines("u", 5)).toEqual(["one", "two"]);
    expect(await control.lastLines("u", 1)).toEqual(["two"]);
  });
});
