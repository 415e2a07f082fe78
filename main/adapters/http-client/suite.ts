import { describe, expect, it } from "vitest";
import type { HttpClient } from "../../core/ports/http-client.ts";

/**
 * A client and a place that answers it: `GET /ok` 200 with `{"ok":true}` as JSON, `GET /gone` 410, `GET /moved` 302 to `/ok`,
 * `POST /echo` 200, `/hang` never, anything else 404. `shut` is an origin where nothing listens.
 */
export type HttpPlace = { readonly client: HttpClient; readonly origin: string; readonly shut: string };

/** What every HTTP client must do. */
export function httpSuite(name: string, make: () => HttpPlace | Promise<HttpPlace>): void {
  const ask = async (path: string, more: object = {}) => {
    const { client, origin } = await make();
    return client.request({ url: origin + path, timeoutMs: 2_000, ...more });
  };

  describe(`${name} as an HttpClient`, () => {
    it("brings back status, headers and body", async () => {
      expect(await ask("/ok")).toMatchObject({
        kind: "answered",
        status: 200,
        headers: { "content-type": "application/json" },
        body: '{"ok":true}',
        truncated: false,
      });
    });

    it("leaves the query out of what is looked up but asks the same place", async () => {
      expect(await ask("/ok?token=x")).toMatchObject({ status: 200 });
    });

    it("takes an error status as an answer like any other", async () => {
      expect(await ask("/gone")).toMatchObject({ kind: "answered", status: 410 });
      expect(await ask("/nothing-here")).toMatchObject({ kind: "answered", status: 404 });
    });

    it("does not follow redirects", async () => {
      expect(await ask("/moved")).toMatchObject({ kind: "answered", status: 302, headers: { location: "/ok" } });
    });

    it("gets no body for HEAD", async () => {
      expect(await ask("/ok", { method: "HEAD" })).toMatchObject({ kind: "answered", status: 200, body: "", truncated: false });
    });

    it("posts", async () => {
      expect(await ask("/echo", { method: "POST", body: "hello" })).toMatchObject({ kind: "answered", status: 200 });
    });

    it("keeps no more of the body than asked for, and says so", async () => {
      expect(await ask("/ok", { maxBytes: 5 })).toMatchObject({ kind: "answered", status: 200, body: '{"ok"', truncated: true });
    });

    it("is refused where nothing listens", async () => {
      const { client, shut } = await make();
      expect(await client.request({ url: `${shut}/`, timeoutMs: 2_000 })).toMatchObject({ kind: "refused" });
    });

    it("gives up on a silent server after the time allowed", async () => {
      expect(await ask("/hang", { timeoutMs: 80 })).toMatchObject({ kind: "timed-out" });
    });

    it("gives up at once when the signal aborts", async () => {
      const controller = new AbortController();
      const asking = ask("/hang", { timeoutMs: 60_000, signal: controller.signal });
      setTimeout(() => controller.abort(), 20);
      expect(await asking).toMatchObject({ kind: "timed-out" });
      expect(await ask("/ok", { signal: AbortSignal.abort() })).toMatchObject({ kind: "timed-out" });
    });

    it.each(["not a url", "file:///etc/hostname", "ftp://127.0.0.1/"])("answers for %s instead of throwing", async (url) => {
      const { client } = await make();
      expect(await client.request({ url, timeoutMs: 2_000 })).toMatchObject({ kind: "unreachable" });
    });
  });
}
