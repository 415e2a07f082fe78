import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeStatus, promptStatus } from "../support/openclaw-status.ts";
import { cleanGateways, makeGatewayHome, type RealGateway, startGateway, testToken, usualConfig } from "../support/real-gateway.ts";

const outside = Object.values(networkInterfaces())
  .flat()
  .find((one) => one !== undefined && !one.internal && one.family === "IPv4")?.address;

describe.runIf(outside !== undefined)("a gateway bound to the network while its client uses loopback (needs a network interface)", () => {
  let gateway: RealGateway;
  beforeAll(async () => {
    const home = await makeGatewayHome();
    const auth = { mode: "token", token: testToken };
    home.writeConfig({ ...usualConfig(home), gateway: { mode: "local", port: home.port, bind: "lan", auth } });
    gateway = await startGateway(home);
    await gateway.ready();
  });
  afterAll(cleanGateways);

  it("works here and not under its other name: amber, with the first address that differs", async () => {
    const seen = await promptStatus(gateway);
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.auth.plane-skew");
    expect(seen.openclaw.findings[0]?.symptoms).toContain("O36");
    expect(seen.openclaw.light).toBe("amber");
    expect(seen.exitCode).toBe(1);
    expect(seen.openclaw.sentence).toMatch(/^The gateway works here but not under its other name/);
    expect(seen.openclaw.findings[0]?.evidence[0]?.text).toContain(outside);
    expect(seen.openclaw.checks.find((check) => check.id === "session")?.light).toBe("green");
    expect(seen.openclaw.checks.find((check) => check.id === "anonymous")?.light).toBe("green");
    expect(seen.wallMs).toBeLessThan(2_000);
  });
});
