import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { devices } from "../support/openclaw-devices.ts";
import { describeStatus, promptStatus } from "../support/openclaw-status.ts";
import { cleanGateways, makeGatewayHome, type RealGateway, startGateway, testToken } from "../support/real-gateway.ts";

describe("a healthy gateway", () => {
  let gateway: RealGateway;
  beforeAll(async () => {
    gateway = await startGateway(await makeGatewayHome());
    await gateway.ready();
  });
  afterAll(cleanGateways);

  it("is green for a client that only has the shared token, with a note", async () => {
    const seen = await promptStatus(gateway);
    expect(seen.roots, describeStatus(seen)).toEqual([]);
    expect(seen.openclaw.light, describeStatus(seen)).toBe("green");
    expect(seen.exitCode).toBe(0);
    expect(seen.openclaw.sentence).toMatch(/^OpenClaw works: \d+ checks agree, 1 note$/);
    const note = seen.openclaw.findings[0];
    expect(note).toMatchObject({ code: "openclaw.auth.scope-limited", symptoms: ["O23"], light: "green" });
    expect(note?.remedies.map((remedy) => remedy.id)).toContain("approve-pairing");
    expect(seen.wallMs).toBeLessThan(2_000);
  });

  it("never shows the token", async () => {
    expect((await promptStatus(gateway)).printed).not.toContain(testToken);
  });

  it("is not changed by being looked at: no device was paired and none waits", async () => {
    await promptStatus(gateway);
    expect(await devices(gateway)).toEqual({ pending: [], paired: [] });
  });
});
