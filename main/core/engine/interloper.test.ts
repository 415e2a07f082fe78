import { describe, expect, it } from "vitest";
import type { ProcessFacts, TcpListener } from "../ports/machine.ts";
import { type InterloperFacts, lineageOf, proveInterloper } from "./interloper.ts";

const facts = (pid: number, ppid: number, name: string, more: Partial<ProcessFacts> = {}): ProcessFacts => ({
  pid,
  ppid,
  name,
  user: "sam",
  command: name,
  state: "sleeping",
  startedMs: 1_000_000,
  ...more,
});
const init = facts(1, 0, "systemd", { user: "root" });
const userManager = facts(50, 1, "systemd");
const gateway = facts(100, 50, "node", { command: "/usr/bin/node /opt/gateway.js --port 18789" });
const worker = facts(101, 100, "node");
const shell = facts(60, 1, "zsh");
const python = facts(200, 60, "python3", { command: "python3 -m http.server 18789" });
const copy = facts(201, 60, "node", { command: "node /opt/gateway.js --port 18789" });
const ourselves = facts(300, 60, "node", { command: "lamplighter" });
const tree = [init, userManager, gateway, worker, shell, python, copy, ourselves];

const held = (process: ProcessFacts, more: Partial<TcpListener> = {}): TcpListener => ({
  address: "127.0.0.1",
  port: 18_789,
  pid: process.pid,
  process,
  ...more,
});
const about = (more: Partial<InterloperFacts> = {}): InterloperFacts => ({
  unitLabel: "gateway.service",
  unitKnown: true,
  unitPid: 100,
  unitArgv: ["/usr/bin/node", "/opt/gateway.js", "--port", "18789"],
  unitProcessTree: tree,
  user: "sam",
  ownPid: 300,
  ...more,
});
const { unitPid: _pid, ...notRunning } = about();

describe("proveInterloper", () => {
  it("calls the unit's main process and whatever it started its own", () => {
    expect(proveInterloper(held(gateway), about())).toEqual({ kind: "own", reasons: ["It is the main process of gateway.service."] });
    expect(proveInterloper(held(worker), about())).toMatchObject({
      kind: "own",
      reasons: [expect.stringContaining("started by process 100")],
    });
  });

  it("calls a child its own that lost its parent, when systemd counts it to the unit", () => {
    const orphan = facts(102, 50, "node");
    expect(proveInterloper(held(orphan, { unit: "gateway.service" }), about({ unitProcessTree: [...tree, orphan] }))).toMatchObject({
      kind: "own",
    });
    expect(proveInterloper(held(orphan, { unit: "gateway.service" }), about({ unitLabel: "gateway" }))).toMatchObject({ kind: "own" });
  });

  it("calls a program with other parents a stranger that may be ended", () => {
    expect(proveInterloper(held(python), about())).toEqual({
      kind: "stranger",
      stray: false,
      mayEnd: true,
      process: { pid: 200, name: "python3", startedMs: 1_000_000 },
      reasons: ["None of its parents is process 100, the main process of gateway.service."],
    });
  });

  it("recognises a stray copy of the unit's program, however its path was written", () => {
    expect(proveInterloper(held(copy), about())).toMatchObject({ kind: "stranger", stray: true, mayEnd: true });
    const otherPort = facts(202, 60, "node", { command: "node /opt/gateway.js --port 19001" });
    expect(proveInterloper(held(otherPort), about({ unitProcessTree: [...tree, otherPort] }))).toMatchObject({ stray: false });
  });

  it("needs no parents where the unit does not run", () => {
    const broken = { ...notRunning, unitProcessTree: [python] };
    expect(proveInterloper(held(python), broken)).toMatchObject({ kind: "stranger", reasons: [expect.stringContaining("does not run")] });
  });

  it("says when another unit or another account stands behind it", () => {
    expect(proveInterloper(held(python, { unit: "other.service" }), about())).toMatchObject({
      kind: "stranger",
      reasons: [expect.anything(), expect.stringContaining("other.service")],
    });
    const roots = facts(203, 1, "docker-proxy", { user: "root" });
    expect(proveInterloper(held(roots), about({ unitProcessTree: [...tree, roots] }))).toMatchObject({ kind: "stranger", mayEnd: false });
  });

  it("lets nobody end what cannot be told from a later process", () => {
    const { startedMs: _startedMs, ...ageless } = python;
    expect(proveInterloper(held(ageless), about())).toMatchObject({ kind: "stranger", mayEnd: false });
  });

  it.each<[string, TcpListener, InterloperFacts]>([
    ["it may not be looked at", { address: "::1", port: 18_789 }, about()],
    ["the manager could not be asked", held(python), about({ unitKnown: false })],
    ["its parents cannot be followed", held(python), about({ unitProcessTree: [python, gateway] })],
    ["it is the manager that holds the port for the unit", held(userManager), about()],
    ["it is the first process", held(init), about()],
    ["it is ourselves", held(ourselves), about()],
    ["we are its child", held(shell), about()],
    ["its parents go round", held(facts(9, 8, "a")), about({ unitProcessTree: [facts(9, 8, "a"), facts(8, 9, "b"), gateway] })],
  ])("cannot tell when %s", (_when, listener, given) => {
    const proof = proveInterloper(listener, given);
    expect(proof).toMatchObject({ kind: "cannot-tell", reasons: [expect.stringMatching(/^\w.*\.$/)] });
  });
});

describe("lineageOf", () => {
  const among = (all: readonly ProcessFacts[]) => ({ inspect: async (pid: number) => all.find((each) => each.pid === pid) ?? null });

  it("follows the parents up to the first process", async () => {
    expect((await lineageOf(101, among(tree))).map(({ pid }) => pid)).toEqual([101, 100, 50, 1]);
  });

  it("ends where one cannot be looked at, where they go round, and nowhere for nobody", async () => {
    expect(await lineageOf(101, among([worker]))).toEqual([worker]);
    expect(await lineageOf(9, among([facts(9, 8, "a"), facts(8, 9, "b")]))).toHaveLength(2);
    expect(await lineageOf(999, among(tree))).toEqual([]);
  });
});
