import { describe, expect, it } from "vitest";
import { type Bridge, bridgeTransport, findBridge } from "./bridge-transport.ts";

const bridge = (call: Bridge["call"]): Bridge => ({ call, subscribe: () => () => undefined });

describe("the bridge of a desktop window", () => {
  it("is found only when it has both functions", () => {
    const whole = bridge(async () => null);
    expect(findBridge({ lamplighter: whole })).toBe(whole);
    expect(findBridge({})).toBeUndefined();
    expect(findBridge({ lamplighter: null })).toBeUndefined();
    expect(findBridge({ lamplighter: { call: () => undefined } })).toBeUndefined();
  });

  it("passes calls and their replies through", async () => {
    const calls: unknown[] = [];
    const link = bridgeTransport(
      bridge(async (...call) => {
        calls.push(call);
        return { ok: true, value: "fine" };
      }),
    );
    expect(await link.call("getSnapshot", {})).toEqual({ ok: true, value: "fine" });
    expect(calls).toEqual([["getSnapshot", {}]]);
  });

  it("turns a rejected or strange answer into a transport failure", async () => {
    const broken = bridgeTransport(bridge(() => Promise.reject(new Error("no handler"))));
    expect(await broken.call("x", {})).toMatchObject({ ok: false, error: { code: "transport", message: "Error: no handler" } });
    const strange = bridgeTransport(bridge(async () => "hello"));
    expect(await strange.call("x", {})).toMatchObject({ ok: false, error: { code: "transport" } });
  });

  it("is live from the start", () => {
    const seen: string[] = [];
    bridgeTransport(bridge(async () => null)).onConnection((connection) => seen.push(connection));
    expect(seen).toEqual(["live"]);
  });
});
