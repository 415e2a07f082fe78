import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { execaCommandRunner } from "./execa.ts";
import { readProcessTable } from "./process-table.ts";
import { commandRunnerSuite } from "./suite.ts";

const node = process.execPath;
const script = (source: string, ...args: string[]) => ({ file: node, args: ["-e", source, ...args], timeoutMs: 10_000 });
const runner = execaCommandRunner();
const lives = async (pid: number) => (await readProcessTable()).some((row) => row.pid === pid);

commandRunnerSuite("execa", () => ({
  runner: execaCommandRunner({ variables: { ...process.env, PATH: `${dirname(node)}:${process.env["PATH"]}` } }),
  talks: script("console.log('out'); console.error('err'); process.exitCode = 3"),
  floods: script("process.stdout.write('x'.repeat(5000))"),
  lasts: script("setTimeout(() => {}, 60_000)"),
  installed: basename(node),
}));

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lamplighter-run-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("ending a process tree", { timeout: 20_000 }, () => {
  /** A child that ignores SIGTERM and starts a grandchild which does too; `detached` puts the grandchild in its own session. */
  const stubbornFamily = (pidFile: string, detached: boolean) => `
    process.on("SIGTERM", () => {});
    const { spawn } = require("node:child_process");
    const source = 'process.on("SIGTERM", () => {}); process.send?.("up"); setInterval(() => {}, 1000)';
    const grandchild = spawn(process.execPath, ["-e", source], { detached: ${detached}, stdio: ["ignore", "inherit", "inherit", "ipc"] });
    grandchild.on("message", () => require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, process.pid + " " + grandchild.pid));
    setInterval(() => {}, 1000);`;

  for (const detached of [false, true]) {
    it(`kills a grandchild that ignores SIGTERM${detached ? " in a session of its own" : ""} before the call returns`, async () => {
      const pidFile = join(root, "pids");
      const cancel = new AbortController();
      const pending = runner.run({ ...script(stubbornFamily(pidFile, detached)), signal: cancel.signal });
      while (!existsSync(pidFile)) await wait(20);
      const pids = readFileSync(pidFile, "utf8").split(" ").map(Number);
      expect(await Promise.all(pids.map(lives))).toEqual([true, true]);
      cancel.abort();
      const began = performance.now();
      expect(await pending).toMatchObject({ kind: "cancelled" });
      expect(performance.now() - began).toBeLessThan(2000);
      expect(await Promise.all(pids.map(lives))).toEqual([false, false]);
    });
  }

  it("ends a frozen program", async () => {
    const outcome = await runner.run({ ...script("process.kill(process.pid, 'SIGSTOP')"), timeoutMs: 400 });
    expect(outcome.kind).toBe("timed-out");
  });

  it("lets a program that handles SIGTERM say its last words", async () => {
    const source = "process.on('SIGTERM', () => { console.log('bye'); process.exit() }); console.log('up'); setInterval(() => {}, 1000)";
    expect(await runner.run({ ...script(source), timeoutMs: 600 })).toMatchObject({ kind: "timed-out", stdout: "up\nbye\n" });
  });

  it("returns soon after the program ends, although a child it left behind keeps the output open", async () => {
    const source = `const { spawn } = require("node:child_process");
      const left = spawn(process.execPath, ["-e", "setTimeout(() => {}, 30000)"], { stdio: "inherit" });
      console.log(left.pid); left.unref();`;
    const began = performance.now();
    const outcome = await runner.run(script(source));
    expect(outcome).toMatchObject({ kind: "exited", exitCode: 0 });
    expect(performance.now() - began).toBeLessThan(5000);
    // What a program leaves running on purpose is not ours to end.
    const left = "stdout" in outcome ? Number(outcome.stdout) : 0;
    expect(await lives(left)).toBe(true);
    process.kill(left, "SIGKILL");
  });

  it("names the signal that killed a program", async () => {
    expect(await runner.run(script("process.kill(process.pid, 'SIGKILL')"))).toMatchObject({ kind: "killed", signal: "SIGKILL" });
  });

  it("takes an endless time-out for a long one", async () => {
    expect(await runner.run({ ...script("console.log(1)"), timeoutMs: Number.POSITIVE_INFINITY })).toMatchObject({ kind: "exited" });
  });
});

