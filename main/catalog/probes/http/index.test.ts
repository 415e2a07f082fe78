import { describe, expect, it } from "vitest";
import { worldContext } from "../../../../tests/support/world-context.ts";
import { check } from "../../../core/model/check.ts";
import type { HttpAnswer } from "../../../core/ports/http-client.ts";
import { httpProbe } from "./index.ts";

const url = "http://127.0.0.1:18789/health";
const answered = (status: number, body = "", more: Partial<Extract<HttpAnswer, { kind: "answered" }>> = {}): HttpAnswer => ({
  kind: "answered",
  status,
  headers: {},
  body,
  truncated: false,
  durationMs: 12,
  ...more,
});
const probe = (options: Omit<Parameters<typeof httpProbe.options.parse>[0] & object, "url"> = {}) =>
  check({ id: "http", title: "HTTP" }, httpProbe, { url, ...options });

describe("one HTTP request", () => {
  it("asks the world and finds the answer good", async () => {
    const { context } = worldContext({ http: { [`GET ${url}`]: answered(200, '{"ok":true}') } });
    const seen = await probe().observe(context);
    expect(probe().judge(seen, [])).toEqual({ light: "green", summary: "127.0.0.1:18789/health answers 200 in 12 ms" });
  });

  it("is red when nobody listens", async () => {
    const { context } = worldContext();
    const verdict = probe().judge(await probe().observe(context), []);
    expect(verdict).toEqual({ light: "red", summary: "127.0.0.1:18789/health refuses the connection", confirmAfter: 2 });
  });

  it("is grey when there is only silence", async () => {
    const { context, clock } = worldContext({ http: { [`GET ${url}`]: "hang" } });
    const looking = probe({ timeoutMs: 500 }).observe(context);
    await clock.advance(500);
    expect(probe().judge(await looking, []).light).toBe("grey");
  });

  it("ends with the check", async () => {
    const { context, abort } = worldContext({ http: { [`GET ${url}`]: "hang" } });
    const looking = probe().observe(context);
    abort();
    expect((await looking).kind).toBe("timed-out");
  });

  it("sends headers and method", async () => {
    const { context } = worldContext({ http: { [`HEAD ${url}`]: answered(204) } });
    expect(await probe({ method: "HEAD", headers: { accept: "*/*" } }).observe(context)).toMatchObject({ status: 204 });
  });

  it("refuses an address that is none", () => {
    expect(() => check({ id: "x", title: "x" }, httpProbe, { url: "not an address" })).toThrow(/not a URL/);
  });
});

describe("the opinion on an answer", () => {
  it.each([
    [401, "amber", "asks for credentials"],
    [403, "amber", "refuses these credentials"],
    [404, "amber", "nothing at this path"],
    [302, "amber", "answers 302"],
    [429, "amber", "patience"],
    [500, "red", "an error of its own (500)"],
    [503, "red", "is not ready"],
  ] as const)("names %d", (status, light, words) => {
    const verdict = probe().judge(answered(status), []);
    expect(verdict.light).toBe(light);
    expect(verdict.summary).toContain(words);
  });

  it.each([
    ["reset", "red"],
    ["dns-failed", "amber"],
    ["unreachable", "amber"],
    ["tls-failed", "amber"],
    ["not-http", "amber"],
  ] as const)("knows what %s means", (kind, light) => {
    expect(probe().judge({ kind, reason: "", durationMs: 1 }, []).light).toBe(light);
  });

  it("takes an expected 401 for good", () => {
    expect(probe({ expect: { status: 401 } }).judge(answered(401), []).light).toBe("green");
    expect(probe({ expect: { status: 401 } }).judge(answered(200), []).light).toBe("amber");
  });

  it("compares JSON by value, whatever the order of its keys", () => {
    const wanted = probe({ expect: { json: { ok: true, list: [1, { a: null }] } } });
    expect(wanted.judge(answered(200, '{"list":[1,{"a":null}],"ok":true}'), []).light).toBe("green");
    for (const body of ['{"ok":true}', '{"ok":true,"list":[1,{"a":0}]}', '{"ok":true,"list":[1,{"a":null}],"more":1}', "[]", "1"]) {
      expect(wanted.judge(answered(200, body), []), body).toMatchObject({ light: "amber" });
    }
  });

  it("is not taken in by a page that answers 200 to everything", () => {
    const verdict = probe({ expect: { json: { ok: true } } }).judge(answered(200, "<!doctype html><title>Control</title>"), []);
    expect(verdict).toEqual({ light: "amber", summary: "127.0.0.1:18789/health answers 200, but with something that is not JSON" });
  });

  it("says when an answer was too large to compare", () => {
    const verdict = probe({ expect: { json: {} } }).judge(answered(200, "{", { truncated: true }), []);
    expect(verdict.summary).toContain("more than was asked for");
  });

  it("compares a text exactly", () => {
    const wanted = probe({ expect: { body: "pong" } });
    expect(wanted.judge(answered(200, "pong"), []).light).toBe("green");
    expect(wanted.judge(answered(200, "pong\n"), []).light).toBe("amber");
  });
});
