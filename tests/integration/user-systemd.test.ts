import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeThrowAwayAccount } from "../support/throw-away-account.ts";
import { startUserSystemd, type UserSystemd, whyNoUserSystemd, writeUnit } from "../support/user-systemd.ts";

const ownGroup = () => readFileSync("/proc/self/cgroup", "utf8");
const obstacle = whyNoUserSystemd();

/** Needs root, systemd and dbus-user-session; elsewhere there is no manager to talk to. */
describe.runIf(obstacle === null)("a user manager of our own (needs a user service manager)", () => {
  for (const kind of ["root", "a throw-away account"] as const) {
    describe(`for ${kind}`, () => {
      let manager: UserSystemd;
      let account: ReturnType<typeof makeThrowAwayAccount> | undefined;
      const groupBefore = ownGroup();
      const bootedBefore = existsSync("/run/systemd/system");
      beforeAll(async () => {
        account = kind === "root" ? undefined : makeThrowAwayAccount();
        manager = await startUserSystemd(account ? { user: account.user } : {});
      });
      afterAll(async () => {
        await manager.stop();
        account?.remove();
        const runtimeDir = manager.env["XDG_RUNTIME_DIR"] ?? "/";
        expect(existsSync(runtimeDir)).toBe(false);
        const group = `lamplighter-${dirname(runtimeDir).slice(-6)}`;
        expect(readdirSync("/sys/fs/cgroup", { recursive: true }).filter((name) => `${name}`.includes(group))).toEqual([]);
      }, 20_000);

      it("starts units under the right account", () => {
        writeUnit(manager, "lamp.service", ["ExecStart=/bin/sleep 60"]);
        manager.systemctl("start", "lamp.service");
        const pid = manager.systemctl("show", "lamp.service", "-p", "MainPID", "--value").trim();
        expect(readFileSync(`/proc/${pid}/status`, "utf8")).toMatch(new RegExp(`^Uid:\\s+${manager.uid}\\s`, "m"));
      });

      it("has a session bus of its own", () => {
        expect(manager.run("busctl", ["--user", "list"]).stdout).toContain("org.freedesktop.systemd1");
      });

      it("takes hold of nobody else's processes and does not pretend to have booted the machine", () => {
        expect(ownGroup()).toBe(groupBefore);
        expect(existsSync("/run/systemd/system")).toBe(bootedBefore);
      });
    });
  }

  it("leaves nothing running after it is stopped", async () => {
    const manager = await startUserSystemd();
    writeUnit(manager, "stubborn.service", ["ExecStart=/bin/sh -c 'trap \"\" TERM; while :; do sleep 1; done'", "TimeoutStopSec=300"]);
    manager.systemctl("start", "stubborn.service");
    const pid = manager.systemctl("show", "stubborn.service", "-p", "MainPID", "--value").trim();
    const began = performance.now();
    await manager.stop();
    expect(existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("trap")).toBe(false);
    expect(performance.now() - began).toBeLessThan(9000);
  });
});

it("says in words why there is no user manager here, or nothing", () => {
  expect(obstacle === null || /\w+ \w+/.test(obstacle)).toBe(true);
});
