import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { Snapshot } from "../../main/core/model/snapshot.ts";
import { type RunningCli, runCliProcess, startCli, throwAwayHome } from "../support/cli-process.ts";
import { callHttp, openPage } from "../support/http-caller.ts";

const { home, env, remove } = throwAwayHome();
const started: RunningCli[] = [];
afterEach(async () => {
  for (const cli of started) cli.child.kill("SIGKILL");
  await Promise.all(started.splice(0).map((cli) => cli.done));
});
afterAll(remove);

function start(...argv: readonly string[]): RunningCli {
  const cli = startCli(argv, env);
  started.push(cli);
  return cli;
}
async function until(holds: () => boolean, what: () => string): Promise<void> {
  for (let i = 0; i < 1_500; i += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never happened; so far: ${what()}`);
}
const urlIn = (text: string): string => /http:\/\/127\.0\.0\.1:\d+\/open\?once=\w+/.exec(text)?.[0] ?? "";

describe("the program", () => {
  it("answers with the codes that it promises", async () => {
    expect(await runCliProcess(["--version"], env)).toMatchObject({ code: 0, out: expect.stringMatching(/^lamplighter \d+\.\d+\.\d+\n$/) });
    expect(await runCliProcess(["stauts"], env)).toMatchObject({
      code: 3,
      out: "",
      errors: expect.stringContaining("Did you mean status?"),
    });
    expect(await runCliProcess(["explain"], env, "the quick brown fox\n")).toMatchObject({ code: 3 });
  });

  it("looks at a machine without stacks quickly, and finds them grey", async () => {
    const before = performance.now();
    const { code, out } = await runCliProcess(["status", "--json"], env);
    expect(performance.now() - before).toBeLessThan(4_000);
    expect(Snapshot.parse(JSON.parse(out)).light).toBe("grey");
    expect(code).toBe(3);
  });

  it("changes nothing where it looks", async () => {
    await runCliProcess(["status"], env);
    expect(readdirSync(home)).toEqual([]);
  });

  it("colours only where it was asked to", async () => {
    expect((await runCliProcess(["help"], env)).out).not.toContain("\u001b");
    expect((await runCliProcess(["help"], { ...env, FORCE_COLOR: "1" })).out).toContain("\u001b[1m");
  });

  it("takes a reader that goes away as a reason to end, without a word", async () => {
    const cli = start("symptoms");
    cli.child.stdout?.destroy();
    const { errors, signal } = await cli.done;
    expect([errors, signal]).toEqual(["", null]);
  });

  it("explains the end of a stream of many megabytes", async () => {
    const { code, errors } = await runCliProcess(["explain", "-"], env, "filler of a log\n".repeat(500_000));
    expect(code).toBe(3);
    expect(errors).toBe("Only the last 1 MiB were looked at.\n");
  });
});

describe("watch", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("ends cleanly on %s with the code of its light", async (signal) => {
    const cli = start("watch");
    await until(() => cli.out().includes("checked at"), cli.out);
    cli.child.kill(signal);
    expect(await cli.done).toMatchObject({ code: 3, signal: null, errors: "" });
  });
});

describe("serve", () => {
  it("can be found again, leaves no file behind, and hands its token to nobody", async () => {
    const cli = start("serve");
    await until(() => cli.out().includes("Ctrl-C"), cli.out);
    const file = join(home, "lamplighter", "run", "serve.json");
    const { token, port, pid } = JSON.parse(readFileSync(file, "utf8"));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(pid).toBe(cli.child.pid);

    const second = await runCliProcess(["serve"], env);
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining(`serving already (process ${pid})`) });
    expect((await openPage(urlIn(second.out))).port).toBe(port);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    expect((await callHttp(port, { method: "POST", path: "/rpc/getSnapshot", headers })).code).toBe(200);
    // macOS has no such file; what a process was started with is the same everywhere.
    if (existsSync("/proc")) expect(readFileSync(`/proc/${pid}/cmdline`, "utf8")).not.toContain(token);

    const ending = performance.now();
    cli.child.kill("SIGTERM");
    const { code, out, errors } = await cli.done;
    expect(performance.now() - ending).toBeLessThan(3_000);
    expect([code, errors]).toEqual([0, ""]);
    expect(out + second.out).not.toContain(token);
    expect(existsSync(file)).toBe(false);
  });

  it("ends a newcomer's first command with a light: the real one, and that of a demo beside it", async () => {
    const cli = start("serve", "--open-demo-if-empty");
    await until(() => cli.out().includes("Ctrl-C"), cli.out);
    expect(cli.out()).toMatch(/◌ grey: No agent stack found on this machine\n/);
    expect(cli.out()).toMatch(/Looked for OpenClaw at: ~\/\.openclaw/);
    expect(cli.out()).toMatch(/○ green: .+ \[demo: all-green\]\n/);
    const demoUrl = cli.out().match(/http:\S+\/open\?once=\w+/g)?.[1] ?? "";
    const { port, cookie } = await openPage(demoUrl);
    const headers = { cookie, "content-type": "application/json" };
    const answer = await callHttp(port, { method: "POST", path: "/rpc/getSnapshot", headers });
    expect(JSON.parse(answer.text)).toMatchObject({ ok: true, value: { demo: "all-green", light: "green" } });
  });

  it("starts anew after one that was killed", async () => {
    const dead = start("serve");
    await until(() => dead.out().includes("Ctrl-C"), dead.out);
    dead.child.kill("SIGKILL");
    await dead.done;
    const next = start("serve");
    await until(() => next.out().includes("Ctrl-C"), next.out);
    expect((await openPage(urlIn(next.out()))).cookie).toContain("lamplighter-");
  });
});

// The `script` of macOS takes other arguments.
describe.runIf(process.platform === "linux" && existsSync("/usr/bin/script"))("on a screen (needs Linux)", () => {
  it("draws on the second screen in colour and gives the first one back on Ctrl-C", async () => {
    const main = fileURLToPath(new URL("../../main/hosts/cli/main.ts", import.meta.url));
    const command = `exec '${process.execPath}' '${main}' watch`;
    const child = spawn("/usr/bin/script", ["-qefc", command, "/dev/null"], { env: { ...env, TERM: "xterm" } });
    let shown = "";
    child.stdout.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
    });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    await until(
      () => shown.includes("checked at"),
      () => shown,
    );
    child.stdin.write("\u0003");
    expect(await ended).toBe(3);
    expect(shown).toContain("\u001b[?1049h");
    expect(shown.split("\u001b[?1049l")[1]).toMatch(/grey: /);
    expect(shown).toContain("\u001b[90m");
  });
});
