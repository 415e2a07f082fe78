import { describe, expect, it } from "vitest";
import type { Connection } from "./client.ts";
import { type HttpOutside, httpTransport } from "./http-transport.ts";

type Answer = { readonly status?: number; readonly body?: unknown; readonly fails?: string };

/** A browser's fetch, event streams and timers, driven by hand. */
function outside(answer: (url: string) => Answer = () => ({ body: { ok: true, value: null } })) {
  const requests: { url: string; init: RequestInit }[] = [];
  const streams: { listeners: Map<string, (event: Event) => void>; readyState: number; closed: boolean }[] = [];
  const waiting: (() => void)[] = [];
  const parts: HttpOutside = {
    fetch: async (url, init) => {
      requests.push({ url, init });
      const { status = 200, body, fails } = answer(url);
      if (fails !== undefined) throw new TypeError(fails);
      return new Response(JSON.stringify(body ?? null), { status });
    },
    openStream: () => {
      const stream = { listeners: new Map<string, (event: Event) => void>(), readyState: 0, closed: false };
      streams.push(stream);
      return {
        get readyState() {
          return stream.readyState;
        },
        addEventListener: (name, listener) => void stream.listeners.set(name, listener),
        close: () => {
          stream.closed = true;
        },
      };
    },
    later: (run) => void waiting.push(run),
  };
  const newest = () => {
    const stream = streams.at(-1);
    if (stream === undefined) throw new Error("no stream was opened");
    return stream;
  };
  return {
    parts,
    requests,
    streams,
    fire: (name: string, payload?: unknown) =>
      newest().listeners.get(name)?.(payload === undefined ? new Event(name) : new MessageEvent(name, { data: JSON.stringify(payload) })),
    close: () => {
      newest().readyState = 2;
    },
    passTime: async () => {
      for (const run of waiting.splice(0)) run();
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

function listen(parts: HttpOutside) {
  const link = httpTransport(parts);
  const connections: Connection[] = [];
  const payloads: unknown[] = [];
  link.onConnection((connection) => connections.push(connection));
  const stop = link.subscribe("snapshotChanged", (payload) => payloads.push(payload));
  return { link, connections, payloads, stop };
}

describe("calls over HTTP", () => {
  it("posts JSON to a relative address, with the session's cookie and a time limit", async () => {
    const { parts, requests } = outside(() => ({ body: { ok: true, value: 7 } }));
    expect(await httpTransport(parts).call("getSnapshot", {})).toEqual({ ok: true, value: 7 });
    const request = requests[0];
    expect(request?.url).toBe("rpc/getSnapshot");
    expect(request?.init).toMatchObject({
      method: "POST",
      body: "{}",
      credentials: "same-origin",
      headers: { "content-type": "application/json" },
    });
    expect(request?.init.signal).toBeInstanceOf(AbortSignal);
  });

  it("answers with a transport failure when nobody is there or the answer is not JSON", async () => {
    const nobody = httpTransport(outside(() => ({ fails: "Failed to fetch" })).parts);
    expect(await nobody.call("getSnapshot", {})).toMatchObject({ ok: false, error: { code: "transport" } });
    const html = httpTransport({ ...outside().parts, fetch: async () => new Response("<html>") });
    expect(await html.call("getSnapshot", {})).toMatchObject({ ok: false, error: { code: "transport" } });
  });

  it("knows an ended session by 401, says so once and for good", async () => {
    const world = outside(() => ({ status: 401 }));
    const { link, connections } = listen(world.parts);
    world.fire("open");
    expect(await link.call("getSnapshot", {})).toMatchObject({ ok: false });
    world.fire("open");
    world.fire("error");
    expect(connections).toEqual(["connecting", "live", "ended"]);
    expect(world.streams[0]?.closed).toBe(true);
  });
});

describe("events over HTTP", () => {
  it("opens one stream for all names and hands payloads to their listeners", () => {
    const world = outside();
    const { link, payloads } = listen(world.parts);
    const others: unknown[] = [];
    link.subscribe("deepProgress", (payload) => others.push(payload));
    world.fire("snapshotChanged", { at: 1 });
    world.fire("deepProgress", { elapsedMs: 2 });
    expect(world.streams).toHaveLength(1);
    expect(payloads).toEqual([{ at: 1 }]);
    expect(others).toEqual([{ elapsedMs: 2 }]);
  });

  it("stops telling a listener that left", () => {
    const world = outside();
    const { payloads, stop } = listen(world.parts);
    stop();
    world.fire("snapshotChanged", { at: 1 });
    expect(payloads).toEqual([]);
  });

  it("leaves a hiccup to the browser, which tries again by itself", async () => {
    const world = outside();
    const { connections } = listen(world.parts);
    world.fire("open");
    world.fire("error");
    await world.passTime();
    expect(connections).toEqual(["connecting", "live", "lost"]);
    expect(world.streams).toHaveLength(1);
    world.fire("open");
    expect(connections.at(-1)).toBe("live");
  });

  it("opens a new stream, with all its listeners, when the browser gave up", async () => {
    const world = outside();
    const { payloads } = listen(world.parts);
    world.fire("open");
    world.close();
    world.fire("error");
    await world.passTime();
    expect(world.streams).toHaveLength(2);
    world.fire("snapshotChanged", { at: 3 });
    expect(payloads).toEqual([{ at: 3 }]);
  });

  it("learns from one call that the browser gave up because the session is over", async () => {
    const world = outside(() => ({ status: 401 }));
    const { connections } = listen(world.parts);
    world.close();
    world.fire("error");
    await world.passTime();
    expect(connections).toEqual(["connecting", "lost", "ended"]);
    expect(world.streams).toHaveLength(1);
  });
});
