import type { Clock } from "../../../../core/ports/clock.ts";
import type { WebSocketClose } from "../../../../core/ports/websocket-client.ts";
import type { Conversation } from "../../../probes/websocket/conversation.ts";
import { type GatewayEvent, readEvent, readResponse, request } from "./frames.ts";
import type { Hello } from "./hello.ts";
import { type ReadMethod, reads } from "./reads.ts";

/** Which part of a list that comes page by page; counted from 0. */
export type Page = { readonly offset: number };

/** How a call ended. `said` is the gateway's `error` object. */
export type CallOutcome =
  | { readonly kind: "answered"; readonly payload: unknown; readonly durationMs: number }
  | { readonly kind: "refused"; readonly said: unknown }
  /** `asked` is false when an earlier call took up all the time, so that this one says nothing about the gateway. */
  | { readonly kind: "timed-out"; readonly asked: boolean }
  | { readonly kind: "closed"; readonly close: WebSocketClose };

/** A connection past its greeting: answers calls one after the other and passes events on until it ends. */
export type GatewaySession = {
  readonly hello: Hello;
  /** Epoch milliseconds of the greeting. */
  readonly sinceMs: number;
  /** `page` asks for the entries from an offset on. Calls wait for each other, because the gateway logs every call that takes longer than a blink. `timeoutMs` includes the wait. */
  call(method: ReadMethod, timeoutMs: number, page?: Page): Promise<CallOutcome>;
  /** Calls that were answered so far, with a yes or a no. */
  answered(): number;
  /** Milliseconds of a protocol ping, null when no pong came. */
  ping(timeoutMs: number): Promise<number | null>;
  /** Epoch milliseconds of the last frame from the gateway. */
  heardAtMs(): number;
  /** How it ended; undefined while it lives. */
  ended(): WebSocketClose | undefined;
  /** Both return the way to stop listening. */
  onEvent(listener: (event: GatewayEvent) => void): () => void;
  onEnded(listener: (close: WebSocketClose) => void): () => void;
  close(): void;
};

/** Longest wait for one frame, milliseconds; it only bounds how long the reader sleeps. */
const sliceMs = 60_000;
const broken: WebSocketClose = { code: 1006, reason: "the connection broke" };

/** Starts reading; from here on nobody else may read from the conversation. */
export function openSession(conversation: Conversation, hello: Hello, clock: Clock): GatewaySession {
  const waiting = new Map<string, (outcome: CallOutcome) => void>();
  const eventListeners = new Set<(event: GatewayEvent) => void>();
  const endListeners = new Set<(close: WebSocketClose) => void>();
  let over: WebSocketClose | undefined;
  let heardAtMs = clock.nowMs();
  let calls = 0;
  let answered = 0;
  let line: Promise<unknown> = Promise.resolve();

  const end = (close: WebSocketClose): void => {
    if (over !== undefined) return;
    over = close;
    for (const tell of waiting.values()) tell({ kind: "closed", close });
    waiting.clear();
    for (const listener of endListeners) listener(close);
  };

  const take = (frame: unknown): void => {
    heardAtMs = clock.nowMs();
    const response = readResponse(frame);
    if (response !== undefined) {
      const tell = waiting.get(response.id);
      waiting.delete(response.id);
      tell?.(response.ok ? { kind: "answered", payload: response.payload, durationMs: 0 } : { kind: "refused", said: response.error });
      return;
    }
    const event = readEvent(frame);
    if (event !== undefined) for (const listener of eventListeners) listener(event);
  };

  const readOn = async (): Promise<void> => {
    while (over === undefined) {
      const heard = await conversation.nextJson(sliceMs);
      if (heard.kind === "closed") end(heard.close);
      else if (heard.kind === "json") take(heard.value);
    }
  };
  void readOn().catch(() => end(broken));

  const callNow = async (method: ReadMethod, timeoutMs: number, page?: Page): Promise<CallOutcome> => {
    if (over !== undefined) return { kind: "closed", close: over };
    if (timeoutMs <= 0) return { kind: "timed-out", asked: false };
    const began = clock.monotonicMs();
    const id = `call-${++calls}`;
    const enough = new AbortController();
    const answer = new Promise<CallOutcome>((resolve) => waiting.set(id, resolve));
    try {
      conversation.send(request(id, method, { ...reads[method].params, ...page }));
    } catch {
      end(broken);
    }
    const outcome = await Promise.race([
      answer,
      clock.sleep(timeoutMs, enough.signal).then((): CallOutcome => ({ kind: "timed-out", asked: true })),
    ]);
    enough.abort();
    waiting.delete(id);
    if (outcome.kind === "answered" || outcome.kind === "refused") answered += 1;
    return outcome.kind === "answered" ? { ...outcome, durationMs: clock.monotonicMs() - began } : outcome;
  };

  return {
    hello,
    sinceMs: heardAtMs,
    call: (method, timeoutMs, page) => {
      const end = clock.monotonicMs() + timeoutMs;
      const mine = line.then(() => callNow(method, end - clock.monotonicMs(), page));
      line = mine.catch(() => undefined);
      return mine;
    },
    answered: () => answered,
    ping: async (timeoutMs) => (over === undefined ? conversation.ping(timeoutMs) : null),
    heardAtMs: () => heardAtMs,
    ended: () => over,
    onEvent: (listener) => {
      eventListeners.add(listener);
      return () => void eventListeners.delete(listener);
    },
    onEnded: (listener) => {
      if (over === undefined) endListeners.add(listener);
      else listener(over);
      return () => void endListeners.delete(listener);
    },
    close: () => {
      conversation.close();
      end({ code: 1000, reason: "" });
    },
  };
}
