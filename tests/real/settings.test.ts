import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeStatus, promptStatus } from "../support/openclaw-status.ts";
import { cleanGateways, type GatewayHome, makeGatewayHome, type RealGateway, startGateway, usualConfig } from "../support/real-gateway.ts";

describe("openclaw.json under a running gateway", () => {
  let gateway: RealGateway;
  beforeAll(async () => {
    gateway = await startGateway(await makeGatewayHome());
    await gateway.ready();
  });
  afterAll(cleanGateways);

  it("a key the gateway's schema does not know is amber: it runs on, and would not start again", async () => {
    gateway.writeConfig({ ...usualConfig(gateway), nonsense: 1 });
    await wait(1_500);
    const seen = await promptStatus(gateway);
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.config.invalid");
    expect(seen.openclaw.findings[0]?.symptoms).toContain("O20");
    expect(seen.openclaw.light).toBe("amber");
    expect(seen.exitCode).toBe(1);
    expect(seen.openclaw.sentence).toMatch(/^openclaw\.json is not valid/);
    expect(seen.openclaw.findings[0]?.evidence.map((one) => one.text).join(" ")).toContain("nonsense");
    expect(seen.wallMs).toBeLessThan(2_000);
  });

  it("a file cut off in the middle is amber, and the gateway is still found by its lock", async () => {
    gateway.writeConfig(`{"gateway":{"mode":"local","port":${gateway.port},`);
    await wait(500);
    const seen = await promptStatus(gateway);
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.config.invalid");
    expect(seen.openclaw.light).toBe("amber");
    expect(seen.openclaw.checks.find((check) => check.id === "live")?.light).toBe("green");
  });

  it("is green again when the file is put right", async () => {
    gateway.writeConfig(usualConfig(gateway));
    await wait(1_500);
    const seen = await promptStatus(gateway);
    expect(seen.roots, describeStatus(seen)).toEqual([]);
  });

  it("a file written by a newer release warns, because the next start will be refused", async () => {
    gateway.writeConfig({ ...usualConfig(gateway), meta: { lastTouchedVersion: "2027.3.1" } });
    await wait(1_500);
    const seen = await promptStatus(gateway);
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.install.split-brain");
    expect(seen.openclaw.light).toBe("amber");
  });
});

describe("openclaw.json that keeps the gateway from starting", () => {
  let home: GatewayHome;
  beforeAll(async () => {
    home = await makeGatewayHome();
  });
  afterAll(cleanGateways);

  it("an invalid file ends the start with 78 and is the root of it", async () => {
    home.writeConfig({ ...usualConfig(home), nonsense: 1 });
    const gateway = await startGateway(home);
    expect(await gateway.ended).toBe(78);
    const seen = await promptStatus(home);
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.config.invalid");
    expect(seen.openclaw.findings[0]).toMatchObject({ symptoms: ["O20"], light: "red" });
    expect(seen.openclaw.findings[0]?.followers).toContain("openclaw.gateway.not-running");
    expect(seen.exitCode).toBe(2);
    expect(seen.openclaw.sentence).toMatch(/^openclaw\.json is not valid/);
    expect(seen.wallMs).toBeLessThan(2_000);
  });

  it("a file cut off in the middle needs no log to be named", async () => {
    home.writeConfig('{"gateway":{"mode":"local",');
    const seen = await promptStatus(home);
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.config.invalid");
    expect(seen.openclaw.light).toBe("red");
  });

  it("a file written by a newer release is a split installation, not a stopped gateway", async () => {
    home.writeConfig({ ...usualConfig(home), meta: { lastTouchedVersion: "2027.3.1" } });
    const gateway = await startGateway(home);
    expect(await gateway.ended).toBe(1);
    const seen = await promptStatus(home);
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.install.split-brain");
    expect(seen.openclaw.findings[0]).toMatchObject({ symptoms: ["O2"], light: "red" });
    expect(seen.openclaw.findings[0]?.followers).toContain("openclaw.gateway.not-running");
    expect(seen.exitCode).toBe(2);
    expect(seen.openclaw.sentence).toMatch(/^Two OpenClaw versions /);
    expect(seen.wallMs).toBeLessThan(2_000);
  });
});
