import { existsSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { cleanGateways, makeGatewayHome, startGateway } from "../support/real-gateway.ts";

describe("the real gateway the other real tests rely on", () => {
  afterAll(cleanGateways);

  it("starts in a throw-away home, can be frozen and woken, and leaves nothing behind", async () => {
    const home = await makeGatewayHome();
    const gateway = await startGateway(home);
    await gateway.ready();
    const live = async () => (await fetch(`http://127.0.0.1:${home.port}/healthz`, { signal: AbortSignal.timeout(1_000) })).json();
    expect(await live()).toEqual({ ok: true, status: "live" });

    gateway.freeze();
    await expect(live()).rejects.toThrow();
    gateway.thaw();
    expect(await live()).toEqual({ ok: true, status: "live" });

    await gateway.kill();
    expect(await gateway.ended).toBe("SIGKILL");
    await cleanGateways();
    expect(existsSync(home.home)).toBe(false);
  });
});
