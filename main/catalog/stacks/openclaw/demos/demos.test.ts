import { describe, expect, it } from "vitest";
import { gatewayPeer, type PeerOptions } from "./gateway-peer.ts";
import { demos } from "./index.ts";
import { isoFrom } from "./iso.ts";
import { DEMO_TOKEN, mac } from "./mac-unit.ts";
import { macWorld } from "./mac-world.ts";
import { payloads } from "./payloads.ts";

const startMs = Date.parse("2026-11-20T18:00:00.000Z");
const options: PeerOptions = {
  version: "2026.9.6",
  nowMs: startMs,
  startedMs: startMs - 60_000,
  stateDir: "/h/.openclaw",
  token: "right-token",
  paired: true,
  answers: payloads(startMs, startMs - 60_000),
};
const ask = (change: Partial<PeerOptions>, method: string, params: unknown = {}) => {
  const { send, close } = gatewayPeer({ ...options, ...change }).answer(JSON.stringify({ type: "req", id: "1", method, params }));
  return { frame: JSON.parse(send[0] ?? "null"), close };
};

describe("time in pure code", () => {
  it.each([0, 951_782_400_000, startMs + 123, Date.UTC(2028, 1, 29, 23, 59, 59, 999), Date.UTC(2100, 2, 1)])(
    "writes %i as the runtime would",
    (ms) => {
      expect(isoFrom(ms)).toBe(new Date(ms).toISOString());
    },
  );
});

describe("the invented gateway", () => {
  it("begins with a challenge", () => {
    expect(JSON.parse(gatewayPeer(options).greet[0] ?? "")).toMatchObject({
      type: "event",
      event: "connect.challenge",
      payload: { nonce: expect.any(String) },
    });
  });

  it("grants the scopes asked for, and a device token only to an approved device that introduced itself", () => {
    const params = { scopes: ["operator.read"], auth: { token: "right-token" } };
    expect(ask({}, "connect", params).frame.payload).toMatchObject({ type: "hello-ok", auth: { scopes: ["operator.read"] } });
    expect(ask({}, "connect", params).frame.payload.auth.deviceToken).toBeUndefined();
    expect(ask({}, "connect", { ...params, device: { id: "d" } }).frame.payload.auth.deviceToken).toBeDefined();
    expect(ask({ paired: false }, "connect", { ...params, device: { id: "d" } }).frame.payload.auth.deviceToken).toBeUndefined();
  });

  it.each([
    [{ auth: { token: "wrong" } }, "AUTH_TOKEN_MISMATCH"],
    [{ auth: { deviceToken: "wrong" } }, "AUTH_DEVICE_TOKEN_MISMATCH"],
    [{}, "DEVICE_IDENTITY_REQUIRED"],
    [{ device: { id: "d" } }, "AUTH_TOKEN_MISSING"],
  ])("turns %j down with %s and hangs up", (params, code) => {
    const { frame, close } = ask({}, "connect", params);
    expect([frame.ok, frame.error.details.code, close?.code]).toEqual([false, code, 1008]);
  });

  it("answers its calls, and says which it does not know", () => {
    expect(ask({}, "cron.status").frame.payload).toMatchObject({ enabled: true });
    expect(ask({}, "bogus").frame.error.message).toBe("unknown method: bogus");
  });

  it("stays silent about what is no request", () => {
    expect(gatewayPeer(options).answer("not json")).toEqual({ send: [] });
  });
});

describe("the invented Mac", () => {
  const world = macWorld({ nowMs: startMs, startedMs: startMs - 60_000 });

  it("keeps secrets in private files, and fits together", () => {
    expect(world.files[`${mac.stateDir}/openclaw.json`]?.mode).toBe(0o600);
    expect(world.files[`${mac.stateDir}/openclaw.json`]?.text).toContain(DEMO_TOKEN);
    expect(world.processes[0]?.pid).toBe(world.listeners[0]?.pid);
    expect(world.services[mac.label]).toMatchObject({ kind: "loaded", pid: world.processes[0]?.pid });
  });

  it("has neither process nor port when the gateway is closed", () => {
    const closed = macWorld({ nowMs: startMs, startedMs: startMs }, { gateway: "closed" });
    expect([closed.processes, closed.listeners, closed.http, closed.websockets]).toEqual([[], [], {}, {}]);
  });
});

describe("demo scenarios", () => {
  it("have different names and titles", () => {
    expect(new Set(demos.map((one) => one.id)).size).toBe(demos.length);
    expect(new Set(demos.map((one) => one.title)).size).toBe(demos.length);
  });

  it.each([
    "all-green",
    "gateway-401",
    "service-not-loaded",
    "crash-loop",
    "port-stolen",
    "boot-in-progress",
    "everything-hangs",
    "nothing-installed",
    "token-missing",
    "config-invalid",
    "newer-config",
    "channel-down",
    "credential-expiring",
    "credential-expired",
  ])("include %s", (id) => {
    expect(demos.some((one) => one.id === id)).toBe(true);
  });

  it("are the same world for the same moment", () => {
    for (const demo of demos) expect(JSON.stringify(demo.world(5_000, startMs)), demo.id).toBe(JSON.stringify(demo.world(5_000, startMs)));
  });

  it("start the gateway within forty seconds", () => {
    const boot = demos.find((one) => one.id === "boot-in-progress");
    const ready = (elapsedMs: number) => boot?.world(elapsedMs, startMs).http[`GET http://127.0.0.1:${mac.port}/readyz`];
    expect(ready(1_000)).toBeUndefined();
    expect(ready(10_000)).toMatchObject({ status: 503 });
    expect(ready(40_000)).toMatchObject({ status: 200 });
  });

  it("count the starts of a crash loop up", () => {
    const loop = demos.find((one) => one.id === "crash-loop");
    const runs = (elapsedMs: number) => loop?.world(elapsedMs, startMs).services[mac.label];
    expect(runs(66_000)).toMatchObject({ runs: (runs(0) as { runs: number }).runs + 6 });
  });
});
