import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { describeStatus, promptStatus } from "../support/openclaw-status.ts";
import { cleanGateways, makeGatewayHome, nodeBinary, type RealGateway, startGateway, usualConfig } from "../support/real-gateway.ts";

describe("the real gateway's process", () => {
  let gateway: RealGateway;
  afterAll(cleanGateways);

  it("is booting while it starts, and then green", async () => {
    const home = await makeGatewayHome();
    gateway = await startGateway(home);
    await wait(1_500);
    const early = await promptStatus(gateway);
    expect(early.roots[0], describeStatus(early)).toBe("openclaw.gateway.booting");
    expect(early.openclaw.findings[0]?.symptoms).toContain("O44");
    expect(early.openclaw.light).toBe("amber");
    expect(early.exitCode).toBe(1);
    expect(early.openclaw.sentence).toMatch(/^The gateway is starting or draining/);

    await gateway.printed(/starting\.\.\.|starting HTTP server/);
    const later = await promptStatus(gateway);
    expect(["openclaw.gateway.booting", undefined], describeStatus(later)).toContain(later.roots[0]);
    await gateway.ready();
    await wait(1_000);
    const ready = await promptStatus(gateway);
    expect(ready.openclaw.light, describeStatus(ready)).toBe("green");
  });

  it("is frozen after SIGSTOP, and green again after SIGCONT", async () => {
    gateway.freeze();
    const frozen = await promptStatus(gateway);
    gateway.thaw();
    expect(frozen.roots[0], describeStatus(frozen)).toBe("openclaw.gateway.frozen");
    expect(frozen.openclaw.findings[0]?.symptoms).toContain("O43");
    expect(frozen.openclaw.light).toBe("red");
    expect(frozen.exitCode).toBe(2);
    expect(frozen.openclaw.sentence).toMatch(/^The gateway process is there but does not answer/);
    expect(frozen.wallMs).toBeLessThan(2_000);

    await gateway.ready();
    await wait(500);
    const awake = await promptStatus(gateway);
    expect(awake.roots, describeStatus(awake)).toEqual([]);
  });

  it("is not running after SIGKILL, and the lock it left says that it was killed", async () => {
    await gateway.kill();
    const seen = await promptStatus(gateway);
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.gateway.not-running");
    expect(seen.openclaw.findings[0]?.symptoms).toContain("O16");
    expect(seen.openclaw.light).toBe("red");
    expect(seen.exitCode).toBe(2);
    expect(seen.openclaw.sentence).toMatch(/^The OpenClaw gateway is not running/);
    const evidence = seen.openclaw.findings[0]?.evidence.map((one) => one.text).join(" ");
    expect(evidence).toContain(`Process ${gateway.pid} left its lock behind`);
    expect(seen.openclaw.findings[0]?.ruledOut.join(" ")).toContain("Another program on the port");
    expect(seen.wallMs).toBeLessThan(2_000);
  });

  it("another program on its port is named as the owner, however it behaves", async () => {
    const programs = {
      "a web server":
        "require('http').createServer((q, r) => r.end('<html>hello</html>')).listen(PORT, '127.0.0.1', () => console.log('up'))",
      "a silent program": "require('net').createServer(() => {}).listen(PORT, '127.0.0.1', () => console.log('up'))",
    };
    for (const [what, code] of Object.entries(programs)) {
      const stranger = spawn(nodeBinary, ["-e", code.replace("PORT", String(gateway.port))], { stdio: ["ignore", "pipe", "ignore"] });
      await once(stranger.stdout, "data");
      const seen = await promptStatus(gateway);
      stranger.kill("SIGKILL");
      await once(stranger, "exit");
      expect(seen.roots[0], `${what}\n${describeStatus(seen)}`).toBe("openclaw.port.conflict");
      expect(seen.openclaw.findings[0]?.symptoms).toContain("O18");
      expect(seen.openclaw.light).toBe("red");
      expect(seen.exitCode).toBe(2);
      expect(seen.openclaw.sentence).toMatch(/^Another program holds the gateway's port/);
      expect(seen.openclaw.findings[0]?.evidence.map((one) => one.text).join(" ")).toContain(`process ${stranger.pid}`);
      expect(seen.wallMs).toBeLessThan(2_000);
    }
  });

  it("another gateway on its port is no token problem", async () => {
    const elsewhere = await makeGatewayHome({ port: gateway.port });
    const auth = { mode: "token", token: "the-other-gateways-own-token" };
    elsewhere.writeConfig({ ...usualConfig(elsewhere), gateway: { mode: "local", port: gateway.port, bind: "loopback", auth } });
    const other = await startGateway(elsewhere);
    await other.ready();
    const seen = await promptStatus(gateway);
    await other.stop();
    expect(seen.roots[0], describeStatus(seen)).toBe("openclaw.port.conflict");
    expect(seen.openclaw.findings[0]?.followers).toContain("openclaw.auth.token-mismatch");
  });
});
