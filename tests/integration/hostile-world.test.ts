import { describe, expect, it } from "vitest";
import { createApp } from "../../main/app.ts";
import { stacks } from "../../main/catalog/stacks/index.ts";
import { Snapshot, type StackState } from "../../main/core/model/snapshot.ts";
import type { World } from "../../main/core/model/world.ts";
import type { ProcessFacts } from "../../main/core/ports/machine.ts";
import type { ServiceReading } from "../../main/core/ports/service-manager.ts";
import { runCli } from "../../main/hosts/cli/run-cli.ts";
import { worldPorts } from "../../main/hosts/demo-ports.ts";
import { emptyWorld } from "../support/empty-world.ts";
import { fakeSurroundings, fakeTerminal } from "../support/fake-terminal.ts";

const SECRET = "hostile-canary-token-0123456789";
const STEER = "\u001b[2J\u001b]0;owned\u0007\u202e\r\n";
const UNIT = "openclaw-gateway.service";
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a terminal
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

/** `status` of everything in an invented world, as text and as JSON, with what must hold of both. */
async function status(change: Partial<World>): Promise<{ snapshot: Snapshot; stack(id: string): StackState; text: string }> {
  const config = JSON.stringify({ gateway: { mode: "local", auth: { token: SECRET } } });
  const files = { "/home/sam/.openclaw/openclaw.json": { text: config, mode: 0o600, uid: 1_000 }, ...change.files };
  const world: World = { ...emptyWorld, serviceManager: "systemd", ...change, files };
  const surroundings = fakeSurroundings({
    stacks: async () => stacks,
    openApp: async ({ mode }) => createApp({ ports: worldPorts(() => world), stacks, mode }),
  });
  const run = async (...argv: readonly string[]): Promise<string> => {
    const terminal = fakeTerminal();
    await runCli(["status", "--once", ...argv], terminal, surroundings);
    expect(terminal.errors()).toBe("");
    return terminal.out();
  };
  const [json, text] = await Promise.all([run("--json"), run()]);
  const snapshot = Snapshot.parse(JSON.parse(json));
  expect(text.split("\n").filter((line) => CONTROLS.test(line))).toEqual([]);
  expect(json + text).not.toContain(SECRET);
  expect(json.length + text.length).toBeLessThan(200_000);
  const stack = (id: string): StackState => {
    const found = snapshot.stacks.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no ${id}`);
    return found;
  };
  return { snapshot, stack, text };
}

const loaded = (over: Partial<Extract<ServiceReading, { kind: "loaded" }>>): ServiceReading => ({
  kind: "loaded",
  state: "running",
  rawState: "active (running)",
  ...over,
});

describe("a service unit whose description", () => {
  const endless = "x".repeat(500_000);
  const readings: Readonly<Record<string, ServiceReading>> = {
    "steers a terminal": loaded({ state: "failed", rawState: STEER, lastEnd: { exitCode: 1, reason: STEER, signal: STEER } }),
    "goes on without end": loaded({ rawState: endless, argv: [endless, `--token ${SECRET}`], stdoutPath: endless }),
    "counts what cannot be counted": loaded({ pid: -1, runs: Number.NaN, sinceMs: Number.POSITIVE_INFINITY, throttleSeconds: -1e308 }),
    "was started in the future": loaded({ runs: 1e308, sinceMs: 1e300, lastEnd: { exitCode: -1e9 } }),
    "starts with secrets": loaded({ argv: ["openclaw", "gateway", "--token", SECRET, `--password=${SECRET}`, STEER] }),
    "cannot be read, in words that steer": { kind: "unknown", reason: "unreadable", detail: `${STEER}${SECRET}` },
    "is refused, in words that steer": {
      kind: "not-loaded",
      definitionPath: `/x/${STEER}`,
      disabled: false,
      refusal: `${STEER}${endless}`,
    },
  };
  it.each(Object.entries(readings))("%s is told short and clean, and is no reason for green", async (_, reading) => {
    const { stack } = await status({
      services: { [UNIT]: reading },
      listings: [
        { label: `other-gateway${STEER}.service`, scope: "user", argv: ["openclaw", "gateway", "run", `--token=${SECRET}`, STEER] },
      ],
    });
    expect(stack("openclaw").light).not.toBe("green");
    expect(stack("openclaw").checks.every(({ summary }) => summary.length <= 200)).toBe(true);
  });
});

describe("processes and ports", () => {
  const process = (over: Partial<ProcessFacts>): ProcessFacts => ({
    pid: 4_001,
    ppid: 1,
    user: "sam",
    name: "node",
    command: "node openclaw.mjs gateway",
    state: "running",
    ...over,
  });
  it.each([
    ["steer a terminal and hold secrets", process({ name: STEER, command: `x --token ${SECRET} --password=${SECRET} ${STEER}` })],
    ["go on without end", process({ name: "n".repeat(500_000), command: "c".repeat(500_000) })],
    ["cannot be", process({ pid: -5, ppid: Number.NaN, startedMs: Number.NaN, rssBytes: Number.POSITIVE_INFINITY })],
    ["were started in the future", process({ startedMs: 1e300, command: "openclaw gateway" })],
    ["belong to the gateway in words that keep patterns busy", process({ command: `openclaw ${"--a ".repeat(4_000)}` })],
  ])("that %s are told short and clean", async (_, one) => {
    const { stack } = await status({ processes: [one], listeners: [{ address: "127.0.0.1", port: 18_789, pid: one.pid }] });
    expect(stack("openclaw").light).not.toBe("green");
  });
});

describe("a machine that cannot be measured", () => {
  const { host } = emptyWorld;
  const bad = Number.NaN;
  it.each<[string, Partial<World>]>([
    [
      "memory that is no number",
      { host: { ...host, memory: { totalBytes: bad, availableBytes: bad, swapTotalBytes: bad, swapUsedBytes: bad } } },
    ],
    ["memory below zero", { host: { ...host, memory: { totalBytes: -1, availableBytes: -1, swapTotalBytes: -1, swapUsedBytes: -1 } } }],
    ["disks that are no numbers", { disks: { "/home/sam": { path: `/home/sam${STEER}`, totalBytes: bad, freeBytes: bad } } }],
    ["a start in the future", { host: { ...host, bootedMs: 1e300, load1: bad, cpuCount: 0 } }],
  ])("with %s is told without nonsense", async (_, change) => {
    const { snapshot, text } = await status(change);
    expect(text).not.toMatch(/NaN|Infinity|e\+\d{2}/);
    expect(snapshot.light).not.toBe("green");
  });

  it("with memory that is no number is grey, not healthy", async () => {
    const memory = { totalBytes: bad, availableBytes: bad, swapTotalBytes: bad, swapUsedBytes: bad };
    const { stack } = await status({ host: { ...host, memory } });
    expect(stack("machine").checks.find(({ id }) => id === "memory")?.light).toBe("grey");
  });
});