describe("what a program gets", { timeout: 20_000 }, () => {
  const show = "process.stdout.write(JSON.stringify({ env: process.env, argv: process.argv.slice(1), cwd: process.cwd() }))";
  const shown = async (request: Parameters<typeof runner.run>[0], from = runner) => {
    const outcome = await from.run(request);
    return JSON.parse("stdout" in outcome ? outcome.stdout : "null");
  };

  it("passes arguments on untouched by any shell", async () => {
    const args = ["$HOME", "`id`", "a b", "*", "; rm -rf /", '"', ""];
    expect((await shown(script(show, "--", ...args))).argv).toEqual(args);
  });

  it("runs with a minimal environment plus what the request adds", async () => {
    const careful = execaCommandRunner({ variables: { PATH: "/bin", HOME: "/home/sam", API_TOKEN: "canary-own" } });
    const { env } = await shown({ ...script(show), env: { EXTRA: "1" } }, careful);
    expect(env).toEqual({ PATH: "/bin", HOME: "/home/sam", EXTRA: "1" });
  });

  it("runs in the folder asked for, and answers with a value when that is missing", async () => {
    expect((await shown({ ...script(show), cwd: root })).cwd).toBe(root);
    const outcome = await runner.run({ ...script(show), cwd: join(root, "absent") });
    expect(outcome).toMatchObject({ kind: "not-executable", reason: expect.stringContaining("absent") });
  });

  it("gives stdin, and an end of file where none is given", async () => {
    const echo = script("process.stdin.pipe(process.stdout)");
    expect(await runner.run({ ...echo, stdin: "line\nüber" })).toMatchObject({ stdout: "line\nüber" });
    expect(await runner.run(echo)).toMatchObject({ kind: "exited", stdout: "" });
  });

  it("does not mind a program that never reads its input", async () => {
    const outcome = await runner.run({ ...script("process.stdin.destroy(); process.exitCode = 4"), stdin: "x".repeat(4_000_000) });
    expect(outcome).toMatchObject({ kind: "exited", exitCode: 4 });
  });
});

describe("what cannot be started", () => {
  it("tells a file without execute bit and a folder from a missing one", async () => {
    const plain = join(root, "plain");
    writeFileSync(plain, "#!/bin/sh\n");
    expect(await runner.run({ file: plain, args: [], timeoutMs: 1000 })).toMatchObject({ kind: "not-executable" });
    expect(await runner.run({ file: root, args: [], timeoutMs: 1000 })).toMatchObject({ kind: "not-executable" });
  });

  it("answers with a value when the interpreter of a script is gone", async () => {
    const orphan = join(root, "orphan");
    writeFileSync(orphan, "#!/nowhere/interpreter\n");
    chmodSync(orphan, 0o755);
    expect(await runner.run({ file: orphan, args: [], timeoutMs: 1000 })).toMatchObject({ kind: "not-executable" });
  });
});

describe("secrets", { timeout: 20_000 }, () => {
  const canary = "canary-7f3a-secret";

  it("appear in no argv, neither the program's nor ours, when given through environment or stdin", async () => {
    const source = "setTimeout(() => {}, 300)";
    const pending = runner.run({ ...script(source), env: { TOKEN: canary }, stdin: canary });
    await wait(150);
    const { execFileSync } = await import("node:child_process");
    expect(execFileSync("ps", ["-A", "-ww", "-o", "args="], { encoding: "utf8" })).not.toContain(canary);
    await pending;
  });

  it("stay out of the reasons of failures", async () => {
    const hostile = [
      { file: "lamplighter-no-such-program", args: [canary], env: { TOKEN: canary }, stdin: canary },
      { file: node, args: [`${canary}\0`] },
      { file: node, args: [], env: { TOKEN: `${canary}\0` } },
      { file: node, args: ["x".repeat(4 << 20), canary] },
      { file: node, args: [], env: { "BAD=NAME": canary, ok: `\0${canary}` } },
    ];
    for (const request of hostile) {
      const outcome = await runner.run({ timeoutMs: 1000, ...request });
      expect(["not-found", "not-executable"]).toContain(outcome.kind);
      expect(JSON.stringify(outcome)).not.toContain(canary);
    }
  });
});

describe("hostile output", { timeout: 30_000 }, () => {
  it("survives a gigabyte on both streams in little memory", async () => {
    const source =
      "const c = Buffer.alloc(1 << 20, 120); let n = 0; const go = () => { while (n++ < 512) { process.stderr.write(c); if (!process.stdout.write(c)) return process.stdout.once('drain', go) } }; go()";
    const before = process.memoryUsage().rss;
    const outcome = await runner.run({ ...script(source), timeoutMs: 60_000, maxBytes: 10_000 });
    expect(outcome).toMatchObject({ kind: "exited", truncated: true });
    expect(outcome).toHaveProperty("stdout.length", 10_000);
    expect(outcome).toHaveProperty("stderr.length", 10_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 << 20);
  }, 90_000);

  it("ends output without end at the time-out", async () => {
    const source = "const go = () => { while (process.stdout.write('y\\n'.repeat(30000))); process.stdout.once('drain', go) }; go()";
    const outcome = await runner.run({ ...script(source), timeoutMs: 500, maxBytes: 100 });
    expect(outcome).toMatchObject({ kind: "timed-out", stdout: "y\n".repeat(50) });
  });

  it("turns binary output into text without failing", async () => {
    const outcome = await runner.run(script("process.stdout.write(Buffer.from([0xff, 0xfe, 0, 0x41]))"));
    expect(outcome).toMatchObject({ kind: "exited", stdout: "\uFFFD\uFFFD\u0000A" });
  });

  it("leaves no listeners and no children behind after many runs", async () => {
    await Promise.all(Array.from({ length: 10 }, () => runner.run({ file: "true", args: [], timeoutMs: 5000 })));
    const before = process.listenerCount("exit");
    await Promise.all(Array.from({ length: 30 }, () => runner.run({ file: "true", args: [], timeoutMs: 5000 })));
    expect(process.listenerCount("exit")).toBeLessThanOrEqual(before);
    expect((await readProcessTable()).filter((row) => row.parent === process.pid && row.group === row.pid)).toEqual([]);
  });
});
