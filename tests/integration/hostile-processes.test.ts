import { chmodSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { Snapshot } from "../../main/core/model/snapshot.ts";
import { type HostileGateway, hostileGateway } from "../support/hostile-gateway.ts";
import { type HostileHome, hostileHome, hostileToken, workingConfig } from "../support/hostile-home.ts";
import { giveToNobody, leftBehind, type ProcessEnd, runProcess } from "../support/hostile-process.ts";
import { startProgram } from "../support/start-program.ts";

/** Longer than any answer takes on a machine that is busy with other tests, and shorter than what hangs for good. Milliseconds. */
const hungMs = 20_000;
let gateway: HostileGateway;
beforeAll(async () => {
  gateway = await hostileGateway();
});
afterAll(() => gateway.close());

/** A home of its own for each test, because they run side by side: most of the time they wait. */
function place(): HostileHome {
  const home = hostileHome();
  onTestFinished(() => {
    for (const path of [home.home, home.stateDir]) chmodSync(path, 0o700);
    home.remove();
  });
  home.config(workingConfig(home, gateway.port));
  return home;
}

const stackIn = ({ out }: ProcessEnd) => {
  const snapshot = Snapshot.parse(JSON.parse(out));
  const stack = snapshot.stacks.find(({ id }) => id === "openclaw");
  if (stack === undefined) throw new Error(out);
  return { snapshot, stack };
};
const env = (home: HostileHome, more: Readonly<Record<string, string>> = {}) => ({
  ...home.env,
  OPENCLAW_GATEWAY_PORT: String(gateway.port),
  OPENCLAW_GATEWAY_TOKEN: hostileToken,
  ...more,
});
const status = (home: HostileHome, more: Readonly<Record<string, string>> = {}) =>
  runProcess(["status", "--json", "--once"], env(home, more));

/** Looks again, at most three times, while a check that should answer had no time to: the promise is not about this machine's load. */
async function calmStatus(home: HostileHome, more: Readonly<Record<string, string>> = {}): Promise<ProcessEnd> {
  let end = await status(home, more);
  for (let i = 0; i < 3 && /did not answer within|too busy|Looking/.test(stackIn(end).stack.sentence); i += 1)
    end = await status(home, more);
  return end;
}

describe.concurrent("what this account may not read", () => {
  it.each([
    ["openclaw.json", "grey", /openclaw\.json cannot be read: This account may not read it \(permission denied\)/],
    [".env", "green", /./],
    ["gateway.log", "green", /gateway\.log cannot be read/],
    [".", "grey", /permission denied/],
  ])("%s is told, with light %s", async (name, light, reason) => {
    const home = place();
    home.file(".openclaw/.env", "A=1\n");
    home.file("gateway.log", "one line\n");
    giveToNobody(home);
    chmodSync(name === "gateway.log" ? home.logPath : join(home.stateDir, name), 0o000);
    const end = await calmStatus(home);
    const { stack } = stackIn(end);
    expect(stack.light).toBe(light);
    expect(stack.checks.map(({ summary }) => summary).join("\n")).toMatch(reason);
    expect(end.errors).toBe("");
    expect(end.code).toBe(light === "green" ? 0 : 3);
  });
});

// What is asked, and how it is found out what runs, is Linux's way; macOS has suites of its own.
describe.runIf(process.platform === "linux").concurrent("programs that misbehave", () => {
  const tools = ["systemctl", "loginctl", "journalctl", "busctl", "openclaw", "secret-tool", "dbus-send", "ssh"];
  const replaceToolsBy = (home: HostileHome, script: string): string => {
    for (const name of tools) chmodSync(home.file(`bin/${name}`, `#!/bin/sh\n${script}\n`), 0o755);
    // The mark by which a running manager of the account is known.
    home.file("run/systemd/private", "");
    giveToNobody(home);
    return `${join(home.home, "bin")}:/usr/bin:/bin`;
  };
  const steering = "\\033[2J\\007\\033]0;owned\\007";
  it.each([
    ["hang", "sleep 30", "grey"],
    ["hang, and leave children", "sleep 31 & sleep 32 & wait", "grey"],
    ["will not be ended", "trap '' TERM INT HUP; while :; do sleep 1; done", "grey"],
    ["print without end", "yes 'LoadState=loaded'", "grey"],
    ["print garbage", "head -c 300000 /dev/urandom", "green"],
    [
      "print what steers a terminal, and secrets",
      `printf 'LoadState=loaded\\nActiveState=${steering}\\nSubState=${steering}\\nExecStart={ path=/x ; argv[]=openclaw gateway --token ${hostileToken} ; }\\n'`,
      "green",
    ],
    ["end with a signal", "kill -SEGV $$", "green"],
  ])("and %s are ended in time, and nothing of them is left", async (_, script, light) => {
    const home = place();
    const path = replaceToolsBy(home, script);
    const end = await (light === "green" ? calmStatus : status)(home, { PATH: path });
    const { stack } = stackIn(end);
    expect(stack.light, stack.sentence).toBe(light);
    if (light === "grey") expect(stack.sentence).toMatch(/did not answer within \d+ ms$|this machine was too busy|^Looking at OpenClaw…$/);
    expect(end.ms).toBeLessThan(hungMs);
    expect(end.out).not.toContain(hostileToken);
    expect(end.errors).toBe("");
    expect(await leftBehind(home)).toEqual([]);
  });

  it("such as a bus that takes calls and never answers hold nobody up, and nothing is left", async () => {
    const home = place();
    const path = join(home.home, "bus");
    const bus = createServer(() => {}).listen(path);
    await new Promise((resolve) => bus.once("listening", resolve));
    chmodSync(path, 0o777);
    giveToNobody(home);
    const end = await status(home, { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` });
    bus.close();
    expect(["green", "grey"]).toContain(stackIn(end).stack.light);
    expect(end.ms).toBeLessThan(hungMs);
    expect(await leftBehind(home)).toEqual([]);
  });

  it("such as a stranger on the port, with secrets and controls for a name, are told without either", async () => {
    const home = place();
    const listen = 'require("node:net").createServer(() => {}).listen(0, "127.0.0.1", function () { console.log(this.address().port); })';
    const stranger = await startProgram(
      `process.title = "\u001b[2Jst\u0007ranger"; ${listen}`,
      "--",
      `--token=${hostileToken}`,
      "\u001b[31m\u202e",
    );
    const port = stranger.firstLine;
    home.config(workingConfig(home, Number(port)));
    // As ourselves: the processes of other accounts cannot be looked into.
    const look = runProcess(["status", "--once"], env(home, { OPENCLAW_GATEWAY_PORT: port }), "ourselves");
    const { code, errors, out } = await look.finally(() => stranger.end());
    expect([code, errors]).toEqual([2, ""]);
    expect(out).toContain(`Port ${port} is held by`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a terminal
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(out).not.toContain(hostileToken);
  });
});

describe("explain", () => {
  it.each([
    ["a stream of zeros", Buffer.alloc(3_000_000)],
    ["bytes of no text", Buffer.from(Array.from({ length: 1_000_000 }, (_, i) => (i * 37) % 256))],
    ["one line without end", Buffer.from("gateway token mismatch ".repeat(60_000))],
    ["JSON nested without end", Buffer.from('{"a":'.repeat(200_000))],
    [
      "lines that steer a terminal",
      Buffer.from(`unauthorized: gateway token mismatch \u001b[2J\u001b]0;owned\u0007 ${hostileToken}\u202e\n`.repeat(500)),
    ],
  ])("answers about %s soon, and prints nothing of it raw", async (_, text) => {
    const home = place();
    const path = home.file("pasted.txt", text);
    giveToNobody(home);
    const { code, errors, ms, out } = await runProcess(["explain", path], env(home));
    expect([0, 3]).toContain(code);
    expect(ms).toBeLessThan(hungMs);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a terminal
    expect(out + errors).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(out.length).toBeLessThan(20_000);
  });
});
