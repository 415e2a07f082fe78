import { spawnSync } from "node:child_process";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appOver, lookOnce, portsFor, stateOf } from "../support/openclaw-app.ts";
import { devices, openclawArgv } from "../support/openclaw-devices.ts";
import { cleanGateways, makeGatewayHome, type RealGateway, startGateway, testToken, usualConfig } from "../support/real-gateway.ts";

const outside = Object.values(networkInterfaces())
  .flat()
  .find((one) => one !== undefined && !one.internal && one.family === "IPv4")?.address;

describe.runIf(outside !== undefined)("our device at the real gateway (needs a network interface, where approval is asked for)", () => {
  let gateway: RealGateway;
  let ports: ReturnType<typeof portsFor>;
  beforeAll(async () => {
    const home = await makeGatewayHome();
    const auth = { mode: "token", token: testToken };
    home.writeConfig({ ...usualConfig(home), gateway: { mode: "local", port: home.port, bind: "lan", auth } });
    gateway = await startGateway(home);
    await gateway.ready();
    ports = portsFor(gateway);
  });
  afterAll(cleanGateways);

  /** The same gateway under its network address, where the shared token alone opens the door and nothing behind it. */
  const fromOutside = (introduceDevice: "auto" | "always") => ({
    ...ports,
    settings: portsFor(gateway, { url: `ws://${outside}:${gateway.port}`, introduceDevice }).settings,
  });

  it("is let in unpaired with a note that names the missing right, and leaves no request behind", async () => {
    const state = await lookOnce(fromOutside("auto"));
    expect(state.light, state.sentence).toBe("green");
    const note = state.findings.find((finding) => finding.code === "openclaw.auth.scope-limited");
    expect(note).toMatchObject({ light: "green", symptoms: ["O23"] });
    expect(note?.detail).toContain("operator.read");
    expect(state.checks.find((check) => check.id === "channels")?.summary).toBe("Not visible: needs operator.read");
    expect((await devices(gateway)).pending).toEqual([]);
  });

  it("asks for approval when it is told to, shows the exact command, and is green and paired once that was run", async () => {
    const app = appOver(fromOutside("always"), "once");
    await app.start();
    const asking = await stateOf(app);
    expect(asking.findings[0]).toMatchObject({ code: "openclaw.auth.pairing-required", symptoms: ["O12", "O25"], root: true });
    expect(asking.light).toBe("amber");

    const { effects } = await app.handlers.previewPlan({
      stack: "openclaw",
      code: "openclaw.auth.pairing-required",
      remedy: "approve-pairing",
    });
    // Where a plain openclaw would act on another installation, the person is given the command instead of the plan running it.
    const lines = effects.map(({ effect, preview }) => (effect.do === "run-command" ? effect.argv.join(" ") : preview));
    const approve = lines.flatMap((line) => /devices approve \S+ --json/.exec(line)?.[0] ?? []);
    const { pending } = await devices(gateway);
    expect(approve).toEqual([`devices approve ${pending[0]?.requestId} --json`]);
    await app.stop();

    const [file, ...args] = await openclawArgv(approve[0]?.split(" ") ?? []);
    const ran = spawnSync(file ?? "", args, { env: gateway.env, encoding: "utf8", timeout: 60_000 });
    expect(ran.status, ran.stderr).toBe(0);

    const paired = await lookOnce(fromOutside("always"));
    expect(paired.findings).toEqual([]);
    expect(paired.light).toBe("green");
    expect(paired.checks.find((check) => check.id === "session")?.summary).toContain("as an approved device");
    expect(paired.checks.find((check) => check.id === "cron")?.light).toBe("green");
  });

  it("is recognised on loopback too, without any note, and the address is no trouble any more", async () => {
    // The first look is handed the device's token, the second can use it under the other address.
    await lookOnce(ports);
    const state = await lookOnce(ports);
    expect(state.findings).toEqual([]);
    expect(state.light, state.sentence).toBe("green");
    expect(state.sentence).toMatch(/^OpenClaw works: \d+ checks agree$/);
    expect(state.checks.find((check) => check.id === "session")?.summary).toContain("as an approved device");
  });

  it("still gets in with its own token when the shared one is wrong, and says amber", async () => {
    const wrong = portsFor({ ...gateway, env: { ...gateway.env, WRONG: "not-the-token-0123456789" } }, { secretFrom: { env: "WRONG" } });
    const state = await lookOnce({ ...wrong, identity: ports.identity });
    const first = state.findings[0];
    expect(first, JSON.stringify(state.findings)).toMatchObject({ code: "openclaw.auth.token-mismatch", light: "amber", root: true });
    expect(first?.evidence.map((one) => one.text).join(" ")).toContain("Our own device token still works");
    expect(state.checks.find((check) => check.id === "cron")?.light).toBe("green");
  });

  it("tells when the gateway has forgotten the device", async () => {
    const { paired } = await devices(gateway);
    const [file, ...args] = await openclawArgv(["devices", "remove", paired[0]?.deviceId ?? "", "--json"]);
    expect(spawnSync(file ?? "", args, { env: gateway.env, encoding: "utf8", timeout: 60_000 }).status).toBe(0);
    const state = await lookOnce(fromOutside("auto"));
    expect(state.findings.map((finding) => [finding.code, finding.light])).toContainEqual(["openclaw.auth.device-token-mismatch", "amber"]);
  });
});
