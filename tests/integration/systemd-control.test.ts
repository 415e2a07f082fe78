import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../main/adapters/clock/system-clock.ts";
import { execaCommandRunner } from "../../main/adapters/command-runner/execa.ts";
import { nodeFiles } from "../../main/adapters/files/node-files.ts";
import { ownEnvironment } from "../../main/adapters/machine/environment.ts";
import { ownMachine } from "../../main/adapters/machine/index.ts";
import { serviceControlSuite } from "../../main/adapters/service-manager/control-suite.ts";
import { systemdServiceManager } from "../../main/adapters/service-manager/systemd.ts";
import { systemdServiceControl } from "../../main/adapters/service-manager/systemd-control.ts";
import { lineageOf, proveInterloper } from "../../main/core/engine/interloper.ts";
import type { CommandRunner } from "../../main/core/ports/command-runner.ts";
import type { ServiceControl } from "../../main/core/ports/service-control.ts";
import type { ServiceManager, ServiceReading } from "../../main/core/ports/service-manager.ts";
import { startUserSystemd, type UserSystemd, whyNoUserSystemd, writeUnit } from "../support/user-systemd.ts";

/** Needs root, systemd and dbus-user-session; elsewhere there is no manager to talk to. */
describe.runIf(whyNoUserSystemd() === null)(
  "acting through a real user manager (needs a user service manager)",
  { timeout: 40_000 },
  () => {
    let systemd: UserSystemd;
    let control: ServiceControl;
    let manager: ServiceManager;
    /** Seen from outside of the manager's name space, systemctl switches units on and off without telling the manager. */
    const inside = (commands: CommandRunner): CommandRunner => ({
      ...commands,
      run: ({ file, args, ...request }) => {
        const [enter = file, ...words] = systemd.prefix;
        return commands.run({ ...request, file: enter, args: [...words, file, ...args] });
      },
    });
    const reachedWith = (variables: Readonly<Record<string, string | undefined>>) => ({
      commands: inside(execaCommandRunner({ variables: { PATH: process.env["PATH"], ...variables } })),
      environment: { ...ownEnvironment(), home: systemd.home, variable: (name: string) => variables[name] },
      files: nodeFiles,
      clock: systemClock,
    });
    const until = async (name: string, wanted: (reading: ServiceReading) => boolean): Promise<ServiceReading> => {
      await expect.poll(async () => wanted(await manager.read(name)), { timeout: 15_000, interval: 50 }).toBe(true);
      return manager.read(name);
    };
    const pidOf = async (name: string) => {
      const reading = await manager.read(name);
      return reading.kind === "loaded" ? reading.pid : undefined;
    };

    beforeAll(async () => {
      systemd = await startUserSystemd();
      manager = systemdServiceManager(reachedWith(systemd.env));
      control = systemdServiceControl(reachedWith(systemd.env));
    }, 30_000);
    afterAll(() => systemd?.stop(), 20_000);

    const nowhere = { XDG_RUNTIME_DIR: "/nowhere", DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere/bus" };
    const ran: (readonly string[])[] = [];
    /** Remembers what is run, but for what only reads. */
    const remembering = (commands: CommandRunner): CommandRunner => ({
      ...commands,
      run: (request) => {
        const reads = request.file === "journalctl" || request.args.some((word) => word === "show" || word === "show-user");
        if (!reads) ran.push([request.file, ...request.args]);
        return commands.run(request);
      },
    });
    let made = 0;
    const lasting = ["ExecStart=/bin/sh -c 'exec sleep 600'", "Restart=always", "RestartSec=100ms"];
    const unit = async (service: readonly string[], start: boolean) => {
      const name = `suite${made++}.service`;
      writeUnit(systemd, name, service);
      systemd.systemctl("enable", name);
      if (start) systemd.systemctl("start", name);
      return name;
    };
    const lastWords = "lamp: the last words";

    serviceControlSuite("systemctl --user", () => {
      const reached = reachedWith(systemd.env);
      return {
        control: systemdServiceControl({ ...reached, commands: remembering(reached.commands), settleMs: 400 }),
        manager,
        running: () => unit(lasting, true),
        stopped: () => unit(lasting, false),
        unloaded: async () => {
          const name = `suite${made++}.service`;
          writeFileSync(join(systemd.unitDir, name), `[Service]\n${lasting.join("\n")}\n`);
          return name;
        },
        failing: () =>
          unit([`ExecStart=/bin/sh -c 'echo "${lastWords}" >&2; exit 3'`, `StandardError=append:${systemd.home}/words.log`], false),
        lastWords,
        redefine: async (label, word) =>
          writeFileSync(join(systemd.unitDir, label), `[Service]\nExecStart=/bin/sh -c 'exec sleep 600' ${word}\n`),
        ran: () => ran,
        unreachable: systemdServiceControl(reachedWith(nowhere)),
      };
    });

    it("starts, restarts and stops a unit", async () => {
      writeUnit(systemd, "lamp.service", ["ExecStart=/bin/sleep 600"]);
      const started = await control.act("start", "lamp");
      expect(started).toMatchObject({ kind: "done", pid: await pidOf("lamp") });
      expect(await control.act("start", "lamp")).toMatchObject({ kind: "already" });
      const restarted = await control.act("restart", "lamp");
      expect(restarted).toMatchObject({ kind: "done", pid: await pidOf("lamp") });
      expect(restarted).not.toEqual(started);
      expect(await control.act("stop", "lamp")).toMatchObject({ kind: "done" });
      expect(await manager.read("lamp")).toMatchObject({ state: "stopped" });
      expect(await control.act("stop", "lamp")).toMatchObject({ kind: "already" });
    });

    it("brings back a unit on which systemd gave up, once its fault is mended", async () => {
      const fault = join(systemd.home, "fault");
      writeFileSync(fault, "");
      writeUnit(
        systemd,
        "gave-up.service",
        [`ExecStart=/bin/sh -c "test -e ${fault} && exit 3; exec sleep 600"`, "Restart=always", "RestartSec=20ms"],
        ["StartLimitBurst=3", "StartLimitIntervalSec=600"],
      );
      expect(await control.act("start", "gave-up")).toMatchObject({ kind: "failed", meaning: expect.stringContaining("exit code 3") });
      expect(await until("gave-up", (each) => each.kind === "loaded" && each.state === "failed")).toMatchObject({ gaveUp: true });
      // Without clearing the failures, systemd refuses even what would work now.
      rmSync(fault);
      expect(systemd.run("systemctl", ["--user", "start", "gave-up.service"]).exitCode).not.toBe(0);
      expect(await control.commands("start", "gave-up")).toHaveLength(2);
      expect(await control.act("start", "gave-up")).toMatchObject({ kind: "done", pid: expect.any(Number) });
    });

    it("clears failures without starting anything", async () => {
      writeUnit(systemd, "cleared.service", ['ExecStart=/bin/sh -c "exit 4"']);
      expect(await control.act("start", "cleared")).toMatchObject({ kind: "failed", meaning: expect.stringContaining("exit code 4") });
      expect(await control.act("reset-failed", "cleared")).toMatchObject({ kind: "done" });
      expect(await manager.read("cleared")).toMatchObject({ state: "stopped" });
      expect(await control.act("reset-failed", "cleared")).toMatchObject({ kind: "already" });
    });

    it("does not call a crash loop started, although it runs for a moment each time", async () => {
      writeUnit(
        systemd,
        "loop.service",
        ['ExecStart=/bin/sh -c "sleep 0.3; exit 5"', "Restart=always", "RestartSec=100ms"],
        ["StartLimitIntervalSec=0"],
      );
      const acted = await control.act("start", "loop");
      expect(acted).toMatchObject({ kind: "failed", meaning: expect.stringContaining("ended again at once") });
      expect(await control.act("stop", "loop")).toMatchObject({ kind: "done" });
    });

    it("takes up a changed definition only when asked to", async () => {
      const path = writeUnit(systemd, "edited.service", ["ExecStart=/bin/sleep 600"]);
      await control.act("start", "edited");
      // Times of files are compared to the second in some releases.
      await new Promise((resolve) => setTimeout(resolve, 1100));
      writeFileSync(path, "[Service]\nExecStart=/bin/sleep 601\n");
      expect(await manager.read("edited")).toMatchObject({ needsReload: true });
      const before = await pidOf("edited");
      expect(await control.act("read-definitions", "edited")).toMatchObject({ kind: "done" });
      expect(await manager.read("edited")).toMatchObject({ needsReload: false, pid: before });
      expect(await control.act("reload", "edited")).toMatchObject({ kind: "done" });
      expect(await manager.read("edited")).toMatchObject({ argv: ["/bin/sleep", "601"], state: "running" });
      expect(await pidOf("edited")).not.toBe(before);
    });

    it("loads a definition that nobody asked systemd about yet", async () => {
      writeFileSync(join(systemd.unitDir, "new.service"), "[Service]\nExecStart=/bin/sleep 600\n");
      expect(await control.act("load", "new")).toMatchObject({ kind: "done", pid: expect.any(Number) });
      expect(await control.act("load", "new")).toMatchObject({ kind: "already" });
    });

    it("switches a unit on and off", async () => {
      writeUnit(systemd, "switched.service", ["ExecStart=/bin/sleep 600"]);
      expect(await control.act("enable", "switched")).toMatchObject({ kind: "done" });
      expect(await control.act("enable", "switched")).toMatchObject({ kind: "already" });
      expect(await manager.read("switched")).toMatchObject({ enabled: true });
      expect(await control.act("disable", "switched")).toMatchObject({ kind: "done" });
      expect(await manager.read("switched")).toMatchObject({ enabled: false });
      writeFileSync(join(systemd.unitDir, "static.service"), "[Service]\nExecStart=/bin/sleep 600\n");
      expect(await control.act("enable", "static")).toMatchObject({ kind: "failed", meaning: expect.stringContaining("[Install]") });
    });

    it.each([
      ["missing", ["ExecStart=/nowhere/program"], /exit code 203 \(its program cannot be executed\)/],
      ["folder", ["ExecStart=/bin/sleep 600", "WorkingDirectory=/nowhere"], /exit code 200 \(its working directory cannot be entered\)/],
      ["clean", ["ExecStart=/bin/true"], /exit code 0/],
      ["refused", ["ExecStart=relative/path"], /refuses|setting/],
    ])("says why a unit does not start: %s", async (name, service, meaning) => {
      writeUnit(systemd, `${name}.service`, service);
      expect(await control.act("start", name)).toMatchObject({ kind: "failed", meaning: expect.stringMatching(meaning) });
    });

    it("takes a unit that does one thing and ends for done", async () => {
      writeUnit(systemd, "once.service", ["Type=oneshot", "ExecStart=/bin/true"]);
      expect(await control.act("start", "once")).toMatchObject({ kind: "done" });
    });

    it("calls a stopped program stopped, although systemd calls it failed", async () => {
      writeUnit(systemd, "odd.service", [`ExecStart=/bin/sh -c "trap 'exit 143' TERM; while :; do sleep 0.1; done"`]);
      expect(await control.act("start", "odd")).toMatchObject({ kind: "done" });
      expect(await control.act("stop", "odd")).toMatchObject({ kind: "done", detail: expect.stringContaining("143") });
    });

    it("leaves a masked unit alone", async () => {
      systemd.systemctl("mask", "masked.service");
      expect(await control.act("start", "masked")).toMatchObject({ kind: "failed", meaning: expect.stringContaining("masked") });
    });

    it("stops waiting when it is told to, and leaves systemd in peace", async () => {
      writeUnit(systemd, "slow.service", ["Type=notify", "ExecStart=/bin/sleep 600", "TimeoutStartSec=300"]);
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 700);
      expect(await control.act("start", "slow", { signal: stop.signal })).toMatchObject({ kind: "cancelled" });
      expect(await control.act("stop", "slow")).toMatchObject({ kind: "done" });
    });

    it("gives up on an order in bounded time", async () => {
      const hasty = systemdServiceControl({ ...reachedWith(systemd.env), orderMs: 1500 });
      writeUnit(systemd, "slower.service", ["Type=notify", "ExecStart=/bin/sleep 600", "TimeoutStartSec=300"]);
      expect(await hasty.act("start", "slower")).toMatchObject({ kind: "timed-out" });
      await control.act("stop", "slower");
    });

    it("counts a listener to its unit although its parent is gone, and tells a stranger from it", async () => {
      const listen =
        "require('node:net').createServer().listen(0, '127.0.0.1', function () { require('node:fs').writeFileSync(process.argv[1], String(this.address().port)); })";
      const file = (name: string) => join(systemd.home, `${name}.port`);
      const program = (name: string) => `'${process.execPath}' -e "${listen}" ${file(name)}`;
      writeFileSync(join(systemd.home, "orphan.sh"), `(setsid ${program("orphan")} &)\nexec sleep 600\n`);
      writeUnit(systemd, "holder.service", [`ExecStart=/bin/sh ${join(systemd.home, "orphan.sh")}`]);
      const started = await control.act("start", "holder");
      const stray = spawn(process.execPath, ["-e", listen, file("stray")], { stdio: "ignore" });
      onTestFinished(() => void stray.kill());
      const { tcp, processes, environment } = ownMachine(execaCommandRunner(), systemClock);
      const proofOf = async (name: string) => {
        await expect.poll(() => existsSync(file(name)) && readFileSync(file(name), "utf8") !== "", { timeout: 10_000 }).toBe(true);
        const [listener] = await tcp.listeners(Number(readFileSync(file(name), "utf8")));
        if (listener?.pid === undefined) throw new Error("Nobody listens.");
        const unitPid = "pid" in started ? (started.pid ?? 0) : 0;
        const tree = [...(await lineageOf(listener.pid, processes)), ...(await lineageOf(unitPid, processes))];
        const { user } = environment;
        return proveInterloper(listener, {
          unitLabel: "holder.service",
          unitKnown: true,
          unitPid,
          unitProcessTree: tree,
          user,
          ownPid: process.pid,
        });
      };
      expect(await proofOf("orphan")).toMatchObject({
        kind: "own",
        reasons: [expect.stringContaining("systemd counts it to holder.service")],
      });
      expect(await proofOf("stray")).toMatchObject({ kind: "stranger", mayEnd: true, process: { pid: stray.pid } });
    });

    it("blames no unit when no manager can be asked", async () => {
      const nowhere = { XDG_RUNTIME_DIR: "/nowhere", DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere/bus" };
      const unreachable = systemdServiceControl(reachedWith(nowhere));
      expect(await unreachable.act("restart", "lamp")).toMatchObject({
        kind: "failed",
        meaning: expect.stringContaining("no failure of the unit"),
      });
    });
  },
);
