import type { WebSocketPeer, World } from "../../core/model/world.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { WebSocketClient, WebSocketConnection, WebSocketOpening } from "../../core/ports/websocket-client.ts";
import { inbox } from "./inbox.ts";
import { lifetime } from "./lifetime.ts";

const LOOK_MS = 500;

type There = World["websockets"][string] | undefined;

/** WebSockets of an invented world. A connection ends with 1006 soon after its peer has gone from the world, and freezes with a `hang`. */
export function fakeWebSockets(world: () => World, clock: Clock): WebSocketClient {
  return {
    open: async ({ url, timeoutMs, maxFrameBytes = 4_194_304, signal }): Promise<WebSocketOpening> => {
      if (!/^wss?:$/.test(URL.canParse(url) ? new URL(url).protocol : "")) {
        return { kind: "unreachable", reason: "The address is no ws or wss URL." };
      }
      if (signal?.aborted) return { kind: "timed-out", reason: "The check was ended before the connection was open." };
      const there = (): There => Object.entries(world().websockets).find(([key]) => place(key) === place(url))?.[1];
      const peer = there();
      if (peer === undefined) return { kind: "refused", reason: "Nothing accepts connections at that address and port." };
      if (peer === "hang") {
        await clock.sleep(timeoutMs, signal);
        return { kind: "timed-out", reason: "The connection was not open in time." };
      }
      if ("rejectedWith" in peer) return { kind: "rejected", status: peer.rejectedWith, body: peer.body };
      return { kind: "open", connection: connect(peer, there, { clock, maxFrameBytes, signal }) };
    },
  };
}

/** Without query, and the same whether the last slash or the usual port is spelled out. */
function place(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

type Circumstances = { readonly clock: Clock; readonly maxFrameBytes: number; readonly signal: AbortSignal | undefined };

function connect(first: WebSocketPeer, there: () => There, { clock, maxFrameBytes, signal }: Circumstances): WebSocketConnection {
  const box = inbox(clock, maxFrameBytes * 4);
  const life = lifetime(box.end, signal, () => {});

  const deliver = (frames: readonly string[]) => {
    for (const text of frames) {
      const bytes = new TextEncoder().encode(text).length;
      if (bytes > maxFrameBytes) return life.end({ code: 1009, reason: "a frame was larger than allowed" });
      if (!box.accept({ kind: "text", text }, bytes)) return life.end({ code: 1008, reason: "too many unread frames" });
    }
  };
  const watch = async () => {
    while (!life.over.aborted) {
      await clock.sleep(LOOK_MS, life.over);
      const now = there();
      if (now !== "hang" && !isPeer(now)) life.end({ code: 1006, reason: "" });
    }
  };
  deliver(first.greet);
  void watch();

  return {
    send: (text) => {
      const now = there();
      if (life.over.aborted || !isPeer(now)) return;
      const { send, close } = now.answer(text);
      deliver(send);
      if (close) life.end(close);
    },
    next: box.next,
    ping: async (timeoutMs) => {
      if (life.over.aborted) return null;
      if (isPeer(there())) return 1;
      await clock.sleep(timeoutMs, life.over);
      return null;
    },
    onClosed: life.onClosed,
    close: () => life.leave({ code: 1000, reason: "" }),
  };
}

const isPeer = (there: There): there is WebSocketPeer => typeof there === "object" && "greet" in there;
