import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { systemClock } from "../../main/adapters/clock/system-clock.ts";
import { execaCommandRunner } from "../../main/adapters/command-runner/execa.ts";
import { macosProcesses } from "../../main/adapters/machine/macos-processes.ts";
import { macosTcpPorts } from "../../main/adapters/machine/macos-tcp-ports.ts";
import { securityCli } from "../../main/adapters/secret-store/security-cli.ts";
import { parsePlist } from "../../main/adapters/service-manager/plist-file.ts";
import type { CommandRunner } from "../../main/core/ports/command-runner.ts";
import { fakeLaunchd, launchdJobs, plistText } from "../support/launchd-rig.ts";

const home = mkdtempSync(join(tmpdir(), "lamplighter-mac-tools-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const { bin } = fakeLaunchd(home);
const own = execaCommandRunner({ variables: { PATH: `${bin}:${process.env["PATH"]}`, HOME: home } });
/** Apple's tools by their absolute paths, answered by those that come first on PATH. */
const commands: CommandRunner = {
  ...own,
  run: (request) => own.run({ ...request, file: request.file.replace(/^\/usr\/s?bin\/(?=security$|lsof$|plutil$)/, "") }),
};

describe("the Keychain's own tool", { timeout: 30_000 }, () => {
  const item = { service: "stack-gateway", account: "default" };
  const read = (state: Readonly<Record<string, unknown>>, timeoutMs?: number) => {
    writeFileSync(join(home, ".fake-keychain.json"), JSON.stringify(state));
    return securityCli(commands, timeoutMs).read(item);
  };
  const items = { "stack-gateway/default": "pass wörd\n2" };

  it("gives the value, also where it prints it in hexadecimal", async () => {
    expect(await read({ items })).toEqual({ kind: "found", value: "pass wörd\n2" });
    expect(await read({ items, mode: "hex" })).toEqual({ kind: "found", value: "pass wörd\n2" });
  });

  it("knows an item that is missing from a Keychain that is locked without a word", async () => {
    expect(await read({ items: {} })).toMatchObject({ kind: "missing" });
    expect(await read({ items, mode: "silent" })).toMatchObject({ kind: "locked" });
    expect(await read({ items, mode: "denied" })).toMatchObject({ kind: "denied" });
  });

  it("is ended when its dialog is not answered", async () => {
    expect(await read({ items, mode: "hang" }, 700)).toMatchObject({ kind: "timed-out" });
  });
});

describe("lsof on macOS", { timeout: 30_000 }, () => {
  const ports = macosTcpPorts({ clock: systemClock, commands, processes: macosProcesses({ commands }) });
  const listener = { pid: 4711, command: "node", uid: 501, login: "sam", type: "IPv4" };

  it("tells who listens on a port, and that nobody does", async () => {
    const both = [
      { ...listener, name: "127.0.0.1:18080" },
      { ...listener, type: "IPv6", name: "[::1]:18080" },
      { ...listener, pid: 4712, name: "*:18081" },
    ];
    writeFileSync(join(home, ".fake-lsof.json"), JSON.stringify(both));
    expect(await ports.listeners(18_080)).toMatchObject([
      { pid: 4711, address: "127.0.0.1", port: 18_080 },
      { pid: 4711, address: "::1", port: 18_080 },
    ]);
    expect(await ports.listeners(18_081)).toMatchObject([{ pid: 4712, address: "0.0.0.0" }]);
    expect(await ports.listeners(18_082)).toEqual([]);
  });
});

describe("plutil and our own reading", { timeout: 30_000 }, () => {
  it.each([
    ["a whole definition", plistText({ Label: "a", Program: "/bin/ls" }), true],
    ["a key without a value", "<plist><dict><key>Label</key></dict></plist>", false],
    ["a value without a key", "<plist><dict><string>Label</string></dict></plist>", false],
    ["nothing but words", "hello there, this is none", false],
  ])("agree about %s", async (name, text, isGood) => {
    const path = join(home, `${name} $(touch x).plist`);
    writeFileSync(path, text);
    const lint = await commands.run({ file: "/usr/bin/plutil", args: ["-lint", path], timeoutMs: 10_000 });
    expect(lint).toMatchObject({ kind: "exited", exitCode: isGood ? 0 : 1 });
    expect(parsePlist(new TextEncoder().encode(text)).kind).toBe(isGood ? "plist" : "faulty");
  });
});

describe("the stand-in for launchd", { timeout: 60_000 }, () => {
  const launchd = fakeLaunchd(home);
  const jobs = launchdJobs({ home, uid: 501, launchctl: launchd.run });
  const call = async (...args: readonly string[]) => {
    const outcome = await commands.run({ file: "launchctl", args, timeoutMs: 10_000 });
    return outcome.kind === "exited" ? [outcome.exitCode, outcome.stderr] : [outcome.kind];
  };
  const load = (label: string) => call("bootstrap", "gui/501", jobs.pathOf(label));
  const lasting = (kind: string) => jobs.load(kind, "while :; do sleep 5; done", { RunAtLoad: true, ThrottleInterval: 1 });

  it("keeps a label while its process ends, and refuses it until then", async () => {
    const label = await lasting("draining");
    launchd.set({ exitTimeoutMs: 60_000 });
    expect(await call("bootout", `gui/501/${label}`)).toEqual([0, ""]);
    expect((await call("print", `gui/501/${label}`))[0]).toBe(0);
    expect(await load(label)).toEqual([5, expect.stringContaining("5: Input/output error")]);
    expect(await call("bootout", `gui/501/${label}`)).toEqual([36, expect.stringContaining("in progress")]);
    launchd.set({ root: true });
    expect(await load(label)).toEqual([37, expect.stringContaining("already in progress")]);
    launchd.set({ root: false, exitTimeoutMs: 0 });
  });

  it("refuses a disabled label with 5, and tells root that it is 119", async () => {
    const label = jobs.define("off", "exit 0", {});
    await call("disable", `gui/501/${label}`);
    expect((await load(label))[0]).toBe(5);
    launchd.set({ root: true });
    expect((await load(label))[0]).toBe(119);
    launchd.set({ root: false });
  });

  it("kills a program that changed since it was loaded, when it is only kicked", async () => {
    const program = join(home, "program");
    writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
    const label = await jobs.load("identity", "", { ProgramArguments: [program], RunAtLoad: true, KeepAlive: true });
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(program, "#!/bin/sh\n# newer\n");
    await call("kickstart", "-k", `gui/501/${label}`);
    const printed = await commands.run({ file: "launchctl", args: ["print", `gui/501/${label}`], timeoutMs: 10_000 });
    expect(printed).toMatchObject({ stdout: expect.stringContaining("OS_REASON_CODESIGNING") });
  });

  it("knows nothing of a label that is not loaded, and nothing at all without a desktop", async () => {
    expect(await call("bootout", "gui/501/org.example.none")).toEqual([3, expect.stringContaining("No such process")]);
    expect((await call("kickstart", "gui/501/org.example.none"))[0]).toBe(113);
    expect((await call("kickstart", "system/org.example.none"))[0]).toBe(1);
    launchd.set({ gui: false });
    expect((await call("kickstart", "gui/501/org.example.none"))[0]).toBe(125);
    launchd.set({ gui: true });
  });

  it("loses nothing when many change it at once", async () => {
    const labels = Array.from({ length: 6 }, (_, index) => jobs.define(`crowd-${index}`, "exit 0", {}));
    await Promise.all(labels.map(load));
    for (const label of labels) expect((await call("print", `gui/501/${label}`))[0]).toBe(0);
  });
});
