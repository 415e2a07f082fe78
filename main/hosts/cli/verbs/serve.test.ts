import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aRedSnapshot, aSnapshot, aStack, fakeApp } from "../../../../tests/support/fake-app.ts";
import { aStackDefinition, eventually, fakeSurroundings, fakeTerminal } from "../../../../tests/support/fake-terminal.ts";
import { callHttp, openPage } from "../../../../tests/support/http-caller.ts";
import type { World } from "../../../core/model/world.ts";
import type { Surroundings } from "../call.ts";
import { runCli } from "../run-cli.ts";

const demos = [{ id: "all-green", title: "Everything works", world: () => ({}) as World }];
const nothing = aSnapshot({
  light: "grey",
  sentence: "No agent stack found on this machine",
  stacks: [aStack({ id: "machine", ground: true }), aStack({ installed: false })],
});

let dir = "";
let running: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), "lamplighter-serve-")), "run");
});
afterEach(async () => {
  await Promise.all(running.map((end) => end()));
  running = [];
  await rm(join(dir, ".."), { recursive: true });
});

function serve(argv: readonly string[] = [], over: Partial<Surroundings> & { app?: ReturnType<typeof fakeApp> } = {}) {
  const terminal = fakeTerminal();
  const surroundings = fakeSurroundings({
    runDir: () => dir,
    stacks: async () => [aStackDefinition("acme", { demos })],
    openDemoApp: async ({ id }) => fakeApp({ snapshot: aSnapshot({ demo: id }) }),
    ...over,
  });
  const done = runCli(["serve", ...argv], terminal, surroundings);
  const end = (): Promise<number> => {
    terminal.end();
    return done;
  };
  running.push(end);
  return { terminal, done, end };
}
const urls = (text: string): readonly string[] => text.match(/http:\/\/127\.0\.0\.1:\d+\/open\?once=[\w-]+/g) ?? [];

