import type { WebSocket } from "ws";
import type { Clock } from "../../core/ports/clock.ts";
import type { WebSocketClient, WebSocketOpening, WebSocketTarget } from "../../core/ports/websocket-client.ts";
import { cappedBody } from "../capped-body.ts";
import { trustFor } from "../loopback-trust.ts";
import { networkFailure } from "../network-failure.ts";
import { wsConnection } from "./ws-connection.ts";

const FRAME_LIMIT = 4_194_304;
const REJECTION_LIMIT = 8_192;

/** WebSockets by the `ws` package, which is loaded with the first connection. */
export function wsClient(clock: Clock): WebSocketClient {
  return {
    open: async (target) => {
      if (!/^wss?:$/.test(URL.canParse(target.url) ? new URL(target.url).protocol : "")) {
        return { kind: "unreachable", reason: "The address is no ws or wss URL." };
      }
      const { WebSocket } = await import("ws");
      if (target.signal?.aborted) return cancelled;
      const { maxFrameBytes = FRAME_LIMIT, headers = {} } = target;
      let socket: WebSocket;
      try {
        // No Origin header: it would mark us as a web page.
        socket = new WebSocket(target.url, { ...options, ...trustFor(target.url), maxPayload: maxFrameBytes, headers });
      } catch {
        return { kind: "unreachable", reason: "A header or the address holds characters that HTTP does not allow." };
      }
      return upgrade(socket, target, clock);
    },
  };
}

/** A peer that does not answer our close is dropped after `closeTimeout`. */
const options = { perMessageDeflate: false, followRedirects: false, closeTimeout: 1_000 };

const cancelled: WebSocketOpening = { kind: "timed-out", reason: "The check was ended before the connection was open." };

function upgrade(
  socket: WebSocket,
  { timeoutMs, signal, maxFrameBytes = FRAME_LIMIT }: WebSocketTarget,
  clock: Clock,
): Promise<WebSocketOpening> {
  const settled = new AbortController();
  let late: WebSocketOpening = { kind: "timed-out", reason: "The connection was not open in time." };

  return new Promise((resolve) => {
    const settle = (opening: WebSocketOpening) => {
      if (settled.signal.aborted) return;
      settled.abort();
      signal?.removeEventListener("abort", cancel);
      resolve(opening);
      if (opening.kind !== "open") socket.terminate();
    };
    const cancel = () => settle(cancelled);
    signal?.addEventListener("abort", cancel, { once: true });
    // Our own deadline, because that of the package starts again with every byte a slow server drips.
    void clock.sleep(timeoutMs, settled.signal).then(() => settle(late));

    // Stays for the life of the socket: `ws` raises errors late, and one without a listener would end the process.
    socket.on("error", (error) => settle(openingFailure(error)));
    socket.on("open", () => settle({ kind: "open", connection: wsConnection(socket, { clock, maxFrameBytes, signal }) }));
    socket.on("unexpected-response", (_request, response) => {
      const { location } = response.headers;
      const rejected = {
        kind: "rejected" as const,
        status: response.statusCode ?? 0,
        body: "",
        ...(location === undefined ? {} : { location }),
      };
      late = rejected;
      cappedBody(response, REJECTION_LIMIT).then(
        (body) => settle({ ...rejected, body: body.text }),
        () => settle(rejected),
      );
    });
  });
}

/** The package raises errors without a code when the answer to the upgrade has the wrong headers. */
function openingFailure(error: Error): WebSocketOpening {
  return "code" in error
    ? networkFailure(error)
    : { kind: "not-http", reason: "The answer to the WebSocket upgrade does not fit the request." };
}
