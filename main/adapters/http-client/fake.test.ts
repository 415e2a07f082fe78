import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import type { World } from "../../core/model/world.ts";
import type { HttpAnswer } from "../../core/ports/http-client.ts";
import { manualClock } from "../clock/manual-clock.ts";
import { systemClock } from "../clock/system-clock.ts";
import { fakeHttp } from "./fake.ts";
import { httpSuite } from "./suite.ts";

const origin = "http://127.0.0.1:8080";
const answered = (status: number, body: string, headers: Record<string, string> = {}): HttpAnswer => ({
  kind: "answered",
  status,
  headers,
  body,
  truncated: false,
  durationMs: 1,
});
const world: World = {
  ...emptyWorld,
  listeners: [{ address: "127.0.0.1", port: 8080 }],
  http: {
    [`GET ${origin}/ok`]: answered(200, '{"ok":true}', { "content-type": "application/json" }),
    [`GET ${origin}/gone`]: answered(410, ""),
    [`GET ${origin}/moved`]: answered(302, "", { location: "/ok" }),
    [`POST ${origin}/echo`]: answered(200, ""),
    [`GET ${origin}/hang`]: "hang",
  },
};

httpSuite("fakeHttp", () => ({ client: fakeHttp(() => world, systemClock), origin, shut: "http://127.0.0.1:8081" }));

describe("fakeHttp", () => {
  const asking = (url: string, listeners: World["listeners"]) =>
    fakeHttp(() => ({ ...emptyWorld, listeners }), manualClock()).request({ url, timeoutMs: 100 });

  it.each(["*", "0.0.0.0", "127.0.0.1"])("lets a listener on %s answer for 127.0.0.1", async (address) => {
    expect(await asking("http://127.0.0.1:80/", [{ address, port: 80 }])).toMatchObject({ kind: "answered", status: 404 });
  });

  it("does not let a listener on another address or port answer", async () => {
    expect((await asking("http://127.0.0.1:80/", [{ address: "192.168.1.5", port: 80 }])).kind).toBe("refused");
    expect((await asking("http://127.0.0.1:81/", [{ address: "127.0.0.1", port: 80 }])).kind).toBe("refused");
  });

  it("knows localhost by both its addresses, and the port a scheme stands for", async () => {
    expect((await asking("http://localhost/", [{ address: "::1", port: 80 }])).kind).toBe("answered");
    expect((await asking("https://[::1]/", [{ address: "::1", port: 443 }])).kind).toBe("answered");
  });

  it("finds an answer however its address is spelled", async () => {
    const client = fakeHttp(() => ({ ...emptyWorld, http: { "GET http://127.0.0.1:80": answered(200, "") } }), manualClock());
    expect(await client.request({ url: "http://127.0.0.1/", timeoutMs: 100 })).toMatchObject({ status: 200 });
    expect(await client.request({ url: "http://127.0.0.1/x", timeoutMs: 100 })).toMatchObject({ kind: "refused" });
  });

  it("waits the whole allowed time of its own clock before it gives up", async () => {
    const clock = manualClock();
    const client = fakeHttp(() => world, clock);
    let kind: string | undefined;
    const waiting = client.request({ url: `${origin}/hang`, timeoutMs: 500 }).then((answer) => {
      kind = answer.kind;
    });
    await clock.advance(499);
    expect(kind).toBeUndefined();
    await clock.advance(1);
    await waiting;
    expect(kind).toBe("timed-out");
  });

  it("follows the world as it changes", async () => {
    let up = true;
    const client = fakeHttp(() => (up ? world : emptyWorld), manualClock());
    expect((await client.request({ url: `${origin}/ok`, timeoutMs: 100 })).kind).toBe("answered");
    up = false;
    expect((await client.request({ url: `${origin}/ok`, timeoutMs: 100 })).kind).toBe("refused");
  });
});
