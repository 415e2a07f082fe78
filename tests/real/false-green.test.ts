import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openclawJson } from "../support/openclaw-devices.ts";
import { describeStatus, promptStatus, type Status } from "../support/openclaw-status.ts";
import { cleanGateways, makeGatewayHome, type RealGateway, startGateway, usualConfig } from "../support/real-gateway.ts";

const password = "a-gateway-password-0123456789";
/** The shape of a bot token, which no bot has. */
const botToken = `123456789:${"A".repeat(35)}`;

describe("a gateway that calls itself healthy while its channel is dead", () => {
  let gateway: RealGateway;
  beforeAll(async () => {
    const home = await makeGatewayHome();
    home.writeConfig({
      ...usualConfig(home),
      gateway: { mode: "local", port: home.port, bind: "loopback", auth: { mode: "password", password } },
      channels: { telegram: { enabled: true, botToken, dmPolicy: "pairing" } },
    });
    gateway = await startGateway(home);
    await gateway.ready();
  });
  afterAll(cleanGateways);

  it("is not green, and the channel is named, with the password as credential", async () => {
    let seen: Status = await promptStatus(gateway);
    for (let tries = 0; tries < 20 && seen.roots.length === 0; tries += 1) {
      await wait(1_000);
      seen = await promptStatus(gateway);
    }
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.channel.failing");
    expect(seen.openclaw.sentence).toMatch(/^A configured channel does not pass messages \(telegram\)/);
    expect(seen.openclaw.checks.find((check) => check.id === "session")?.light).toBe("green");
    expect(await openclawJson(gateway, "health")).toMatchObject({ ok: true });
    for (const secret of [password, botToken]) expect(seen.printed).not.toContain(secret);
  });
});
