import { describe, expect, it } from "vitest";
import { aSnapshot, fakeApp } from "../../tests/support/fake-app.ts";
import { appTransport, eventNames } from "./app-transport.ts";

describe("appTransport", () => {
  it("knows every event of the contract", () => {
    expect(eventNames).toEqual(["snapshotChanged", "deepProgress", "repairProgress"]);
  });

  it("cleans and strips what is pushed", () => {
    const app = fakeApp();
    app.learn("planted-secret-value");
    const received: unknown[] = [];
    const stop = appTransport(app).subscribe("snapshotChanged", (payload) => received.push(payload));
    app.tell("snapshotChanged", Object.assign(aSnapshot({ sentence: "planted-secret-value" }), { extra: 1 }));
    stop();
    app.push(aSnapshot());
    expect(received).toHaveLength(1);
    expect(JSON.stringify(received)).not.toMatch(/planted-secret|extra/);
  });

  it("drops a payload that does not fit the contract instead of passing it on", () => {
    const app = fakeApp();
    const received: unknown[] = [];
    appTransport(app).subscribe("snapshotChanged", (payload) => received.push(payload));
    app.tell("snapshotChanged", { light: "blue" } as never);
    expect(received).toEqual([]);
  });

  it("refuses to subscribe to what is no event", () => {
    expect(() => appTransport(fakeApp()).subscribe("getSnapshot", () => {})).toThrow("getSnapshot is not an event");
    expect(() => appTransport(fakeApp()).subscribe("toString", () => {})).toThrow("toString is not an event");
  });

  it("lets a host answer a call itself", async () => {
    const own = { openDemo: async () => ({ url: "http://127.0.0.1:1/" }) };
    expect(await appTransport(fakeApp(), own).call("openDemo", { scenario: "x" })).toEqual({
      ok: true,
      value: { url: "http://127.0.0.1:1/" },
    });
    expect(await appTransport(fakeApp()).call("openDemo", { scenario: "x" })).toMatchObject({ ok: false, error: { code: "not-here" } });
  });
});
