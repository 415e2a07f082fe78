import { describe, expect, it } from "vitest";
import { judgeAccount, judgeAccounts, judgeChannels } from "./channels.ts";

const now = 1_795_200_000_000;
const ok = {
  accountId: "default",
  enabled: true,
  configured: true,
  running: true,
  connected: true,
  lifecycle: "ready",
  lastStartAt: now - 3_600_000,
  lastTransportActivityAt: now - 5_000,
};
const verdict = (change: Record<string, unknown>) => {
  const { verdict, light } = judgeAccount("telegram", { ...ok, ...change }, now);
  return [verdict, light];
};

describe("one channel account, in the order of the gateway's own monitor", () => {
  it.each([
    [{}, ["healthy", "green"]],
    [{ enabled: false }, ["unmanaged", "grey"]],
    [{ configured: false, running: false }, ["unmanaged", "grey"]],
    [{ linked: false }, ["relink", "amber"]],
    [{ running: false, lastDisconnect: { at: now, loggedOut: true } }, ["relink", "red"]],
    [{ running: false, terminalDisconnect: true }, ["terminal-disconnect", "red"]],
    [{ ingressUnavailable: true }, ["ingress-unavailable", "red"]],
    [{ lifecycle: "blocked" }, ["blocked", "red"]],
    [{ lifecycle: "starting", connected: false, lastStartAt: now - 30_000 }, ["connecting", "amber"]],
    [{ lifecycle: "starting", connected: false, lastStartAt: now - 30_000, lastError: "ENETUNREACH" }, ["connecting", "red"]],
    [{ lifecycle: "recovering", connected: false, lastStartAt: now - 600_000 }, ["disconnected", "red"]],
    [{ lifecycle: "stopped", running: false }, ["not-running", "red"]],
    [{ busy: true, lastTransportActivityAt: now - 60_000 }, ["busy", "green"]],
    [{ busy: true, lastTransportActivityAt: now - 1_600_000 }, ["stuck", "red"]],
    [{ connected: false, lastDisconnect: { at: now - 30_000 } }, ["reconnecting", "amber"]],
    [{ connected: false, lastDisconnect: { at: now - 300_000 } }, ["disconnected", "red"]],
    [{ connected: false }, ["disconnected", "red"]],
    [{ lastTransportActivityAt: now - 1_900_000 }, ["stale-socket", "red"]],
    [{ probe: { ok: false, error: "401 Unauthorized" } }, ["refused", "red"]],
    [{ audit: { ok: false } }, ["refused", "amber"]],
    [{ connected: undefined, lastTransportActivityAt: undefined }, ["healthy", "green"]],
  ])("%j is %j", (change, wanted) => {
    expect(verdict(change)).toEqual(wanted);
  });

  it("tells the provider's reason for trouble, and none for health", () => {
    expect(judgeAccount("telegram", { ...ok, connected: false, lastError: "fetch failed" }, now).reason).toBe(
      "running but not connected: fetch failed",
    );
    expect(judgeAccount("telegram", { ...ok, lastError: "old news" }, now).reason).toBe("passes messages");
  });
});

describe("all channels", () => {
  const status = (accounts: Record<string, unknown>, statusIssues: unknown[] = []) => ({
    ts: now,
    channelAccounts: accounts,
    statusIssues,
  });

  it("says nothing about healthy, unmanaged or absent channels", () => {
    expect(judgeChannels(status({ telegram: [ok], slack: [{ ...ok, enabled: false }] }), now)).toEqual([]);
    expect(judgeChannels(status({}), now)).toEqual([]);
    expect(judgeChannels(null, now)).toEqual([]);
  });

  it("gathers every bad account in one finding and names the channels", () => {
    const [raised] = judgeChannels(
      status({ telegram: [{ ...ok, connected: false }], discord: [ok], whatsapp: [{ ...ok, linked: false }] }),
      now,
    );
    expect([raised?.code, raised?.light, raised?.params]).toEqual([
      "openclaw.channel.failing",
      "red",
      { named: "(telegram, whatsapp)", count: 2 },
    ]);
    expect(raised?.evidence.map((one) => one.text)).toEqual([
      "telegram (default): running but not connected",
      "whatsapp (default): not linked to a phone any more",
    ]);
  });

  it("only warns while an account is still connecting", () => {
    expect(
      judgeChannels(status({ telegram: [{ ...ok, lifecycle: "starting", connected: false, lastStartAt: now - 1_000 }] }), now)[0]?.light,
    ).toBe("amber");
  });

  it("passes on what the gateway itself reports, with its advice", () => {
    const [raised] = judgeChannels(
      status({ slack: [ok] }, [
        { channel: "slack", accountId: "default", kind: "permissions", message: "missing_scope: files:read", fix: "add the scope" },
      ]),
      now,
    );
    expect([raised?.light, raised?.evidence[0]?.text]).toEqual([
      "amber",
      "slack/default permissions: missing_scope: files:read (add the scope)",
    ]);
  });

  it("reads the channels of a health answer, whose own ok is always true", () => {
    const health = { ok: true, channels: { telegram: { ...ok, connected: false, accounts: { main: { ...ok, connected: false } } } } };
    expect(judgeAccounts(health, now)).toMatchObject([{ channel: "telegram", account: "default", verdict: "disconnected" }]);
    expect(judgeChannels(health, now)[0]?.light).toBe("red");
  });
});
