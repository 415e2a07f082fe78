import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aRedSnapshot, aSnapshot, fakeApp } from "../../../tests/support/fake-app.ts";
import { eventually } from "../../../tests/support/fake-terminal.ts";
import { callHttp, listenToEvents, openPage, type RawRequest } from "../../../tests/support/http-caller.ts";
import { appTransport } from "../app-transport.ts";
import { MOST_CALLS } from "./answer-request.ts";
import { MOST_STREAMS } from "./event-hub.ts";
import { BODY_LIMIT } from "./read-body.ts";
import { type HttpHost, serveHttp } from "./serve-http.ts";

let host: HttpHost;
let app: ReturnType<typeof fakeApp>;
let cookie = "";
const sockets: Socket[] = [];

beforeEach(async () => {
  app = fakeApp();
  host = await serveHttp({ transport: appTransport(app), rendererDir: null });
  cookie = (await openPage(host.openUrl())).cookie;
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await host.close();
});

const call = (request: RawRequest) => callHttp(host.port, request);
const asPage = (): Record<string, string> => ({ cookie, "content-type": "application/json" });
const rpc = (name: string, over: RawRequest = {}) => call({ method: "POST", path: `/rpc/${name}`, headers: asPage(), body: "{}", ...over });

/** Sends bytes as they are and gives back all that comes. */
function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(host.port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    sockets.push(socket);
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", () => resolve(answer));
  });
}

