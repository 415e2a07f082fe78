import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createApp } from "../../main/app.ts";
import { stacks as ownStacks } from "../../main/catalog/stacks/index.ts";
import type { Snapshot } from "../../main/core/model/snapshot.ts";
import type { World } from "../../main/core/model/world.ts";
import type { CommandRequest } from "../../main/core/ports/command-runner.ts";
import type { Ports } from "../../main/core/ports/index.ts";
import { runCli } from "../../main/hosts/cli/run-cli.ts";
import { worldPorts } from "../../main/hosts/demo-ports.ts";
import { canaries, canaryWorlds, leaksIn, PORT } from "../support/canary-worlds.ts";
import { eventually, fakeSurroundings, fakeTerminal } from "../support/fake-terminal.ts";
import { gossipStack } from "../support/gossip-stack.ts";
import { callHttp, listenToEvents } from "../support/http-caller.ts";

/** The real stacks, and one that tells everything it reads: what the redactor alone can hold back. */
const stacks = [...ownStacks, gossipStack({ home: "/home/sam", port: PORT, unit: "openclaw-gateway.service" })];

const home = mkdtempSync(join(tmpdir(), "lamplighter-canary-"));
afterAll(() => rmSync(home, { recursive: true }));

/** Ports into an invented world that note what is run in `ran`, and may throw with a secret in the error's text. */
function watchedPorts(world: (nowMs: number) => World, throwing: boolean, ran: CommandRequest[]): Ports {
  const ports = worldPorts(() => world(Date.now()));
  const fail = () => Promise.reject(new Error(`unexpected ${canaries.thrown} in /etc/passwd`));
  return {
    ...ports,
    commands: {
      ...ports.commands,
      run: (request) => {
        ran.push(request);
        return ports.commands.run(request);
      },
    },
    ...(throwing ? { processes: { inspect: fail, find: fail }, http: { request: fail }, tcp: { connect: fail, listeners: fail } } : {}),
  };
}

type Output = { readonly where: string; readonly text: string };

/** Everything that leaves the command line: every verb, as text and as JSON. */
async function cliOutputs(ports: () => Ports): Promise<readonly Output[]> {
  const surroundings = fakeSurroundings({
    stacks: async () => stacks,
    openApp: async ({ mode, only }) => createApp({ ports: ports(), stacks, mode, ...(only === undefined ? {} : { only }) }),
    openDemoApp: async ({ id }) => createApp({ ports: ports(), stacks, mode: "watch", demo: id }),
    runDir: () => join(home, "run"),
  });
  const pasted = `gateway closed (1008): unauthorized: token mismatch\n${Object.entries(canaries)
    .map(([name, value]) => `${name}_token=${value}`)
    .join("\n")}\n`;
  const calls: readonly (readonly string[])[] = [
    ["status"],
    ["explain"],
    ["symptoms"],
    ["watch"],
    ["serve"],
    ["demo"],
    ["help"],
    ["--version"],
  ];
  const outputs: Output[] = [];
  for (const argv of calls.flatMap((call) => [call, [...call, "--json"]])) {
    const terminal = fakeTerminal({ input: pasted });
    const done = runCli(argv, terminal, surroundings);
    if (["watch", "serve"].includes(argv[0] ?? "")) {
      await eventually(() => /checked at|"started"|"light"|Ctrl-C/.test(terminal.out()), `output of ${argv.join(" ")}`, 6_000);
      terminal.end();
    }
    await done;
    outputs.push({ where: argv.join(" "), text: terminal.out() }, { where: `${argv.join(" ")} (errors)`, text: terminal.errors() });
  }
  return outputs;
}

