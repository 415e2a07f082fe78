import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { commandsIn, handsOn, type RepairSaid } from "../support/repair-by-hand.ts";
import { gatewayUnit, type ServiceGateway, startServiceGateway } from "../support/service-gateway.ts";
import { whyNoUserSystemd } from "../support/user-systemd.ts";

const notRunning = "openclaw.gateway.not-running";
const crashLoop = "openclaw.service.crash-loop";
const gaveUp = "openclaw.service.gave-up";
const invalid = "openclaw.config.invalid";
const conflict = "openclaw.port.conflict";

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

  const words = (said: RepairSaid): string => JSON.stringify({ ...said, plan: commandsIn(said) }, null, 1).slice(0, 6_000);
  const systemctl = (verb: string): string => `systemctl --user --no-ask-password ${verb} -- ${gatewayUnit}`;
  const openclaw = (args: string): string => `${gateway.program} ${args}`;

  /** Shows the plan first: nothing may happen, and the gate must be open. */
  const previewOf = async (...args: readonly string[]): Promise<RepairSaid> => {
    const starts = gateway.watchStarts();
    const there = starts().length;
    const preview = await hands.repair(...args, "--dry-run");
    expect(preview, words(preview)).toMatchObject({ code: args[0], ran: false, gate: { kind: "open" }, runnable: true });
    expect(preview.receipt).toBeUndefined();
    expect(starts()).toHaveLength(there);
    return preview;
  };

  /** What must be so after every repair, whatever it was: proved, green, written down as it was shown, and OpenClaw agrees. */
  const expectMended = async (preview: RepairSaid, done: RepairSaid): Promise<void> => {
    expect(done.ran, words(done)).toBe(true);
    const seen = { before: { light: "red" }, after: { light: "green" } };
    expect(done.receipt, words(done)).toMatchObject({ verified: true, outcome: "verified", ...seen });
    expect(done.receipt?.verifiedBy.length).toBeGreaterThan(0);
    expect(done.receipt?.steps.map(({ state }) => state)).toEqual(done.plan.map(() => "done"));
    // What was shown is what was done.
    expect(commandsIn(done)).toEqual(commandsIn(preview));
    await hands.green();
    const lines = (await hands.journal()).filter(({ facts }) => facts["repair"] === done.id);
    const begun = lines.filter(({ what }) => what === "step-started").map(({ facts }) => facts["preview"]);
    expect(begun).toEqual(preview.plan.map((step) => step.preview));
    expect(lines.at(-1)).toMatchObject({ what: "repair-ended", facts: { outcome: "verified" } });
    const status = await gateway.openclaw("gateway", "status", "--json", "--require-rpc");
    expect(status.code, status.out).toBe(0);
    expect(JSON.parse(status.out)).toMatchObject({ service: { runtime: { status: "running" } }, rpc: { ok: true } });
  };

  it("is green as OpenClaw itself installed it", async () => {
    await hands.green();
    const health = await gateway.openclaw("health", "--json");
    expect(health.code, health.out + health.errors).toBe(0);
  });

  it("starts a gateway that is found stopped", async () => {
    gateway.systemctl("stop", gatewayUnit);
    await hands.redFor(notRunning);
    const preview = await previewOf(notRunning);
    expect(commandsIn(preview)).toEqual([openclaw("gateway start --json")]);
    const starts = gateway.watchStarts();
    await expectMended(preview, await hands.repair(notRunning, "--yes"));
    expect(starts()).toHaveLength(1);
  });

  it("leaves a gateway alone that a person stopped through us, and starts it again only for a person", async () => {
    const stopped = await hands.operate("stop", "--yes");
    expect(stopped.receipt, words(stopped)).toMatchObject({ verified: true, after: { light: "grey" } });
    expect(gateway.show("ActiveState")).toEqual({ ActiveState: "inactive" });
    const seen = await hands.until("known as stopped", ({ stack }) => stack.stopped !== undefined);
    expect(seen.stack.sentence).toMatch(/stopped by you/);
    const refused = await hands.repair(notRunning, "--yes");
    expect(refused, words(refused)).toMatchObject({ ran: false, gate: { kind: "closed", reason: "deliberately-stopped" } });
    expect(gateway.show("ActiveState")).toEqual({ ActiveState: "inactive" });
    const preview = await hands.operate("start", "--dry-run");
    expect(commandsIn(preview), words(preview)).toEqual([systemctl("start")]);
    const started = await hands.operate("start", "--yes");
    expect(started.receipt, words(started)).toMatchObject({ verified: true, after: { light: "green" } });
    await hands.green();
  });

  it("ends a crash loop by writing the broken definition of the unit again", async () => {
    const good = readFileSync(gateway.unitPath, "utf8");
    gateway.write(gateway.unitPath, good.replace("/dist/index.js", "/dist/moved.js"));
    gateway.systemctl("daemon-reload");
    gateway.systemctl("restart", gatewayUnit);
    await hands.redFor(crashLoop);
    const preview = await previewOf(crashLoop);
    expect(commandsIn(preview)).toEqual([systemctl("reset-failed"), openclaw("gateway install --force --json")]);
    await expectMended(preview, await hands.repair(crashLoop, "--yes"));
    expect(readFileSync(gateway.unitPath, "utf8")).toBe(good);
  });

  it("clears the failures of a unit on which systemd gave up, and starts it once its cause is mended", async () => {
    const good = readFileSync(gateway.unitPath, "utf8");
    gateway.addToUnit("quick.conf", "[Service]\nRestartSec=100ms\n");
    gateway.write(gateway.unitPath, good.replace("/dist/index.js", "/dist/moved.js"));
    gateway.systemctl("daemon-reload");
    gateway.systemctl("restart", gatewayUnit);
    await expect.poll(() => gateway.show("ActiveState")["ActiveState"], { timeout: 60_000, interval: 250 }).toBe("failed");
    // As a person does who has read the last words of it.
    gateway.write(gateway.unitPath, good);
    gateway.addToUnit("quick.conf", "");
    gateway.systemctl("daemon-reload");
    await hands.redFor(gaveUp);
    const preview = await previewOf(gaveUp);
    expect(commandsIn(preview).slice(-2)).toEqual([systemctl("reset-failed"), openclaw("gateway start --json")]);
    await expectMended(preview, await hands.repair(gaveUp, "--yes"));
    expect(gateway.show("NRestarts")).toEqual({ NRestarts: "0" });
  });

  it("brings a good copy of a broken configuration back, puts the broken one back when asked to, byte for byte, and mends it again", async () => {
    const good = readFileSync(gateway.configPath);
    const broken = '{ "gateway": { "mode": "local", // ümlaut\r\n "port": ';
    gateway.systemctl("stop", gatewayUnit);
    gateway.write(gateway.configPath, broken);
    gateway.systemctl("start", gatewayUnit);
    await expect.poll(() => gateway.show("ActiveState")["ActiveState"], { timeout: 60_000, interval: 250 }).toBe("failed");
    await hands.redFor(invalid);
    const preview = await previewOf(invalid);
    expect(preview.plan[0]).toMatchObject({
      effect: { do: "copy-file", from: `${gateway.configPath}.last-good`, to: gateway.configPath },
      touches: [gateway.configPath],
    });
    expect(commandsIn(preview)).toEqual([openclaw("config validate --json"), systemctl("reset-failed"), openclaw("gateway start --json")]);
    const done = await hands.repair(invalid, "--yes");
    await expectMended(preview, done);
    expect(readFileSync(gateway.configPath)).toEqual(good);

    expect(done.receipt?.undo).toBe("available");
    const undone = await hands.repair("--undo", done.id ?? "", "--yes");
    expect(undone.receipt, words(undone)).toMatchObject({ outcome: "undone", undo: "done" });
    expect(readFileSync(gateway.configPath, "utf8")).toBe(broken);
    // The running gateway keeps the last valid version in force, so this time it is no outage.
    await hands.until("amber for it", ({ stack, roots }) => stack.light === "amber" && roots[0] === invalid);
    const pid = gateway.show("MainPID");
    const again = await hands.repair(invalid, "--yes");
    expect(again.receipt, words(again)).toMatchObject({ verified: true, before: { light: "amber" }, after: { light: "green" } });
    expect(readFileSync(gateway.configPath)).toEqual(good);
    expect(gateway.show("MainPID")).toEqual(pid);
  });

  it("ends a stray copy of the gateway that holds its port, after a yes to that very process, and starts the unit", async () => {
    gateway.systemctl("stop", gatewayUnit);
    const stray = await gateway.startStray();
    await hands.redFor(conflict);
    const preview = await previewOf(conflict);
    expect(preview.plan[0], words(preview)).toMatchObject({ effect: { do: "end-process", pid: stray.pid } });
    expect(commandsIn(preview)).toEqual([openclaw("gateway start --json")]);
    expect(stray.isThere()).toBe(true);
    await expectMended(preview, await hands.repair(conflict, "--yes"));
    expect(stray.isThere()).toBe(false);
  });

  it("names a stranger that holds the port, leaves it alone, and starts the gateway once a person has ended it", async () => {
    gateway.systemctl("stop", gatewayUnit);
    const stranger = await gateway.startStranger();
    await hands.redFor(conflict);
    const preview = await previewOf(conflict);
    const request = preview.plan.find(({ effect }) => effect.do === "ask-person");
    expect(request?.preview, words(preview)).toContain(`(process ${stranger.pid})`);
    expect(preview.plan.map(({ effect }) => effect.do)).not.toContain("end-process");
    const alone = await hands.repair(conflict, "--yes");
    expect(alone.reason, words(alone)).toMatch(/needs a person/);
    expect(alone.receipt).toMatchObject({ verified: false, outcome: "cancelled" });
    expect(stranger.isThere()).toBe(true);
    expect(gateway.show("ActiveState")).toEqual({ ActiveState: "inactive" });

    // The same plan with somebody at the keyboard, who does the step that is theirs.
    const screen = gateway.atTerminal("repair", conflict);
    await screen.shows(/Run this plan\?/);
    screen.types("y\n");
    await screen.shows(/\[d\] done/);
    expect(stranger.isThere()).toBe(true);
    stranger.end();
    screen.types("d\n");
    expect(await screen.ended, screen.text()).toBe(0);
    expect(screen.text()).toMatch(/after .*green at[\s\S]*proved by Port of the gateway/);
    await hands.green();
  });

  it("lets one of two repairs at once do it, beside somebody who restarts it too, and then waits before it acts again", async () => {
    gateway.systemctl("stop", gatewayUnit);
    await hands.redFor(notRunning);
    const starts = gateway.watchStarts();
    const both = [hands.repair(notRunning, "--yes"), hands.repair(notRunning, "--yes")];
    // Once ours is at work, as it is seen by the lock it holds; the other command line comes in between.
    await expect.poll(() => gateway.holdsLock(), { timeout: 60_000, interval: 20 }).toBe(true);
    const third = gateway.openclaw("gateway", "restart", "--json");
    const said = await Promise.all(both);
    await third;
    const [winner, ...more] = said.filter(({ ran }) => ran);
    const [loser] = said.filter(({ ran }) => !ran);
    expect(more, said.map(words).join("\n")).toEqual([]);
    expect(winner?.receipt, said.map(words).join("\n")).toMatchObject({ verified: true, after: { light: "green" } });
    expect(loser?.reason).toMatch(/under way/);
    // One start is ours, and at most one is theirs.
    expect(starts().length, said.map(words).join("\n")).toBeLessThanOrEqual(2);
    const acts = (await hands.journal()).filter(({ what, facts }) => what === "step-started" && facts["kind"] === "run-command");
    expect(acts).toHaveLength(1);
    await hands.green();

    gateway.systemctl("stop", gatewayUnit);
    await hands.until("down", ({ stack }) => stack.light !== "green");
    const soon = await hands.operate("start", "--yes");
    expect(soon, words(soon)).toMatchObject({ ran: false, gate: { kind: "closed" } });
    expect(["cooldown", "foreign-restarter"]).toContain(soon.gate?.kind === "closed" ? soon.gate.reason : "open");
    expect(gateway.show("ActiveState")).toEqual({ ActiveState: "inactive" });
  });
});
