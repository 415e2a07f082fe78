import { describe, expect, it } from "vitest";
import type { Effect } from "../model/plan.ts";
import { objectionTo } from "./effect-guard.ts";

const run = (...argv: string[]): Effect => ({ do: "run-command", argv, envNames: [] });
const command = (over: Partial<Extract<Effect, { do: "run-command" }>>): Effect => ({
  do: "run-command",
  argv: ["ls"],
  envNames: [],
  ...over,
});

describe("commands", () => {
  it.each([
    [run("systemctl", "--user", "restart", "pigeon.service")],
    [run("/opt/pigeon/bin/pigeon", "gateway", "restart", "--json")],
    [run("node", "/opt/pigeon/pigeon.mjs", "doctor")],
    [run("docker", "logs", "--tail", "50", "box")],
    [run("ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", "host", "true")],
    [run("node", "--version")],
    [run("/opt/pigeon/bin/go-pigeon", "start")],
    [run("/bin/launchctl", "kickstart", "-k", "gui/501/ai.pigeon.relay")],
    [run("chmod", "600", "/home/sam/a file with 'quotes' and $(touch x)")],
    [run("ls", "--", "-rf", "; rm -rf /", "$(id)", "`id`", "a\nb")],
    [command({ cwd: "/home/sam", envNames: ["PIGEON_HOME"], restarts: "pigeon@2.service", timeoutMs: 5_000 })],
  ])("lets %j through: words are given as they are, never read by a shell", (effect) => {
    expect(objectionTo(effect)).toBeUndefined();
  });

  it.each([
    ["sh", "-c", "id"],
    ["/bin/bash", "-lc", "id"],
    ["/usr/local/bin/zsh"],
    ["SUDO", "id"],
    ["/usr/bin/sudo", "-n", "id"],
    ["doas", "id"],
    ["su", "root"],
    ["pkexec", "id"],
    ["env", "A=b", "id"],
    ["/usr/bin/env", "bash"],
    ["xargs", "rm"],
    ["nohup", "id"],
    ["timeout", "5", "id"],
    ["osascript", "-e", "do shell script"],
    ["open", "-a", "Terminal"],
    ["find", "/", "-exec", "id", ";"],
    ["awk", "BEGIN{system(1)}"],
    ["busybox", "sh"],
    ["systemd-run", "--user", "id"],
    ["crontab", "-"],
    ["launchctl", "submit", "-l", "x", "--", "/bin/id"],
    ["/bin/launchctl", "asuser", "0", "id"],
    ["node", "-e", "process.exit()"],
    ["python3.12", "-c", "print(1)"],
    ["perl", "-e", "1"],
    ["ruby", "relative.rb"],
    ["node", "--eval", "1"],
    ["node", "--version", "-e", "1"],
    ["node24", "-e", "1"],
    ["python3.11-intel64", "-c", "1"],
    ["bash5", "-c", "id"],
    ["/usr/local/bin/zsh-5.9", "-c", "id"],
    ["genv", "sh"],
    ["gtimeout", "5", "id"],
    ["busybox.static", "sh"],
    ["/lib64/ld-linux-x86-64.so.2", "/bin/sh"],
    ["npx", "anything"],
    ["flock", "/tmp/x", "id"],
    ["git", "-c", "alias.x=!id", "x"],
    ["ssh", "-o", "ProxyCommand=id", "host"],
    ["docker", "exec", "box", "id"],
    ["docker", "run", "-v", "/:/host", "box"],
    ["systemctl", "--user", "edit", "pigeon.service"],
    ["systemctl", "poweroff"],
  ])("refuses %s %s", (...argv) => {
    expect(objectionTo(run(...argv))).toMatch(/something else than what is shown|only run a script/);
  });

  it.each([
    ["-rf"],
    [""],
    ["a b"],
    ["./pigeon"],
    ["../pigeon"],
    ["bin/pigeon"],
    ["$(id)"],
    ["`id`"],
    ["a;b"],
    ["/opt/../bin/sh"],
    ["/opt//pigeon"],
    ["/opt/./pigeon"],
    ["/opt/pigeon/"],
    ["/opt/pigeon\n/bin/sh"],
    ["pigeon\u202e"],
  ])("does not take %j for a program", (program) => {
    expect(objectionTo(run(program))).toBeDefined();
  });

  it("refuses what ends a word early and words without end", () => {
    expect(objectionTo(run("ls", "a\0b"))).toMatch(/ends it early/);
    expect(objectionTo(run("ls", "a".repeat(9_000)))).toMatch(/too long/);
    for (const hidden of ["\u202e", "\u200b", "\u001b[2J", "\r"]) expect(objectionTo(run("ls", `a${hidden}b`))).toMatch(/cannot be shown/);
    expect(objectionTo(run("ls", ...Array.from({ length: 300 }, () => "a")))).toMatch(/too long/);
  });

  it.each([
    "PATH",
    "LD_PRELOAD",
    "DYLD_INSERT_LIBRARIES",
    "NODE_OPTIONS",
    "BASH_ENV",
    "SYSTEMD_PAGER",
    "EDITOR",
    "npm_config_script_shell",
    "A=B",
    "-x",
    "a b",
    "",
  ])("passes on no variable %j, which could change what is run", (name) =>
    expect(objectionTo(command({ envNames: ["PIGEON_HOME", name] }))).toMatch(/variable/),
  );

  it("refuses a strange folder, a strange unit and a wait of hours", () => {
    expect(objectionTo(command({ cwd: "relative" }))).toMatch(/absolute/);
    expect(objectionTo(command({ restarts: "-H host" }))).toMatch(/label/);
    expect(objectionTo(command({ timeoutMs: 4_000_000 }))).toMatch(/hour/);
  });
});

