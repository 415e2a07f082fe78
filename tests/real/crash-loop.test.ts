import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installOpenClaw, nodeBinary } from "../support/openclaw-install.ts";
import { describeStatus, promptStatus, type Status } from "../support/openclaw-status.ts";
import { freePort, testToken } from "../support/real-gateway.ts";
import { makeThrowAwayAccount } from "../support/throw-away-account.ts";
import { startUserSystemd, type UserSystemd, whyNoUserSystemd, writeUnit } from "../support/user-systemd.ts";

const obstacle = whyNoUserSystemd();

/** The program where any account may read it: links to the cached files, and a copy of Node. */
async function readableForAll(): Promise<{ readonly folder: string; readonly entry: string; readonly node: string }> {
  const entry = await installOpenClaw();
  const folder = mkdtempSync(join(tmpdir(), "lamplighter-openclaw-"));
  execFileSync("chmod", ["0755", folder]);
  const modules = dirname(dirname(entry));
  execFileSync("cp", ["-a", "--reflink=auto", "-l", modules, join(folder, "node_modules")]);
  execFileSync("cp", [nodeBinary, join(folder, "node")]);
  return { folder, entry: join(folder, "node_modules", "openclaw", "openclaw.mjs"), node: join(folder, "node") };
}

describe.runIf(obstacle === null)("a gateway as a systemd user unit (needs a user service manager)", () => {
  let account: ReturnType<typeof makeThrowAwayAccount>;
  let systemd: UserSystemd;
  let program: Awaited<ReturnType<typeof readableForAll>>;
  let port: number;
  let config: Readonly<Record<string, unknown>>;

  const own = (path: string): void => chownSync(path, account.uid, account.gid);
  const unit = "openclaw-gateway.service";
  const show = (): string => systemd.systemctl("show", unit, "-p", "ActiveState,SubState,NRestarts,ExecMainStatus,Result");
  const look = (): Promise<Status> =>
    promptStatus({ home: account.home, env: { ...systemd.env, PATH: `${program.folder}:/usr/bin:/bin` } }, { as: account });

  beforeAll(async () => {
    program = await readableForAll();
    account = makeThrowAwayAccount();
    systemd = await startUserSystemd({ user: account.user });
    port = await freePort();
    const stateDir = join(account.home, ".openclaw");
    mkdirSync(stateDir, { mode: 0o700 });
    own(stateDir);
    config = {
      gateway: { mode: "local", port, bind: "loopback", auth: { mode: "token", token: testToken } },
      logging: { file: join(account.home, "gateway.log") },
    };
    writeFileSync(join(stateDir, "openclaw.json"), JSON.stringify(config), { mode: 0o600 });
    own(join(stateDir, "openclaw.json"));
    // As the package renders it. Its own `gateway install` also wants a system bus, which containers do not have.
    writeUnit(
      systemd,
      unit,
      [
        `ExecStart=${program.node} ${join(dirname(program.entry), "dist", "index.js")} gateway --port ${port}`,
        `WorkingDirectory=${stateDir}`,
        `Environment=HOME=${account.home} PATH=${program.folder}:/usr/bin:/bin OPENCLAW_SERVICE_MARKER=openclaw OPENCLAW_SERVICE_KIND=gateway OPENCLAW_NO_AUTO_UPDATE=1 OPENCLAW_DISABLE_BONJOUR=1`,
        "Restart=always",
        "RestartSec=5",
        "RestartPreventExitStatus=78",
        "TimeoutStopSec=330",
        "TimeoutStartSec=30",
        "SuccessExitStatus=0 143",
        "KillMode=mixed",
      ],
      ["Description=OpenClaw Gateway", "StartLimitBurst=10", "StartLimitIntervalSec=300"],
    );
    systemd.systemctl("enable", "--now", unit);
  }, 600_000);

  afterAll(async () => {
    await systemd?.stop();
    account?.remove();
    rmSync(program?.folder ?? join(tmpdir(), "nothing-of-ours"), { recursive: true, force: true });
  }, 120_000);

  it("runs, and is green apart from the warning that it ends with the session", async () => {
    for (let tries = 0; tries < 120; tries += 1) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
      if (answer?.status === 200) break;
      await wait(500);
    }
    const seen = await look();
    expect(
      seen.openclaw.checks.find((check) => check.id === "service"),
      `${describeStatus(seen)}\n${show()}`,
    ).toBeDefined();
    expect(
      seen.roots.filter((code) => code !== "openclaw.service.will-not-survive"),
      describeStatus(seen),
    ).toEqual([]);
  });

  it("is called a crash loop when it ends again and again", async () => {
    const folder = join(systemd.unitDir, `${unit}.d`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "crash.conf"), "[Service]\nEnvironment=NODE_OPTIONS=--require=/nonexistent-module.js\nRestartSec=1\n");
    execFileSync("chown", ["-R", `${account.uid}:${account.gid}`, folder]);
    systemd.systemctl("daemon-reload");
    systemd.systemctl("restart", unit);
    await wait(4_000);
    const seen = await look();
    expect(seen.roots[0], `${describeStatus(seen)}\n${show()}`).toBe("openclaw.service.crash-loop");
    expect(seen.openclaw.findings[0]?.symptoms).toEqual(expect.arrayContaining(["G2", "O16"]));
    expect(seen.openclaw.findings[0]?.followers).toContain("openclaw.gateway.not-running");
    expect(seen.openclaw.light).toBe("red");
    expect(seen.exitCode).toBe(2);
    expect(seen.openclaw.sentence).toMatch(/^The gateway is started again and again/);
    expect(seen.wallMs).toBeLessThan(2_000);
  });

  it("has its cause named when it stays down: under a service manager the older program ends with 78, which is not started again", async () => {
    writeFileSync(join(systemd.unitDir, `${unit}.d`, "crash.conf"), "[Service]\nRestartSec=1\n");
    writeFileSync(
      join(account.home, ".openclaw", "openclaw.json"),
      JSON.stringify({ ...config, meta: { lastTouchedVersion: "2027.3.1" } }),
    );
    systemd.systemctl("daemon-reload");
    systemd.systemctl("reset-failed", unit);
    systemd.systemctl("restart", unit);
    for (let tries = 0; tries < 60 && !show().includes("ActiveState=failed"); tries += 1) await wait(500);
    const seen = await look();
    expect(seen.roots[0], `${describeStatus(seen)}\n${show()}`).toBe("openclaw.install.split-brain");
    expect(seen.openclaw.findings[0]).toMatchObject({ symptoms: ["O2"], light: "red" });
    expect(seen.openclaw.findings[0]?.followers).toContain("openclaw.gateway.not-running");
    const down = seen.openclaw.findings.find((one) => one.code === "openclaw.gateway.not-running");
    expect(down?.evidence.map((one) => one.text).join(" ")).toContain("ended with 78");
  });
});
