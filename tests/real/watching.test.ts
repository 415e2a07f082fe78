import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../main/app.ts";
import type { StackState } from "../../main/core/model/snapshot.ts";
import { appOver, portsFor, stateOf } from "../support/openclaw-app.ts";
import { cleanGateways, makeGatewayHome, type RealGateway, startGateway, testToken, usualConfig } from "../support/real-gateway.ts";

/** Waits until the state is as wanted; gives the milliseconds it took. */
async function until(app: App, wanted: (state: StackState) => boolean, limitMs: number): Promise<number> {
  const began = performance.now();
  for (;;) {
    const state = await stateOf(app);
    const took = performance.now() - began;
    if (wanted(state)) return took;
    if (took > limitMs) {
      throw new Error(
        `Still ${state.light}: ${state.sentence}\n${state.checks.map((one) => `${one.light} ${one.id}: ${one.summary}`).join("\n")}`,
      );
    }
    await wait(20);
  }
}
const hard = (code: string) => (state: StackState) => state.findings.some((one) => one.code === code && one.state === "hard");

describe("watching the real gateway", () => {
  let gateway: RealGateway;
  let app: App;
  beforeAll(async () => {
    gateway = await startGateway(await makeGatewayHome());
    await gateway.ready();
  });
  afterEach(() => app.stop());
  afterAll(cleanGateways);

  const begin = async (): Promise<void> => {
    app = appOver(portsFor(gateway), "watch");
    await app.start({ settleMs: 5_000 });
    await until(app, (state) => state.light === "green", 10_000);
  };

  it("is told of a killed gateway by the broken connection, and is sure within four seconds", async () => {
    await begin();
    const sure = until(app, hard("openclaw.gateway.not-running"), 8_000);
    await gateway.kill();
    expect(await sure).toBeLessThan(6_000);
  });

  it("sees it come back: booting, then green", async () => {
    app = appOver(portsFor(gateway), "watch");
    await app.start({ settleMs: 5_000 });
    await until(app, hard("openclaw.gateway.not-running"), 10_000);
    gateway = await startGateway(gateway);
    await until(app, (state) => state.findings.some((one) => one.code === "openclaw.gateway.booting" && one.root), 20_000);
    await gateway.ready();
    await until(app, (state) => state.light === "green", 30_000);
  });

  it("takes over a new token without a restart of either side", async () => {
    await begin();
    const token = "a-new-token-0123456789abcdef0123";
    gateway.writeConfig({
      ...usualConfig(gateway),
      gateway: { mode: "local", port: gateway.port, bind: "loopback", auth: { mode: "token", token } },
    });
    await wait(4_000);
    await until(app, (state) => state.light === "green", 20_000);
    gateway.writeConfig({
      ...usualConfig(gateway),
      gateway: { mode: "local", port: gateway.port, bind: "loopback", auth: { mode: "token", token: testToken } },
    });
    await wait(4_000);
    await until(app, (state) => state.light === "green", 20_000);
  });

  it("keeps one connection and writes next to nothing into the gateway's log", async () => {
    await begin();
    await wait(2_000);
    const before = gateway.output().split("\n").length;
    await wait(40_000);
    const added = gateway
      .output()
      .split("\n")
      .slice(before - 1)
      .filter((line) => line.includes("[ws]"));
    expect(added.length, added.join("\n")).toBeLessThanOrEqual(6);
  });

  it("answers a warm full look within 150 ms", async () => {
    await begin();
    await app.handlers.probeNow({ stack: "openclaw" });
    const times: number[] = [];
    for (let look = 0; look < 7; look += 1) {
      const began = performance.now();
      await app.handlers.probeNow({ stack: "openclaw" });
      times.push(performance.now() - began);
    }
    const median = times.sort((a, b) => a - b)[3] ?? Number.POSITIVE_INFINITY;
    expect(median, times.map(Math.round).join(" ")).toBeLessThan(150);
  });

  it("does not hammer a gateway that refuses its token", async () => {
    const ports = portsFor({ ...gateway, env: { ...gateway.env, WRONG: "not-the-token-0123456789" } }, { secretFrom: { env: "WRONG" } });
    const before = gateway.output().match(/reason=token_mismatch/g)?.length ?? 0;
    app = appOver(ports, "watch");
    await app.start({ settleMs: 5_000 });
    await until(app, hard("openclaw.auth.token-mismatch"), 15_000);
    await wait(30_000);
    const tries = (gateway.output().match(/reason=token_mismatch/g)?.length ?? 0) - before;
    expect(tries).toBeLessThanOrEqual(3);
  });
});
