import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeStatus, promptStatus, type Status, status } from "../support/openclaw-status.ts";
import { cleanGateways, makeGatewayHome, type RealGateway, startGateway, testToken, usualConfig } from "../support/real-gateway.ts";

/** The token reaches the gateway by its environment only, so that what a client can read is up to each test. */
async function gatewayWithTokenInItsEnvironment(): Promise<RealGateway> {
  const home = await makeGatewayHome();
  const usual = usualConfig(home);
  home.writeConfig({ ...usual, gateway: { mode: "local", port: home.port, bind: "loopback", auth: { mode: "token" } } });
  const gateway = await startGateway(home, { env: { OPENCLAW_GATEWAY_TOKEN: testToken } });
  await gateway.ready();
  return gateway;
}

/**
 * The answer to a first wrong log-in. The gateway doubles its wait with every one from this machine, so that a look repeated for a busy
 * machine's sake would be slower than the one before; a good log-in in between makes it forget them.
 */
async function firstWrongLogIn(gateway: RealGateway, token: string): Promise<Status> {
  const look = (shown: string) => status(gateway, { env: { OPENCLAW_GATEWAY_TOKEN: shown } });
  let best = await look(token);
  for (let tries = 1; tries < 5 && best.wallMs > 2_000; tries += 1) {
    await look(testToken);
    best = await look(token);
  }
  return best;
}

describe("credentials at the real gateway", () => {
  let gateway: RealGateway;
  beforeAll(async () => {
    gateway = await gatewayWithTokenInItsEnvironment();
  });
  afterAll(cleanGateways);

  it("a wrong token is red, and called a mismatch", async () => {
    const wrong = "another-token-entirely-0123456789";
    const seen = await firstWrongLogIn(gateway, wrong);
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.auth.token-mismatch");
    expect(seen.openclaw.findings[0]?.symptoms).toContain("O10");
    expect(seen.openclaw.light).toBe("red");
    expect(seen.exitCode).toBe(2);
    expect(seen.openclaw.sentence).toMatch(/^The gateway rejects the shared token/);
    expect(seen.openclaw.findings[0]?.evidence.map((one) => one.text).join(" ")).toContain("OPENCLAW_GATEWAY_TOKEN");
    expect(seen.wallMs).toBeLessThan(2_000);
    expect(seen.printed).not.toContain(wrong);
  });

  it("no token at all is red, and called missing", async () => {
    const seen = await promptStatus(gateway);
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.auth.token-missing");
    expect(seen.openclaw.findings[0]?.symptoms).toContain("O9");
    expect(seen.openclaw.light).toBe("red");
    expect(seen.exitCode).toBe(2);
    expect(seen.openclaw.sentence).toMatch(/^A client has no credentials for the gateway/);
    expect(seen.wallMs).toBeLessThan(2_000);
  });

  it("says so however often it is asked, although the gateway answers wrong log-ins ever more slowly", async () => {
    for (let look = 0; look < 5; look += 1) {
      const seen = await status(gateway, { env: { OPENCLAW_GATEWAY_TOKEN: "wrong-again-and-again-0123456789" } });
      expect(seen.roots[0], `look ${look + 1}\n${describeStatus(seen)}`).toBe("openclaw.auth.token-mismatch");
      const said = seen.openclaw.findings[0]?.evidence.map((one) => one.text).join(" ");
      expect(said, describeStatus(seen)).toContain("OPENCLAW_GATEWAY_TOKEN");
    }
  });

  it("the token in the .env file of the state folder is found", async () => {
    writeFileSync(join(gateway.stateDir, ".env"), `OPENCLAW_GATEWAY_TOKEN=${testToken}\n`, { mode: 0o600 });
    const seen = await promptStatus(gateway);
    expect(seen.roots, describeStatus(seen)).toEqual([]);
    expect(seen.openclaw.light).toBe("green");
    writeFileSync(join(gateway.stateDir, ".env"), "", { mode: 0o600 });
  });

  it("a reference to a variable that is not set is named as the cause", async () => {
    const reference = ["$", "{NOWHERE_TO_BE_FOUND}"].join("");
    gateway.writeConfig({
      ...usualConfig(gateway),
      gateway: { mode: "local", port: gateway.port, bind: "loopback", auth: { mode: "token", token: reference } },
    });
    const seen = await promptStatus(gateway);
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.secrets.ref-unresolved");
    expect(seen.openclaw.findings[0]?.symptoms).toContain("O26");
    expect(seen.openclaw.findings[0]?.followers).toContain("openclaw.auth.token-missing");
  });
});
