import { describe, expect, it } from "vitest";
import type { WebSocketClient, WebSocketClose, WebSocketConnection, WebSocketTarget } from "../../core/ports/websocket-client.ts";

/**
 * A client and peers at these paths of `origin`: `/echo` greets with `one` and `two`, then repeats what it is sent; `/close` closes
 * with 1008 `pairing required` at the first frame; `/reject` answers the upgrade with 401 `no entry`; `/hang` never answers it;
 * `/flood` greets with 300 frames; `/large` greets with a frame of 2000 bytes. `shut` is an origin where nothing listens.
 * `vanish` makes the peers go away without a close frame, `pass` lets time go by.
 */
export type WebSocketPlace = {
  readonly client: WebSocketClient;
  readonly origin: string;
  readonly shut: string;
  readonly vanish: () => void;
  readonly pass: (ms: number) => Promise<void>;
};

/** What every WebSocket client must do. */
export function webSocketSuite(name: string, make: () => WebSocketPlace | Promise<WebSocketPlace>): void {
  const reach = async (path: string, more: Partial<WebSocketTarget> = {}) => {
    const place = await make();
    const opening = await place.client.open({ url: place.origin + path, timeoutMs: 2_000, ...more });
    return { ...place, opening };
  };
  const connected = async (path: string, more?: Partial<WebSocketTarget>) => {
    const { opening, ...place } = await reach(path, more);
    if (opening.kind !== "open") throw new Error(`not open: ${opening.kind}`);
    return { ...place, connection: opening.connection };
  };
  const closes = (connection: WebSocketConnection) => {
    const heard: WebSocketClose[] = [];
    connection.onClosed((close) => heard.push(close));
    return heard;
  };

  describe(`${name} as a WebSocketClient`, () => {
    it("reads frames in order, those that came before the first look included", async () => {
      const { connection, pass } = await connected("/echo");
      await pass(60);
      expect(await connection.next(1_000)).toEqual({ kind: "text", text: "one" });
      expect(await connection.next(1_000)).toEqual({ kind: "text", text: "two" });
      connection.send("three");
      expect(await connection.next(1_000)).toEqual({ kind: "text", text: "three" });
      connection.close();
    });

    it("says that nothing came in time, and goes on", async () => {
      const { connection } = await connected("/echo");
      await connection.next(1_000);
      await connection.next(1_000);
      expect(await connection.next(30)).toEqual({ kind: "timed-out" });
      connection.send("late");
      expect(await connection.next(1_000)).toEqual({ kind: "text", text: "late" });
      connection.close();
    });

    it("tells of a close with code and reason: after the frames before it, for ever, and once to each listener", async () => {
      const { connection } = await connected("/close");
      const heard = closes(connection);
      connection.send("hello");
      const close = { code: 1008, reason: "pairing required" };
      expect(await connection.next(1_000)).toEqual({ kind: "closed", close });
      expect(await connection.next(1_000)).toEqual({ kind: "closed", close });
      expect(heard).toEqual([close]);
      expect(closes(connection)).toEqual([close]);
      expect(await connection.ping(50)).toBeNull();
      connection.send("dropped");
      connection.close();
      expect(heard).toHaveLength(1);
    });

    it("tells of a peer that vanished without a close frame as 1006", async () => {
      const { connection, vanish, pass } = await connected("/echo");
      const heard = closes(connection);
      vanish();
      await pass(700);
      expect(heard.map((close) => close.code)).toEqual([1006]);
    });

    it("does not tell its own close to listeners", async () => {
      const { connection, pass } = await connected("/echo");
      const heard = closes(connection);
      connection.close();
      await pass(100);
      expect(heard).toEqual([]);
    });

    it("keeps at most 256 unread frames, then closes", async () => {
      const { connection, pass } = await connected("/flood");
      await pass(150);
      let frames = 0;
      for (;;) {
        const happening = await connection.next(1_000);
        if (happening.kind === "closed") {
          expect(happening.close.code).toBe(1008);
          break;
        }
        frames += 1;
      }
      expect(frames).toBe(256);
    });

    it("closes with 1009 when a frame is larger than allowed", async () => {
      const { connection } = await connected("/large", { maxFrameBytes: 1_000 });
      expect(await connection.next(1_000)).toMatchObject({ kind: "closed", close: { code: 1009 } });
    });

    it("takes a frame of the allowed size", async () => {
      const { connection } = await connected("/large", { maxFrameBytes: 2_000 });
      expect(await connection.next(1_000)).toMatchObject({ kind: "text" });
      connection.close();
    });

    it("measures the round trip of a ping", async () => {
      const { connection } = await connected("/echo");
      expect(await connection.ping(1_000)).toBeGreaterThan(0);
      connection.close();
    });

    it("brings back an HTTP rejection with status and body", async () => {
      expect((await reach("/reject")).opening).toMatchObject({ kind: "rejected", status: 401, body: "no entry" });
    });

    it("is refused where nothing listens", async () => {
      const { client, shut } = await make();
      expect(await client.open({ url: `${shut}/`, timeoutMs: 1_000 })).toMatchObject({ kind: "refused" });
    });

    it("gives up on a silent server, and at once when the signal aborts", async () => {
      expect((await reach("/hang", { timeoutMs: 60 })).opening).toMatchObject({ kind: "timed-out" });
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 20);
      expect((await reach("/hang", { timeoutMs: 60_000, signal: controller.signal })).opening).toMatchObject({ kind: "timed-out" });
      expect((await reach("/echo", { signal: AbortSignal.abort() })).opening).toMatchObject({ kind: "timed-out" });
    });

    it("ends an open connection when the signal aborts, and wakes whoever waits for a frame", async () => {
      const controller = new AbortController();
      const { connection } = await connected("/close", { signal: controller.signal });
      const waiting = connection.next(60_000);
      controller.abort();
      expect(await waiting).toMatchObject({ kind: "closed" });
    });

    it.each(["http://127.0.0.1/", "nonsense"])("answers for %s instead of throwing", async (url) => {
      const { client } = await make();
      expect(await client.open({ url, timeoutMs: 1_000 })).toMatchObject({ kind: "unreachable" });
    });
  });
}
