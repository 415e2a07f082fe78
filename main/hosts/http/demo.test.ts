import { afterEach, describe, expect, it } from "vitest";
import { aSnapshot, type FakeApp, fakeApp } from "../../../tests/support/fake-app.ts";
import { eventually } from "../../../tests/support/fake-terminal.ts";
import { callHttp, openPage } from "../../../tests/support/http-caller.ts";
import type { Scenario, World } from "../../core/model/world.ts";
import { createDemoOpener, startDemo } from "./demo.ts";

const scenario = (id: string): Scenario => ({ id, title: id, world: () => ({}) as World });
const scenarios = ["one", "two", "three", "four", "five"].map(scenario);
const apps = new Map<string, FakeApp>();
const makeApp = async ({ id }: Scenario): Promise<FakeApp> => {
  const app = fakeApp({ snapshot: aSnapshot({ demo: id }) });
  apps.set(id, app);
  return app;
};
const portOf = (url: string): number => Number(new URL(url).port);

let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(ends.map((end) => end()));
  ends = [];
});
function opener() {
  const made = createDemoOpener(scenarios, makeApp, null);
  ends.push(() => made.close());
  return made;
}

describe("startDemo", () => {
  it("serves the scenario's app on its own port and stops both", async () => {
    const demo = await startDemo(scenario("one"), makeApp, { rendererDir: null });
    await demo.settled;
    const { port, cookie } = await openPage(demo.host.openUrl());
    const headers = { cookie, "content-type": "application/json" };
    const answer = await callHttp(port, { method: "POST", path: "/rpc/getSnapshot", headers });
    expect(JSON.parse(answer.text)).toMatchObject({ ok: true, value: { demo: "one" } });
    await demo.close();
    expect(apps.get("one")?.stopped()).toBe(true);
    await expect(callHttp(port)).rejects.toThrow("ECONNREFUSED");
  });

  it("gives its address before the first round of probes is over", async () => {
    const demo = await startDemo(scenario("one"), async () => fakeApp({ hangs: true }), { rendererDir: null });
    ends.push(() => demo.close());
    expect((await openPage(demo.host.openUrl())).port).toBe(demo.host.port);
  });
});

describe("createDemoOpener", () => {
  it("gives a new one-time address of the same server when asked twice", async () => {
    const demos = opener();
    const [first, second] = [await demos.open("one"), await demos.open("one")];
    expect(portOf(second.url)).toBe(portOf(first.url));
    expect(second.url).not.toBe(first.url);
  });

  it("starts one server even when asked twice at once", async () => {
    const demos = opener();
    const [first, second] = await Promise.all([demos.open("two"), demos.open("two")]);
    expect(portOf(second.url)).toBe(portOf(first.url));
  });

  it("refuses a scenario that does not exist", async () => {
    await expect(opener().open("nope")).rejects.toMatchObject({ code: "not-found" });
  });

  it("lets the oldest server go when there are too many", async () => {
    const demos = opener();
    const urls = [];
    for (const { id } of scenarios) urls.push((await demos.open(id)).url);
    await eventually(() => apps.get("one")?.stopped() === true, "the first demo to stop");
    expect(apps.get("five")?.stopped()).toBe(false);
    expect((await openPage(urls[4] ?? "")).port).toBe(portOf(urls[4] ?? ""));
  });

  it("can try again after a failed start", async () => {
    let fails = true;
    const demos = createDemoOpener(scenarios, async (s) => (fails ? Promise.reject(new Error("no")) : makeApp(s)), null);
    ends.push(() => demos.close());
    await expect(demos.open("one")).rejects.toThrow("no");
    fails = false;
    expect((await demos.open("one")).url).toContain("127.0.0.1");
  });

  it("opens a demo from inside a demo", async () => {
    const demos = opener();
    const { port, cookie } = await openPage((await demos.open("one")).url);
    const headers = { cookie, "content-type": "application/json" };
    const answer = await callHttp(port, { method: "POST", path: "/rpc/openDemo", headers, body: '{"scenario":"two"}' });
    expect(JSON.parse(answer.text).value.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/open\?once=/);
  });
});
