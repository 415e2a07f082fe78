import type { WebSocketClose, WebSocketConnection, WebSocketHappening } from "../../../core/ports/websocket-client.ts";

/** What the other side did next. A frame that is not JSON is a fact, not an error; its text is not kept. */
export type Heard =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "not-json"; readonly length: number }
  | { readonly kind: "binary"; readonly bytes: number }
  | { readonly kind: "closed"; readonly close: WebSocketClose }
  | { readonly kind: "timed-out" };

/** The small part of a WebSocket that a protocol written as a pure async function needs. */
export type Conversation = {
  /** Sends a value as one JSON text frame. */
  send(value: unknown): void;
  /** The next thing that happens; after the close it keeps answering `closed`. */
  nextJson(timeoutMs: number): Promise<Heard>;
  /** Reads on until `wanted` gives a value for a frame, for at most `timeoutMs` in all and 200 frames; then the failing happening. */
  until<T>(wanted: (value: unknown) => T | undefined, timeoutMs: number): Promise<T | Exclude<Heard, { kind: "json" }>>;
  /** Milliseconds of one protocol ping, null without a pong in time. */
  ping(timeoutMs: number): Promise<number | null>;
  close(): void;
};

const MAX_FRAMES = 200;
/** More than this within `WINDOW_MS` is a flood: no protocol we speak needs it, and reading on would cost memory and time without end. */
const FLOOD = { frames: 5_000, characters: 8_388_608 } as const;
const WINDOW_MS = 10_000;
const flooded: WebSocketClose = { code: 1008, reason: "it sends more than anybody can read" };

function parse(text: string): Heard {
  try {
    return { kind: "json", value: JSON.parse(text) };
  } catch {
    return { kind: "not-json", length: text.length };
  }
}

/** Wraps a connection. `monotonicMs` is the clock that bounds `until`. */
export function converse(connection: WebSocketConnection, monotonicMs: () => number): Conversation {
  let over: WebSocketClose | undefined;
  let window = { beganMs: monotonicMs(), frames: 0, characters: 0 };
  const isFlood = (next: WebSocketHappening): boolean => {
    const nowMs = monotonicMs();
    if (nowMs - window.beganMs > WINDOW_MS) window = { beganMs: nowMs, frames: 0, characters: 0 };
    window.frames += 1;
    window.characters += next.kind === "text" ? next.text.length : next.kind === "binary" ? next.bytes : 0;
    return window.frames > FLOOD.frames || window.characters > FLOOD.characters;
  };
  const nextJson = async (timeoutMs: number): Promise<Heard> => {
    if (over !== undefined) return { kind: "closed", close: over };
    const next = await connection.next(timeoutMs);
    if (next.kind === "closed") over = next.close;
    else if (next.kind !== "timed-out" && isFlood(next)) {
      connection.close();
      over = flooded;
      return { kind: "closed", close: over };
    }
    return next.kind === "text" ? parse(next.text) : next;
  };
  return {
    send: (value) => connection.send(JSON.stringify(value)),
    nextJson,
    until: async (wanted, timeoutMs) => {
      const end = monotonicMs() + timeoutMs;
      for (let frames = 0; frames < MAX_FRAMES; frames += 1) {
        const left = end - monotonicMs();
        const heard: Heard = left <= 0 ? { kind: "timed-out" } : await nextJson(left);
        if (heard.kind !== "json") return heard;
        const found = wanted(heard.value);
        if (found !== undefined) return found;
      }
      return { kind: "timed-out" };
    },
    ping: (timeoutMs) => connection.ping(timeoutMs),
    close: () => connection.close(),
  };
}