describe("service units", () => {
  it.each(["pigeon.service", "ai.pigeon.relay", "pigeon@7.service", "dev-disk\\x2dby.device", "com.example.a_b-c"])(
    "knows the label %s",
    (label) => {
      expect(objectionTo({ do: "service-unit", action: "restart", label })).toBeUndefined();
    },
  );

  it.each(["", "-x", "--host=evil", "a b", "a/b", "../a", "a..b", "$(id)", "a;b", "a\nb", "'a'", "a\0", "ü", "x".repeat(300)])(
    "takes %j for none",
    (label) => expect(objectionTo({ do: "service-unit", action: "restart", label })).toMatch(/label/),
  );
});

const onPath = (path: string): readonly Effect[] => [
  { do: "write-file", path, text: "x" },
  { do: "copy-file", from: "/home/sam/a", to: path },
  { do: "copy-file", from: path, to: "/home/sam/a" },
  { do: "remove-file", path },
  { do: "set-mode", path, mode: 0o600 },
];

describe("files", () => {
  it.each(["/home/sam/.pigeon/config.json", "/home/sam/with space/'q'/\"d\"/$(id)/-rf", "/home/sam/..hidden/ü"])(
    "may be changed at %j",
    (path) => {
      for (const effect of onPath(path)) expect(objectionTo(effect), effect.do).toBeUndefined();
    },
  );

  it.each([
    "",
    "/",
    "relative",
    "~/x",
    "/home/../etc/passwd",
    "/home/./x",
    "/home//x",
    "/home/x/",
    "/home/x\ny",
    "/home/x\0y",
    `/${"x".repeat(5_000)}`,
  ])("may not be changed at %j", (path) => {
    for (const effect of onPath(path)) expect(objectionTo(effect), effect.do).toBeDefined();
  });

  it("get no permissions that let others write or that borrow rights", () => {
    const mode = (bits: number): Effect => ({ do: "set-mode", path: "/home/sam/x", mode: bits });
    expect([0o600, 0o755, 0o640].map((bits) => objectionTo(mode(bits)))).toEqual([undefined, undefined, undefined]);
    expect([0o777, 0o602, 0o4755, -1].map((bits) => objectionTo(mode(bits)))).toEqual(Array(4).fill(expect.stringMatching(/too wide/)));
    expect(objectionTo({ do: "write-file", path: "/home/sam/x", text: "", mode: 0o666 })).toMatch(/too wide/);
  });

  it("are not copied onto themselves, and texts have an end", () => {
    expect(objectionTo({ do: "copy-file", from: "/a/b", to: "/a/b" })).toMatch(/itself/);
    expect(objectionTo({ do: "write-file", path: "/a/b", text: "x".repeat(4_194_305) })).toMatch(/too long/);
  });
});

describe("the rest", () => {
  it.each(["http://127.0.0.1:18789/", "https://example.org/a?b=c#d", "x-apple.systempreferences:com.apple.LoginItems-Settings.extension"])(
    "opens %s",
    (url) => expect(objectionTo({ do: "open-url", url })).toBeUndefined(),
  );

  it.each([
    "file:///etc/passwd",
    "javascript:alert(1)",
    "ssh://x",
    "http://user:pw@host/",
    "http://a b",
    "https://x/'\"",
    "x-apple.systempreferences:a b",
    "-x",
    "",
  ])("does not open %j", (url) => expect(objectionTo({ do: "open-url", url })).toMatch(/address/));

  it("ends only a process that is named in full", () => {
    const end = (pid: number, startedMs: number, name: string): Effect => ({ do: "end-process", pid, startedMs, name });
    expect(objectionTo(end(4_711, 1, "pigeon"))).toBeUndefined();
    expect([end(0, 1, "x"), end(1, 1, "x"), end(-1, 1, "x"), end(9, 0, "x"), end(9, 1, " ")].map(objectionTo)).toEqual(
      Array(5).fill("it does not say which process"),
    );
  });

  it("waits for a time that ends", () => {
    const wait = (forMs: number): Effect => ({ do: "wait", reason: "r", forMs });
    expect(objectionTo(wait(20_000))).toBeUndefined();
    expect([wait(0), wait(-1), wait(Number.NaN), wait(4_000_000)].map(objectionTo)).toEqual(Array(4).fill(expect.stringMatching(/wait/)));
    expect(objectionTo({ do: "recheck", check: "port" })).toBeUndefined();
    expect(objectionTo({ do: "ask-person", instruction: "Look." })).toBeUndefined();
  });
});
