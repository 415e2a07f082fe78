import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startKeyring, whyNoKeyring } from "../../tests/support/keyring.ts";
import { execaCommandRunner } from "../adapters/command-runner/execa.ts";
import { nodeFiles } from "../adapters/files/node-files.ts";
import { realPorts } from "./ports.ts";

/** Runs a module in a process of its own, whose environment the test decides, and gives what it prints as JSON. */
async function inProcess(code: string, variables: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const script = `import { realPorts } from ${JSON.stringify(join(import.meta.dirname, "ports.ts"))}; ${code}`;
  const outcome = await execaCommandRunner({ variables: { PATH: "/usr/bin:/bin", HOME: "/nonexistent" } }).run({
    file: process.execPath,
    args: ["--input-type=module", "--no-warnings", "-e", script],
    env: variables,
    timeoutMs: 15_000,
  });
  if (outcome.kind !== "exited" || outcome.exitCode !== 0) throw new Error(JSON.stringify(outcome));
  return JSON.parse(outcome.stdout);
}

describe("realPorts", () => {
  it("reaches this machine", async () => {
    const ports = realPorts();
    expect(Math.abs(ports.clock.nowMs() - Date.now())).toBeLessThan(1_000);
    expect(await ports.files.realPath(import.meta.dirname)).toBe(await nodeFiles.realPath(import.meta.dirname));
    expect((await ports.processes.inspect(process.pid))?.pid).toBe(process.pid);
    expect((await ports.commands.run({ file: process.execPath, args: ["-e", ""], timeoutMs: 10_000 })).kind).toBe("exited");
    expect(await ports.http.request({ url: "http://127.0.0.1:1/", timeoutMs: 1_000 })).toMatchObject({ kind: "refused" });
    expect(await ports.websockets.open({ url: "ws://127.0.0.1:1/", timeoutMs: 1_000 })).toMatchObject({ kind: "refused" });
  });

  it("takes its settings from LAMPLIGHTER_HOME", async () => {
    const home = mkdtempSync(join(tmpdir(), "lamplighter-home-"));
    writeFileSync(join(home, "config.yaml"), "stacks:\n  one:\n    port: 7\n");
    const code = 'console.log(JSON.stringify(realPorts().settings.section("stacks.one")));';
    expect(await inProcess(code, { LAMPLIGHTER_HOME: home })).toEqual({ port: 7 });
    rmSync(home, { recursive: true });
  });

  it("keeps no process alive, and loads no package before it is asked for", async () => {
    const loaded = await inProcess(`
      import { createRequire } from "node:module";
      realPorts();
      const paths = Object.keys(createRequire(${JSON.stringify(import.meta.filename)}).cache);
      console.log(JSON.stringify(paths.filter((path) => path.includes("node_modules"))));
    `);
    expect(loaded).toEqual([]);
  });

  // Where there is no gnome-keyring, the identity's own tests over a fake store stand in.
  it.runIf(whyNoKeyring() === null)("keeps its identity in the keyring from one process to the next (needs a keyring)", async () => {
    const keyring = await startKeyring();
    onTestFinished(keyring.stop);
    const code = "console.log(JSON.stringify(await realPorts().identity.describe()));";
    const first = await inProcess(code, keyring.env);
    expect(first).toMatchObject({ kind: "ready" });
    expect(await inProcess(code, keyring.env)).toEqual(first);
    keyring.lock();
    expect(await inProcess(code, keyring.env)).toMatchObject({ kind: "unavailable", reason: expect.stringContaining("locked") });
  });

  it("says that there is no keyring, instead of failing, where there is no desktop session", async () => {
    const described = await inProcess("console.log(JSON.stringify(await realPorts().identity.describe()));");
    expect(described).toMatchObject({ kind: process.platform === "darwin" ? expect.any(String) : "unavailable" });
  });
});
