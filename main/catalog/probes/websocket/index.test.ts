import { describe, expect, it } from "vitest";
import { worldContext } from "../../../../tests/support/world-context.ts";
import { check } from "../../../core/model/check.ts";
import type { WebSocketPeer, World } from "../../../core/model/world.ts";
import type { WebSocketClient, WebSocketConnection, WebSocketHappening } from "../../../core/ports/websocket-client.ts";
import { type Conversation, type Heard, type Talk, webSocketProbe } from "./index.ts";

const url = "ws://127.0.0.1:18789/";
const greetsWith = (...greet: readonly string[]): World["websockets"] => ({ [url]: { greet, answer: () => ({ send: [] }) } });
const probe = <T>(talk: Talk<T>, options: { timeoutMs?: number; maxFrameBytes?: number } = {}) =>
  check({ id: "ws", title: "WebSocket" }, webSocketProbe<T>(), { url, talk, ...options });

describe("a conversation over a WebSocket", () => {
  it("gives the talk's own facts, typed", async () => {
    const echo: WebSocketPeer = { greet: ['{"event":"hello"}'], answer: (text) => ({ send: [text.replace("ping", "pong")] }) };
    const { context } = worldContext({ websockets: { [url]: echo } });
    const seen = await probe(async (conversation) => {
      const hello = await conversation.nextJson(100);
      conversation.send({ say: "ping" });
      return [hello, await conversation.nextJson(100)];
    }).observe(context);
    expect(seen).toMatchObject({
      kind: "talked",
      result: [
        { kind: "json", value: { event: "hello" } },
        { kind: "json", value: { say: "pong" } },
      ],
    });
  });

  it("hears hostile frames as facts, without keeping their text", async () => {
    const { context } = worldContext({ websockets: greetsWith("<html>s3cret</html>", "{".repeat(50_000), '"x"') });
    const seen = await probe(async (conversation) => [
      await conversation.nextJson(100),
      await conversation.nextJson(100),
      await conversation.nextJson(100),
    ]).observe(context);
    expect(seen).toMatchObject({
      result: [
        { kind: "not-json", length: 19 },
        { kind: "not-json", length: 50_000 },
        { kind: "json", value: "x" },
      ],
    });
    expect(JSON.stringify(seen)).not.toContain("s3cret");
  });

  it("hears a frame that is too large as a close", async () => {
    const { context } = worldContext({ websockets: greetsWith("x".repeat(2_000)) });
    const seen = await probe((conversation) => conversation.nextJson(100), { maxFrameBytes: 1_000 }).observe(context);
    expect(seen).toMatchObject({ result: { kind: "closed", close: { code: 1009 } } });
  });

  it("keeps answering closed after the close", async () => {
    const leaving: WebSocketPeer = { greet: [], answer: () => ({ send: [], close: { code: 1008, reason: "pairing required" } }) };
    const { context } = worldContext({ websockets: { [url]: leaving } });
    const seen = await probe(async (conversation) => {
      conversation.send({});
      return [await conversation.nextJson(100), await conversation.nextJson(100)];
    }).observe(context);
    const closed = { kind: "closed", close: { code: 1008, reason: "pairing required" } };
    expect(seen).toMatchObject({ result: [closed, closed] });
  });

  it("reads on until what it wants, and says what came instead", async () => {
    const { context, clock } = worldContext({ websockets: greetsWith('{"n":1}', '{"n":2}', '{"n":3}') });
    const third = (value: unknown): string | undefined => (JSON.stringify(value) === '{"n":3}' ? "third" : undefined);
    const looking = probe(async (conversation) => [await conversation.until(third, 500), await conversation.until(third, 500)]).observe(
      context,
    );
    await clock.advance(1_500);
    expect(await looking).toMatchObject({ result: ["third", { kind: "timed-out" }] });
  });

  it("does not read on for ever when frames never end", async () => {
    let served = 0;
    const chatter: WebSocketConnection = {
      send: () => {},
      next: async (): Promise<WebSocketHappening> => {
        served += 1;
        return { kind: "text", text: String(served) };
      },
      ping: async () => 1,
      onClosed: () => {},
      close: () => {},
    };
    const websockets: WebSocketClient = { open: async () => ({ kind: "open", connection: chatter }) };
    const { context } = worldContext();
    const seen = await probe((conversation) => conversation.until(() => undefined, 60_000)).observe({
      ...context,
      ports: { ...context.ports, clock: context.ports.clock, websockets },
    });
    expect(seen).toMatchObject({ kind: "talked", result: { kind: "timed-out" } });
    expect(served).toBeLessThanOrEqual(200);
  });

  it("measures a ping, and misses it when the other side is frozen", async () => {
    const { context } = worldContext({ websockets: greetsWith() });
    expect(await probe((conversation) => conversation.ping(100)).observe(context)).toMatchObject({ result: 1 });
  });

  it.each<[string, Talk<unknown>]>([
    ["ends well", async () => "done"],
    [
      "throws",
      async () => {
        throw new TypeError("s3cret");
      },
    ],
  ])("hangs up when the talk %s", async (_, talk) => {
    let kept: Conversation | undefined;
    const { context } = worldContext({ websockets: greetsWith('{"late":true}') });
    const seen = await probe(async (conversation, inside) => {
      kept = conversation;
      return talk(conversation, inside);
    }).observe(context);
    expect(seen.kind).toBe(_ === "throws" ? "talk-failed" : "talked");
    expect(JSON.stringify(seen)).not.toContain("s3cret");
    const after: (Heard | undefined)[] = [await kept?.nextJson(10), await kept?.nextJson(10)];
    expect(after.at(-1)).toMatchObject({ kind: "closed" });
  });

  it("hangs up when the check ends", async () => {
    const { context, abort } = worldContext({ websockets: greetsWith() });
    const looking = probe((conversation) => conversation.nextJson(60_000)).observe(context);
    await Promise.resolve();
    abort();
    expect(await looking).toMatchObject({ kind: "talked", result: { kind: "closed" } });
  });
});

describe("the opinion on an opening", () => {
  const judge = (seen: Parameters<ReturnType<typeof probe>["judge"]>[0]) => probe<unknown>(async () => null).judge(seen, []);
  it.each([
    ["refused", "red"],
    ["reset", "red"],
    ["timed-out", "grey"],
    ["dns-failed", "amber"],
    ["not-http", "amber"],
    ["tls-failed", "amber"],
  ] as const)("knows what %s means", (kind, light) => expect(judge({ kind, reason: "so" }).light).toBe(light));

  it("names the refusal of the upgrade", () => {
    expect(judge({ kind: "rejected", status: 403, body: "s3cret" })).toEqual({
      light: "amber",
      summary: "127.0.0.1:18789 refuses the WebSocket upgrade (403)",
    });
  });

  it("is green after a talk and grey after a broken one", () => {
    expect(judge({ kind: "talked", result: null, durationMs: 3 }).light).toBe("green");
    expect(judge({ kind: "talk-failed", reason: "TypeError" }).light).toBe("grey");
  });

  it("sees a refusal in the world", async () => {
    const { context } = worldContext();
    expect((await probe(async () => null).observe(context)).kind).toBe("refused");
  });
});