describe("who is heard", () => {
  it("answers a browser with a session, and a script with the token", async () => {
    expect((await rpc("getSnapshot")).code).toBe(200);
    const headers = { authorization: `Bearer ${host.token}`, "content-type": "application/json" };
    expect((await rpc("getSnapshot", { headers })).code).toBe(200);
  });

  it.each(["/", "/index.html", "/events", "/rpc/getSnapshot", "/nowhere"])("says nothing at %s without either", async (path) => {
    const answer = await call({ path });
    expect(answer.code).toBe(401);
    expect(answer.text).toContain("one-time address");
  });

  it("answers only under its own names", async () => {
    for (const forged of ["evil.example", `evil.example:${host.port}`, `127.0.0.1:${host.port + 1}`, "127.0.0.1"]) {
      expect((await rpc("getSnapshot", { headers: { ...asPage(), host: forged } })).code).toBe(403);
      expect((await call({ path: `/open?once=x`, headers: { host: forged } })).code).toBe(403);
    }
    expect((await rpc("getSnapshot", { headers: { ...asPage(), host: `localhost:${host.port}` } })).code).toBe(200);
  });

  it("refuses another origin even with a session", async () => {
    expect((await rpc("getSnapshot", { headers: { ...asPage(), origin: "http://evil.example" } })).code).toBe(403);
    expect((await rpc("getSnapshot", { headers: { ...asPage(), origin: `http://127.0.0.1:${host.port}` } })).code).toBe(200);
    expect((await call({ path: "/events", headers: { cookie, origin: "null" } })).code).toBe(403);
    expect(app.calls.filter((c) => c.name === "getSnapshot")).toHaveLength(1);
  });

  it("never allows another origin by header", async () => {
    const answer = await rpc("getSnapshot", { method: "OPTIONS", body: "", headers: { origin: `http://127.0.0.1:${host.port}`, cookie } });
    expect(answer.code).toBe(405);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("listens on 127.0.0.1 and nowhere else", async () => {
    const reached = await new Promise((resolve) => {
      const socket = connect(host.port, "::1", () => resolve(true));
      socket.on("error", () => resolve(false));
    });
    expect(reached).toBe(false);
  });
});

describe("the one-time address", () => {
  it("sets a cookie that scripts cannot read and other sites cannot send, and leads to the page", async () => {
    const { pathname, search } = new URL(host.openUrl());
    const answer = await call({ path: `${pathname}${search}` });
    expect([answer.code, answer.headers.location]).toEqual([303, "/"]);
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/^lamplighter-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it("works once", async () => {
    const { pathname, search } = new URL(host.openUrl());
    await call({ path: `${pathname}${search}` });
    const again = await call({ path: `${pathname}${search}` });
    expect([again.code, again.headers["set-cookie"]]).toEqual([403, undefined]);
  });

  it.each(["/open", "/open?once=", "/open?once=guess", "/open?k=1"])("is not %s", async (path) => {
    expect((await call({ path })).code).toBe(403);
  });

  it("is not spent by a look that is no opening", async () => {
    const { pathname, search } = new URL(host.openUrl());
    const path = `${pathname}${search}`;
    expect((await call({ path, method: "HEAD" })).code).toBe(405);
    expect((await call({ path, method: "POST" })).code).toBe(405);
    expect((await call({ path, headers: { origin: "http://evil.example" } })).code).toBe(403);
    expect((await call({ path })).code).toBe(303);
  });

  it("can be had anew with the token, but not with a cookie", async () => {
    expect((await call({ method: "POST", path: "/key", headers: { cookie } })).code).toBe(401);
    expect((await call({ method: "GET", path: "/key", headers: { authorization: `Bearer ${host.token}` } })).code).toBe(405);
    const answer = await call({ method: "POST", path: "/key", headers: { authorization: `Bearer ${host.token}` } });
    const { url } = JSON.parse(answer.text);
    expect((await openPage(url)).cookie).not.toBe(cookie);
  });
});

describe("calls", () => {
  it("answers with a reply, also for an unknown name or a wrong input", async () => {
    expect(JSON.parse((await rpc("getSnapshot")).text)).toEqual({ ok: true, value: aSnapshot() });
    expect(JSON.parse((await rpc("getSnapshot", { body: "" })).text)).toMatchObject({ ok: true });
    expect(JSON.parse((await rpc("toString")).text)).toMatchObject({ ok: false, error: { code: "unknown-procedure" } });
    expect(JSON.parse((await rpc("snapshotChanged")).text)).toMatchObject({ ok: false, error: { code: "unknown-procedure" } });
    expect(JSON.parse((await rpc("explain", { body: '{"text":1}' })).text)).toMatchObject({ ok: false, error: { code: "invalid-input" } });
  });

  it.each(["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])("does not act on %s", async (method) => {
    const answer = await rpc("probeNow", { method, body: "" });
    expect([answer.code, answer.headers.allow]).toEqual([405, "POST"]);
    expect(app.calls).toEqual([]);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/json-patch+json",
    "application/json; charset=latin1",
  ])("takes no %s, which a foreign form could send", async (type) => {
    expect((await rpc("probeNow", { headers: { cookie, "content-type": type } })).code).toBe(415);
  });

  it("takes no body without a type and no packed body", async () => {
    expect((await rpc("probeNow", { headers: { cookie } })).code).toBe(415);
    expect((await rpc("probeNow", { headers: { ...asPage(), "content-encoding": "gzip" } })).code).toBe(415);
    expect((await rpc("probeNow", { headers: { cookie, "content-type": 'application/json; charset="UTF-8"' } })).code).toBe(200);
  });

  it.each(["{", "nonsense", "[".repeat(1_000_000), "\u0000"])("answers 400 to a body that is no JSON: %.10j", async (body) => {
    expect((await rpc("probeNow", { body })).code).toBe(400);
  });

  it("answers 413 to a huge body, announced or not, and goes on", async () => {
    const body = Buffer.alloc(BODY_LIMIT + 1, 32);
    expect((await rpc("explain", { body })).code).toBe(413);
    expect((await rpc("explain", { body, headers: { ...asPage(), "transfer-encoding": "chunked" } })).code).toBe(413);
    expect((await rpc("getSnapshot")).code).toBe(200);
  });

  it("takes a text of the largest size that explain takes", async () => {
    const body = JSON.stringify({ text: `token mismatch ${"x".repeat(1_048_000)}` });
    expect(JSON.parse((await rpc("explain", { body })).text)).toMatchObject({ ok: true });
  });

  it("answers 429 when too many calls wait, and is free again afterwards", async () => {
    let letGo = (): void => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const slow = fakeApp({ handlers: { listDemos: () => gate.then(() => []) } });
    const busy = await serveHttp({ transport: appTransport(slow), rendererDir: null });
    const headers = { authorization: `Bearer ${busy.token}`, "content-type": "application/json" };
    const ask = (name: string) => callHttp(busy.port, { method: "POST", path: `/rpc/${name}`, headers, body: "{}" });
    const waiting = Array.from({ length: MOST_CALLS }, () => ask("listDemos"));
    await eventually(() => slow.calls.length === MOST_CALLS, "all calls under way");
    expect((await ask("getSnapshot")).code).toBe(429);
    letGo();
    expect((await Promise.all(waiting)).every((answer) => answer.code === 200)).toBe(true);
    expect((await ask("getSnapshot")).code).toBe(200);
    await busy.close();
  });

  it("says that something failed, not what was being handled", async () => {
    const broken = fakeApp({ handlers: { listDemos: () => Promise.reject(new Error("token is hunter2hunter2")) } });
    const other = await serveHttp({ transport: appTransport(broken), rendererDir: null });
    const headers = { authorization: `Bearer ${other.token}`, "content-type": "application/json" };
    const answer = await callHttp(other.port, { method: "POST", path: "/rpc/listDemos", headers, body: "{}" });
    expect(answer.text).not.toContain("hunter2");
    await other.close();
  });
});

describe("addresses", () => {
  it.each([
    "/../../package.json",
    "/..%2f..%2fpackage.json",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/assets/../../../etc/passwd",
    "//etc/passwd",
    "/etc/passwd",
    "/index.html%00.js",
    "/\\..\\..\\package.json",
    "/serve.json",
    "http://evil.example/",
  ])("hold nothing at %s", async (path) => {
    const answer = await call({ path, headers: { cookie } });
    expect([403, 404]).toContain(answer.code);
    expect(answer.text).not.toMatch(/root:|lamplighter"/);
  });

  it("say how to build the page when it is not built", async () => {
    expect(await call({ path: "/", headers: { cookie } })).toMatchObject({ code: 503, text: expect.stringContaining("npm run build") });
  });

  it("carry every protection, on refusals too", async () => {
    for (const answer of [await rpc("getSnapshot"), await call({ path: "/nowhere", headers: { cookie } }), await call({ path: "/" })]) {
      expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
      expect(answer.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(answer.headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "cross-origin-opener-policy": "same-origin",
      });
      expect(answer.headers["x-powered-by"] ?? answer.headers["server"]).toBeUndefined();
    }
  });
});

describe("events", () => {
  it("begin with the present state and go on with every change", async () => {
    const listening = listenToEvents(host.port, { cookie });
    await eventually(() => listening.events.length === 1, "the snapshot");
    app.push(aRedSnapshot());
    await eventually(() => listening.events.length === 2, "the change");
    expect(listening.events).toEqual([
      { name: "snapshotChanged", payload: aSnapshot() },
      { name: "snapshotChanged", payload: aRedSnapshot() },
    ]);
    expect(listening.raw()).toContain("retry: 2000");
    listening.close();
  });

  it("are cleaned and stripped to the contract", async () => {
    app.learn("planted-secret-value");
    const listening = listenToEvents(host.port, { cookie });
    await eventually(() => listening.events.length === 1, "the snapshot");
    app.tell("snapshotChanged", Object.assign(aSnapshot({ sentence: "got planted-secret-value" }), { extra: "field" }));
    await eventually(() => listening.events.length === 2, "the change");
    expect(listening.raw()).not.toMatch(/planted-secret|extra/);
    listening.close();
  });

  it("keep the page's order when a change happens while the snapshot is fetched", async () => {
    const racing = fakeApp({
      handlers: {
        getSnapshot: async () => {
          racing.tell("snapshotChanged", aRedSnapshot());
          return aSnapshot();
        },
      },
    });
    const other = await serveHttp({ transport: appTransport(racing), rendererDir: null });
    const listening = listenToEvents(other.port, { authorization: `Bearer ${other.token}` });
    await eventually(() => listening.events.length === 2, "both");
    expect(listening.events.map((e) => (e.payload as { light: string }).light)).toEqual(["green", "red"]);
    listening.close();
    await other.close();
  });

  it("tell the app when the last page is closed", async () => {
    const pages = [listenToEvents(host.port, { cookie }), listenToEvents(host.port, { cookie })];
    await eventually(() => pages.every((page) => page.events.length === 1), "both pages");
    pages[0]?.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(app.calls.filter((c) => c.name === "setAttention")).toEqual([]);
    pages[1]?.close();
    await eventually(() => app.calls.some((c) => c.name === "setAttention"), "attention to end");
    expect(app.calls.find((c) => c.name === "setAttention")?.input).toEqual({ visible: false });
  });

  it("are for so many pages and not more", async () => {
    const pages = Array.from({ length: MOST_STREAMS }, () => listenToEvents(host.port, { cookie }));
    await eventually(() => pages.every((page) => page.events.length === 1), "all pages");
    expect((await call({ path: "/events", headers: { cookie } })).code).toBe(429);
    for (const page of pages) page.close();
  });

  it("are not for POST", async () => {
    expect((await call({ path: "/events", method: "POST", headers: { cookie } })).code).toBe(405);
  });
});

describe("hostile connections", () => {
  it("ends a sender who never finishes its headers", async () => {
    const started = performance.now();
    const answer = await raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nX-Slow: `);
    expect(answer).toContain("408");
    expect(performance.now() - started).toBeLessThan(8_000);
  }, 10_000);

  it("refuses a flood of headers and one endless header", async () => {
    const head = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\n`;
    const many = Array.from({ length: 5_000 }, (_, i) => `X-${i}: y\r\n`).join("");
    expect(await raw(`${head}${many}\r\n`)).toMatch(/^HTTP\/1.1 431/);
    expect(await raw(`${head}X: ${"y".repeat(100_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431/);
  });

  it("refuses what is no HTTP, two hosts, and a smuggled length", async () => {
    const head = `POST /rpc/probeNow HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\n`;
    expect(await raw("\u0016\u0003\u0001\u0002\u0000 hello\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
    expect(await raw(`${head}Host: evil.example\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 40[03]/);
    expect(await raw(`${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 400/,
    );
    expect(await raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1.1 40[03]/);
    expect(app.calls).toEqual([]);
  });

  it("survives a peer that resets in the middle", async () => {
    const socket = connect(host.port, "127.0.0.1");
    sockets.push(socket);
    await new Promise<void>((resolve) => socket.on("connect", () => resolve()));
    socket.write(
      `POST /rpc/explain HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"te`,
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.resetAndDestroy();
    expect((await rpc("getSnapshot")).code).toBe(200);
  });
});

describe("life", () => {
  it("says which TCP port is taken, and what to do", async () => {
    await expect(serveHttp({ transport: appTransport(app), port: host.port, rendererDir: null })).rejects.toThrow(
      `TCP port ${host.port} on 127.0.0.1 is taken by another program. Choose another with --port`,
    );
  });

  it("closes within two seconds, with pages open and a call that never ends", async () => {
    const stuck = fakeApp({ handlers: { listDemos: () => new Promise(() => {}) } });
    const other = await serveHttp({ transport: appTransport(stuck), rendererDir: null });
    const page = listenToEvents(other.port, { authorization: `Bearer ${other.token}` });
    const headers = { authorization: `Bearer ${other.token}`, "content-type": "application/json" };
    const pending = callHttp(other.port, { method: "POST", path: "/rpc/listDemos", headers, body: "{}" }).catch(() => "reset");
    await eventually(() => stuck.calls.some((c) => c.name === "listDemos") && page.events.length === 1, "both under way");
    const started = performance.now();
    await other.close();
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await pending).toBe("reset");
    await eventually(() => page.closed(), "the page's stream to end");
  });
});
