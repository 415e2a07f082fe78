import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import type { CommandRequest, CommandRunner } from "../../core/ports/command-runner.ts";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { keytarInChild, keytarInProcess } from "./keytar-call.ts";

const folder = mkdtempSync(join(tmpdir(), "lamplighter-keytar-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runner = execaCommandRunner();

/** A library in the place of keytar, with this body. */
function library(name: string, body: string): string {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(path, body);
  return path;
}

describe("keytarInChild", () => {
  const echo = library(
    "echo",
    "module.exports = { getPassword: async (s, a) => s + ':' + a, setPassword: async () => {}, deletePassword: async () => true };",
  );

  it("passes names on and brings values back, those without a value included", async () => {
    const call = keytarInChild(runner, echo);
    expect(await call("getPassword", ["service", "ac count"])).toEqual({ kind: "value", value: "service:ac count" });
    expect(await call("setPassword", ["s", "a", "v"])).toEqual({ kind: "value", value: null });
    expect(await call("deletePassword", ["s", "a"])).toEqual({ kind: "value", value: true });
  });

  it("brings errors back in words, whether raised at once or later", async () => {
    const failing = library(
      "failing",
      'module.exports = { getPassword: async () => { throw new Error("later"); }, deletePassword: () => { throw new Error("at once"); } };',
    );
    const call = keytarInChild(runner, failing);
    expect(await call("getPassword", ["s", "a"])).toEqual({ kind: "failed", message: "later" });
    expect(await call("deletePassword", ["s", "a"])).toEqual({ kind: "failed", message: "at once" });
  });

  it("tells that the native library cannot be loaded", async () => {
    const broken = library("broken", 'throw new Error("libsecret-1.so.0: cannot open shared object file");');
    expect(await keytarInChild(runner, broken)("getPassword", ["s", "a"])).toEqual({ kind: "not-loaded" });
    expect(await keytarInChild(runner, join(folder, "absent.cjs"))("getPassword", ["s", "a"])).toEqual({ kind: "not-loaded" });
    expect(await keytarInChild(runner, null)("getPassword", ["s", "a"])).toEqual({ kind: "not-loaded" });
  });

  it("ends a call that waits for ever, child and all", async () => {
    const waiting = library(
      "waiting",
      "module.exports = { getPassword: () => { for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); } };",
    );
    const start = performance.now();
    expect(await keytarInChild(runner, waiting, 300)("getPassword", ["s", "a"])).toEqual({ kind: "timed-out" });
    expect(performance.now() - start).toBeLessThan(4_000);
  });

  it("survives a child that crashes or talks nonsense", async () => {
    const crashing = library("crashing", "process.abort();");
    expect(await keytarInChild(runner, crashing)("getPassword", ["s", "a"])).toMatchObject({
      kind: expect.stringMatching(/failed|not-loaded/),
    });
    const noisy = library("noisy", 'console.log("hello"); module.exports = { getPassword: async () => "x" };');
    expect((await keytarInChild(runner, noisy)("getPassword", ["s", "a"])).kind).toBe("not-loaded");
  });

  it("puts neither names nor secret into argv or environment", async () => {
    const seen: CommandRequest[] = [];
    const commands: CommandRunner = {
      ...runner,
      run: async (request) => {
        seen.push(request);
        return { kind: "not-found", reason: "x" };
      },
    };
    await keytarInChild(commands, echo)("setPassword", ["service", "account", "hunter2"]);
    expect(JSON.stringify([seen[0]?.args, seen[0]?.env])).not.toContain("hunter2");
    expect(seen[0]?.stdin).toContain("hunter2");
  });
});

describe("keytarInProcess", () => {
  const keytar = {
    getPassword: async () => "value" as string | null,
    setPassword: async () => {},
    deletePassword: async () => true,
    findPassword: async () => null,
    findCredentials: async () => [],
  };
  const loading = (more: Partial<typeof keytar>) => async () => ({ ...keytar, ...more, default: { ...keytar, ...more } });

  it("gives the library's answer", async () => {
    expect(await keytarInProcess(loading({}))("getPassword", ["s", "a"])).toEqual({ kind: "value", value: "value" });
  });

  it("tells an error from a library that cannot be loaded", async () => {
    const failing = keytarInProcess(loading({ getPassword: () => Promise.reject(new Error("no")) }));
    expect(await failing("getPassword", ["s", "a"])).toEqual({ kind: "failed", message: "no" });
    const absent = keytarInProcess(() => Promise.reject(new Error("cannot open shared object")));
    expect(await absent("getPassword", ["s", "a"])).toEqual({ kind: "not-loaded" });
  });

  it("begins no second call while an overdue one is still waiting, and goes on after it", async () => {
    let calls = 0;
    let answer = (_: string | null): void => {};
    const getPassword = () => {
      calls += 1;
      return new Promise<string | null>((resolve) => {
        answer = resolve;
      });
    };
    const call = keytarInProcess(loading({ getPassword }), 30);
    expect(await call("getPassword", ["s", "a"])).toEqual({ kind: "timed-out" });
    expect(await call("getPassword", ["s", "a"])).toEqual({ kind: "timed-out" });
    expect(calls).toBe(1);
    answer(null);
    await wait(5);
    void call("getPassword", ["s", "a"]);
    await wait(5);
    expect(calls).toBe(2);
    answer(null);
  });

  it("loads the real library where its own dependencies are there", async () => {
    const { default: real } = await import("keytar");
    expect(real.getPassword).toBeTypeOf("function");
  });
});
