import type { WebSocket } from "ws";
import type { Clock } from "../../core/ports/clock.ts";
import type { WebSocketClose, WebSocketConnection } from "../../core/ports/websocket-client.ts";
import { inbox } from "./inbox.ts";
import { lifetime } from "./lifetime.ts";

const tooLarge: WebSocketClose = { code: 1009, reason: "a frame was larger than allowed" };

/** How frames end a connection when the `ws` package refuses them, with the close codes of RFC 6455. */
const refused: Readonly<Record<string, WebSocketClose>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: tooLarge,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: tooLarge,
  WS_ERR_INVALID_UTF8: { code: 1007, reason: "a text frame was not UTF-8" },
};

/** What a connection needs to know about its opening. */
export type OpenedWith = { readonly clock: Clock; readonly maxFrameBytes: number; readonly signal: AbortSignal | undefined };

/** An open connection of the `ws` package behind the port. To be made as soon as it is open: frames that came before are lost. */
export function wsConnection(socket: WebSocket, { clock, maxFrameBytes, signal }: OpenedWith): WebSocketConnection {
  const box = inbox(clock, maxFrameBytes * 4);
  const life = lifetime(box.end, signal, () => socket.terminate());
  let pings = 0;

  socket.on("message", (data, isBinary) => {
    const bytes = Buffer.isBuffer(data) ? data.length : 0;
    if (box.accept(isBinary ? { kind: "binary", bytes } : { kind: "text", text: data.toString() }, isBinary ? 0 : bytes)) return;
    socket.close(1008, "too many unread frames");
    life.end({ code: 1008, reason: "too many unread frames" });
  });
  socket.on("error", (error) => life.end(closeFor(error)));
  socket.on("close", (code, reason) => life.end({ code, reason: reason.toString() }));

  return {
    // What cannot be sent any more is dropped: `next` and `onClosed` tell of the end that prevented it.
    send: (text) => socket.send(text, () => {}),
    next: box.next,
    ping: async (timeoutMs) => {
      if (life.over.aborted) return null;
      const mark = `lamp ${++pings}`;
      const began = clock.monotonicMs();
      const answered = new AbortController();
      const heard = (payload: Buffer) => payload.toString() === mark && answered.abort();
      socket.on("pong", heard);
      socket.ping(mark, undefined, () => {});
      await clock.sleep(timeoutMs, AbortSignal.any([answered.signal, life.over]));
      socket.off("pong", heard);
      return answered.signal.aborted ? clock.monotonicMs() - began : null;
    },
    onClosed: life.onClosed,
    close: () => {
      socket.close(1000);
      life.leave({ code: 1000, reason: "" });
    },
  };
}

function closeFor(error: Error): WebSocketClose {
  const code = "code" in error ? String(error.code) : "";
  if (!code.startsWith("WS_ERR")) return { code: 1006, reason: "" };
  return refused[code] ?? { code: 1002, reason: "a frame broke the WebSocket protocol" };
}