/** Everything that leaves the HTTP host: each call of the contract with what is present, and the event stream. */
async function httpOutputs(ports: Ports): Promise<{ readonly outputs: readonly Output[]; readonly snapshot: Snapshot }> {
  const { appTransport } = await import("../../main/hosts/app-transport.ts");
  const { serveHttp } = await import("../../main/hosts/http/serve-http.ts");
  const app = createApp({ ports, stacks, mode: "watch" });
  const host = await serveHttp({ transport: appTransport(app), rendererDir: null });
  const headers = { authorization: `Bearer ${host.token}`, "content-type": "application/json" };
  const listening = listenToEvents(host.port, headers);
  await app.start({ settleMs: 3_000 });
  const outputs: Output[] = [];
  const ask = async (name: string, input: unknown): Promise<{ readonly value: unknown }> => {
    const { text, headers: answered } = await callHttp(host.port, {
      method: "POST",
      path: `/rpc/${name}`,
      headers,
      body: JSON.stringify(input),
    });
    outputs.push({ where: `rpc ${name}`, text: text + JSON.stringify(answered) });
    return JSON.parse(text);
  };
  const snapshot = (await ask("getSnapshot", {})).value as Snapshot;
  await ask("probeNow", {});
  await ask("describeForCopy", {});
  await ask("explain", { text: `unauthorized: gateway token mismatch ${canaries.socketToken}` });
  await ask("explain", { text: canaries.configToken, stack: canaries.dotenvKey });
  for (const stack of snapshot.stacks) {
    for (const check of stack.checks.filter((c) => c.lane === "deep")) await ask("runDeep", { stack: stack.id, check: check.id });
    for (const finding of stack.findings) {
      for (const remedy of finding.remedies) await ask("previewPlan", { stack: stack.id, code: finding.code, remedy: remedy.id });
    }
  }
  await eventually(() => listening.events.length > 0, "an event");
  outputs.push({ where: "events", text: listening.raw() });
  listening.close();
  await Promise.all([host.close(), app.stop()]);
  return { outputs, snapshot };
}

const filesBelow = (dir: string): readonly Output[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ where: join(entry.parentPath, entry.name), text: readFileSync(join(entry.parentPath, entry.name), "utf8") }));

const asOutput = ({ file, args, cwd }: CommandRequest): Output => ({ where: `argv of ${file}`, text: JSON.stringify([file, args, cwd]) });

const leaks = (outputs: readonly Output[]): readonly string[] =>
  outputs.flatMap(({ where, text }) => leaksIn(text).map((name) => `${name} in ${where}`));

describe("the search for leaks", () => {
  it("finds each canary, and a part of it", () => {
    for (const [name, value] of Object.entries(canaries)) {
      expect(leaksIn(`x${value}y`)).toEqual([name]);
      expect(leaksIn(`…${value.slice(-12)}`)).toEqual([name]);
    }
  });
});

const variants = Object.entries(canaryWorlds).flatMap(([name, world]) => [
  { name, world, throwing: false },
  { name: `${name}, and ports that throw`, world, throwing: true },
]);

describe.each(variants)("with $name", ({ world, throwing }) => {
  it("no secret leaves through the command line, a file, or the argv of a child", async () => {
    const ran: CommandRequest[] = [];
    const outputs = await cliOutputs(() => watchedPorts(world, throwing, ran));
    expect(outputs.find(({ where }) => where === "status --json")?.text).toContain('"schemaVersion":1');
    expect(leaks(outputs)).toEqual([]);
    expect(leaks(filesBelow(home))).toEqual([]);
    expect(leaks(ran.map(asOutput))).toEqual([]);
  });

  it("no secret leaves through the HTTP host or its events, nor the argv of a child", async () => {
    const ran: CommandRequest[] = [];
    const { outputs, snapshot } = await httpOutputs(watchedPorts(world, throwing, ran));
    // The world is worth nothing as a proof when the stack in it is not even found.
    expect(snapshot.stacks.filter((stack) => !stack.installed)).toEqual([]);
    expect(JSON.stringify(snapshot)).toContain("‹");
    expect(leaks(outputs)).toEqual([]);
    expect(leaks(ran.map(asOutput))).toEqual([]);
  });
});