describe("serve", () => {
  it("prints a one-time address that works, then the light, and ends with 0", async () => {
    const app = fakeApp({ snapshot: aRedSnapshot() });
    const { terminal, end } = serve([], { app });
    await eventually(() => terminal.out().includes("Ctrl-C"), "the light");
    expect(terminal.out()).toContain("⊖ red: Acme refuses the shared token");
    const { port, cookie } = await openPage(urls(terminal.out())[0] ?? "");
    const headers = { cookie, "content-type": "application/json" };
    expect((await callHttp(port, { method: "POST", path: "/rpc/getSnapshot", headers })).text).toContain("Acme refuses");
    expect(await end()).toBe(0);
    expect(app.stopped()).toBe(true);
    await expect(callHttp(port)).rejects.toThrow("ECONNREFUSED");
  });

  it("keeps its token in a file of the owner alone, and removes it at the end", async () => {
    const { terminal, end } = serve();
    await eventually(() => terminal.out().includes("Ctrl-C"), "the light");
    expect((await stat(join(dir, "serve.json"))).mode & 0o777).toBe(0o600);
    expect(terminal.out()).not.toMatch(/"token"|Bearer/);
    await end();
    expect(await readdir(dir)).toEqual([]);
  });

  it("finds one that runs already, gives a new address of that one, its light, and ends", async () => {
    const first = serve([], { app: fakeApp({ snapshot: aRedSnapshot() }) });
    await eventually(() => first.terminal.out().includes("Ctrl-C"), "the first server");
    const second = serve();
    expect(await second.done).toBe(0);
    expect(second.terminal.out()).toContain(`serving already (process ${process.pid})`);
    expect(second.terminal.out()).toContain("⊖ red: Acme refuses the shared token");
    expect((await openPage(urls(second.terminal.out())[0] ?? "")).port).toBe(Number(new URL(urls(first.terminal.out())[0] ?? "").port));
  });

  it("is not stopped by the file of a run that died", async () => {
    const { terminal, end } = serve();
    await eventually(() => terminal.out().includes("Ctrl-C"), "the light");
    await end();
    await writeFile(join(dir, "serve.json"), JSON.stringify({ pid: 1, port: 9, token: "t".repeat(40) }), { mode: 0o600 });
    const again = serve();
    await eventually(() => again.terminal.out().includes("Ctrl-C"), "the light after a dead run");
    expect(again.terminal.out()).toContain("Lamplighter watches this machine");
  });

  it("says where it looked and opens a demo beside when nothing is installed, ending with that light", async () => {
    const { terminal, end } = serve(["--open-demo-if-empty"], { app: fakeApp({ snapshot: nothing }) });
    await eventually(() => terminal.out().includes("Ctrl-C"), "both lights");
    const text = terminal.out();
    expect(text).toContain("◌ grey: No agent stack found on this machine");
    expect(text).toContain("Looked for Acme at: ~/.acme/acme.json");
    expect(text).toContain("○ green: Everything works [demo: all-green]");
    expect(text.indexOf("◌ grey")).toBeLessThan(text.indexOf("○ green"));
    const pages = urls(text);
    expect(pages).toHaveLength(2);
    const demo = await openPage(pages[1] ?? "");
    const headers = { cookie: demo.cookie, "content-type": "application/json" };
    expect((await callHttp(demo.port, { method: "POST", path: "/rpc/getSnapshot", headers })).text).toContain('"demo":"all-green"');
    await end();
    await expect(callHttp(demo.port)).rejects.toThrow("ECONNREFUSED");
  });

  it("opens no demo where a stack is installed, or without being asked", async () => {
    const installed = serve(["--open-demo-if-empty"]);
    await eventually(() => installed.terminal.out().includes("Ctrl-C"), "the light");
    expect(urls(installed.terminal.out())).toHaveLength(1);
    await installed.end();
    const unasked = serve([], { app: fakeApp({ snapshot: nothing }) });
    await eventually(() => unasked.terminal.out().includes("Ctrl-C"), "the light");
    expect(urls(unasked.terminal.out())).toHaveLength(1);
  });

  it("opens a demo from the page", async () => {
    const { terminal } = serve();
    await eventually(() => terminal.out().includes("Ctrl-C"), "the light");
    const { port, cookie } = await openPage(urls(terminal.out())[0] ?? "");
    const headers = { cookie, "content-type": "application/json" };
    const answer = await callHttp(port, { method: "POST", path: "/rpc/openDemo", headers, body: '{"scenario":"all-green"}' });
    expect((await openPage(JSON.parse(answer.text).value.url)).port).not.toBe(port);
  });

  it("prints one line of JSON for the address and one per light", async () => {
    const { terminal } = serve(["--json", "--open-demo-if-empty"], { app: fakeApp({ snapshot: nothing }) });
    await eventually(() => terminal.out().trim().split("\n").length === 4, "four lines");
    const lines = terminal
      .out()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ schemaVersion: 1, pid: process.pid, url: expect.stringContaining("/open?once=") });
    expect(lines[1]).toMatchObject({ light: "grey" });
    expect(lines[2]).toMatchObject({ demo: "all-green", url: expect.stringContaining("/open?once=") });
    expect(lines[3]).toMatchObject({ light: "green", demo: "all-green" });
  });

  it("tells who came through SSH how to reach the page", async () => {
    const { terminal } = serve([], { isRemote: true });
    await eventually(() => terminal.out().includes("Ctrl-C"), "the light");
    expect(terminal.out()).toMatch(/ssh -L (\d+):127\.0\.0\.1:\1 HOST/);
  });

  it("serves on without a place for its file, and says so", async () => {
    const { terminal } = serve([], { runDir: () => "/proc/nonexistent/run" });
    await eventually(() => terminal.out().includes("Ctrl-C"), "the light");
    expect(terminal.errors()).toContain("Could not write /proc/nonexistent/run/serve.json");
  });

  it("ends with 3 when the TCP port is taken", async () => {
    const first = serve();
    await eventually(() => first.terminal.out().includes("Ctrl-C"), "the first server");
    const { port } = new URL(urls(first.terminal.out())[0] ?? "");
    const second = serve(["--port", port], { runDir: () => join(dir, "other") });
    expect(await second.done).toBe(3);
    expect(second.terminal.errors()).toContain(`TCP port ${port} on 127.0.0.1 is taken by another program.`);
  });

  it("ends within two seconds although a probe hangs", async () => {
    const { terminal, end } = serve([], { app: fakeApp({ hangs: true }) });
    await eventually(() => urls(terminal.out()).length === 1, "the address");
    const started = performance.now();
    expect(await end()).toBe(0);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
