import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StartedProgram, startProgram } from "../../../tests/support/start-program.ts";
import { systemClock } from "../clock/system-clock.ts";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { ownEnvironment } from "./environment.ts";
import { type Machine, ownMachine } from "./index.ts";
import { macosHost } from "./macos-host.ts";
import { macosProcesses } from "./macos-processes.ts";
import { macosTcpPorts } from "./macos-tcp-ports.ts";
import { machineSuite } from "./suite.ts";

const commands = execaCommandRunner();
const word = `lamplighter-word-${process.pid}`;
const listen =
  "const s = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(s.address().port))";
let waiting: StartedProgram;
let frozen: StartedProgram;
let open = 0;
let closed = 0;

beforeAll(async () => {
  [waiting, frozen] = await Promise.all([startProgram(listen, word), startProgram(listen, word)]);
  open = Number(waiting.firstLine);
  process.kill(frozen.pid, "SIGSTOP");
  const probe = createServer();
  closed = await new Promise<number>((resolve) =>
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    }),
  );
});
afterAll(() => {
  for (const program of [waiting, frozen]) program?.end();
});

const rigOf = (machine: Machine) => () => ({
  machine,
  pids: { waiting: waiting.pid, frozen: frozen.pid, nobody: 4_194_305 },
  word,
  ports: { open, closed },
  folder: tmpdir(),
});

machineSuite("this machine", rigOf(ownMachine(commands, systemClock)));

const lsof = ["/usr/sbin/lsof", "/usr/bin/lsof"].find(existsSync);
// The tools that macOS is asked with exist on Linux too, but only where somebody installed them.
describe.runIf(lsof !== undefined && existsSync("/bin/ps"))("asked with the tools of macOS (needs lsof)", () => {
  const processes = macosProcesses({ commands });
  machineSuite(
    "this machine",
    rigOf({
      environment: ownEnvironment(),
      host: macosHost(commands),
      processes,
      tcp: macosTcpPorts({ clock: systemClock, commands, processes, lsof: lsof ?? "" }),
    }),
  );
});

describe.runIf(process.platform === "linux")("a frozen listener (needs Linux)", () => {
  it("lets connections wait until its queue is full, and then answers nobody", async () => {
    const { tcp } = ownMachine(commands, systemClock);
    const outcomes = [];
    for (let round = 0; round < 6; round++) outcomes.push((await tcp.connect("127.0.0.1", Number(frozen.firstLine), 150)).kind);
    expect(outcomes[0]).toBe("open");
    expect(outcomes.at(-1)).toBe("timed-out");
  });
});

describe("cost", () => {
  it.runIf(process.platform === "linux")("tells the listener of a port in a few milliseconds (needs Linux)", async () => {
    const { tcp } = ownMachine(commands, systemClock);
    await tcp.listeners(open);
    const took: number[] = [];
    for (let round = 0; round < 15; round++) {
      const began = performance.now();
      await tcp.listeners(open);
      took.push(performance.now() - began);
    }
    expect(took.sort((a, b) => a - b)[7]).toBeLessThan(20);
  });
});
