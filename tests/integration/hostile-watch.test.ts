import { renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { drip, type HostileGateway, hostileGateway, type Misbehaviour } from "../support/hostile-gateway.ts";
import { type HostileHome, hostileHome, workingConfig } from "../support/hostile-home.ts";
import { type HostileRun, runAgainst } from "../support/hostile-run.ts";

/** A home and a gateway of its own for each test, because they run side by side: most of the time they wait. */
async function place(bad: Misbehaviour = {}): Promise<{ home: HostileHome; gateway: HostileGateway }> {
  const home = hostileHome();
  const gateway = await hostileGateway(bad);
  onTestFinished(async () => {
    await gateway.close();
    home.remove();
  });
  home.config(workingConfig(home, gateway.port));
  return { home, gateway };
}

/** What must be true of every run, whatever it met. */
async function expectBounded(run: HostileRun, gateway: HostileGateway): Promise<void> {
  expect(run.surprises).toEqual([]);
  // The other end of a connection hears of its end a moment later.
  for (let i = 0; i < 40 && gateway.open() > 0; i += 1) await wait(50);
  expect({ left: run.left, children: run.children, connections: gateway.open() }).toEqual({ left: [], children: 0, connections: 0 });
  expect(run.growthMb).toBeLessThan(100);
  // A second would be our fault; another one may be that of the tests beside this one.
  expect(run.blockedMs).toBeLessThan(2_000);
}

/** Watches with a process of its own. */
async function watched(bad: Misbehaviour, options: { watchMs?: number; looks?: number } = {}) {
  const { gateway, home } = await place(bad);
  const run = await runAgainst(home, { watchMs: 1_500, ...options });
  await expectBounded(run, gateway);
  return { run, gateway };
}

describe.concurrent("a gateway that sends events without end", () => {
  const event = (name: string, payload: unknown): string => JSON.stringify({ type: "event", event: name, payload });
  const deep = `{"type":"event","event":"health","payload":{"channels":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}}`;
  const news = ["shutdown", "config.changed", "node.presence", "device.pair.requested", "constructor", "__proto__", "toString"];
  const floods: Readonly<Record<string, (i: number) => string>> = {
    "of every kind": (i) => event(news[i % news.length] ?? "", { n: i }),
    "with news of its channels": (i) => event("health", { channels: { a: { n: i } } }),
    "of three hundred kilobytes": () => event("health", { channels: "x".repeat(300_000) }),
    "nested without end": () => deep,
  };
  it.each(Object.entries(floods))("%s makes us neither busy nor large, nor ask it without end", async (_, make) => {
    let sent = 0;
    const { gateway, run } = await watched({
      afterHello: (socket) => {
        const pump = setInterval(() => {
          for (let n = 0; n < 50 && socket.bufferedAmount < 2_000_000; n += 1) {
            sent += 1;
            socket.send(make(sent));
          }
        }, 5);
        socket.on("close", () => clearInterval(pump));
      },
    });
    expect(sent).toBeGreaterThan(100);
    expect(gateway.asked("/healthz")).toBeLessThanOrEqual(12);
    expect(run.told).toBeLessThanOrEqual(40);
  });
});

describe.concurrent("a gateway that lets us in and hangs up at once, again and again", () => {
  it("is told as what it says, and is not stormed", async () => {
    const { gateway, run } = await watched({ afterHello: (socket) => socket.close(1_012, "service restart") }, { watchMs: 2_500 });
    expect(run.lights).toContain("amber");
    expect(run.summaries.join("\n")).toContain("Let us in, and hung up (1012 service restart)");
    expect(gateway.asked("/healthz")).toBeLessThanOrEqual(15);
  });
});

describe.concurrent("stopping in the middle of", () => {
  const silences: Readonly<Record<string, Misbehaviour>> = {
    "a request that is never answered": { tcp: () => {} },
    "an upgrade that is never answered": { upgrade: () => {} },
    "a greeting that never comes": { socket: () => {} },
    "a log-in that is never answered": { call: (method) => (method === "connect" ? [] : undefined) },
    "calls that are never answered": { call: (method) => (method === "connect" ? undefined : []) },
    "a body that never ends": {
      http: (_, response) => {
        response.writeHead(200);
        drip(response, " ");
        return true;
      },
    },
  };
  it.each(Object.entries(silences))("%s leaves no connection and no timer behind", async (_, bad) => {
    const { run } = await watched(bad, { watchMs: 300 });
    expect(run.light).not.toBe("green");
    expect(run.stoppedMs).toBeLessThan(1_000);
  });
});

describe.concurrent("looking again and again at hostile answers", () => {
  it("keeps nothing of them", async () => {
    const million = `{"channelAccounts":{${Array.from({ length: 25_000 }, (_, i) => `"channel-${i}":[{"running":true}]`).join(",")}}}`;
    let asked = 0;
    const { run } = await watched(
      {
        http: (path, response) => {
          asked += 1;
          if (path !== "/readyz") return false;
          response.end("x".repeat(20_000_000));
          return true;
        },
        hello: (honest) =>
          JSON.stringify({ ...honest, snapshot: { presence: Array.from({ length: 30_000 }, () => ({ ip: "10.0.0.1" })) } }),
        call: (method, id) => (method === "connect" ? undefined : [`{"type":"res","id":"${id}","ok":true,"payload":${million}}`]),
      },
      { watchMs: 0, looks: 6 },
    );
    expect(asked).toBeGreaterThan(16);
    expect(run.light, run.sentence).toBe("grey");
    expect(run.sentence).toMatch(/too long to be read whole/);
  });

  it("keeps nothing of files that are too large, and blocks nobody while it reads", async () => {
    const { gateway, home } = await place();
    home.file(".openclaw/.env", `A=1${" ".repeat(250_000)}2`);
    writeFileSync(home.logPath, Buffer.alloc(100_000_000, "x"));
    home.config(
      JSON.stringify({ ...workingConfig(home, gateway.port), $include: Array(500).fill("openclaw.json"), pad: "p".repeat(400_000) }),
    );
    const run = await runAgainst(home, { looks: 4 });
    await expectBounded(run, gateway);
    expect(run.light).toBe("green");
  });
});

describe.concurrent("a home that changes all the time", () => {
  it("five hundred versions of openclaw.json within seconds leave one connection, one truth and nothing behind", async () => {
    const { gateway, home } = await place();
    const good = JSON.stringify(workingConfig(home, gateway.port));
    const running = runAgainst(home, { watchMs: 5_500 });
    await wait(800);
    const odd = ["{", "", "null", '{"gateway":{"port":-1}}', good.slice(0, -5), `${good}\n//`, "[".repeat(10_000)];
    let most = 0;
    for (let i = 0; i < 500; i += 1) {
      const text = i % 2 === 0 ? (odd[i % odd.length] ?? "") : good;
      if (i % 3 === 0) {
        writeFileSync(`${home.configPath}.new`, text);
        renameSync(`${home.configPath}.new`, home.configPath);
      } else writeFileSync(home.configPath, text);
      most = Math.max(most, gateway.open());
      await wait(4);
    }
    writeFileSync(home.configPath, good);
    const run = await running;
    await expectBounded(run, gateway);
    expect(run.sentence).toMatch(/^OpenClaw works/);
    // The one for watching, the one of strangers, and plain requests under way.
    expect(most).toBeLessThanOrEqual(8);
    expect(gateway.asked("/healthz")).toBeLessThanOrEqual(40);
  });

  it("a state folder that goes away and comes back leaves nothing behind and no false green", async () => {
    const { gateway, home } = await place();
    const config = workingConfig(home, gateway.port);
    const running = runAgainst(home, { watchMs: 4_500 });
    for (let i = 0; i < 4; i += 1) {
      await wait(700);
      rmSync(home.stateDir, { recursive: true, force: true });
      await wait(300);
      home.file(".openclaw/openclaw.json", JSON.stringify(config));
    }
    const run = await running;
    await expectBounded(run, gateway);
  });
});
