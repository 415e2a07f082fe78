import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { handsOn } from "../support/repair-by-hand.ts";
import { type ServiceGateway, startServiceGateway } from "../support/service-gateway.ts";
import { whyNoUserSystemd } from "../support/user-systemd.ts";

/** Needs root, systemd and dbus-user-session; elsewhere there is no manager to act through. */
describe.runIf(whyNoUserSystemd() === null)("repairing a gateway that is a systemd user unit (needs a user service manager)", () => {
  let gateway: ServiceGateway;
  let hands: ReturnType<typeof handsOn>;

  beforeAll(async () => {
    gateway = await startServiceGateway();
    hands = handsOn(gateway);
  }, 600_000);
  afterAll(() => gateway?.stop(), 120_000);
  beforeEach(() => gateway.heal(), 180_000);

  it("is green as OpenClaw itself installed it", async () => {
    await hands.green();
    const health = await gateway.openclaw("health", "--json");
    expect(health.code, health.out + health.errors).toBe(0);
  });
});
