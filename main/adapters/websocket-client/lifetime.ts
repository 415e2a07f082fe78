import type { WebSocketClose } from "../../core/ports/websocket-client.ts";

/** How a connection ends: once, told to its listeners unless we ended it ourselves. */
export type Lifetime = {
  /** Aborts at the end, to wake whoever still waits for something. */
  readonly over: AbortSignal;
  /** The other side or the network ended it. */
  end(close: WebSocketClose): void;
  /** We end it ourselves. */
  leave(close: WebSocketClose): void;
  /** Told at once when the end is in the past. */
  onClosed(listener: (close: WebSocketClose) => void): void;
};

/** `ended` hears of every end, before any listener. When `signal` aborts, `abandon` is called and we leave. */
export function lifetime(ended: (close: WebSocketClose) => void, signal: AbortSignal | undefined, abandon: () => void): Lifetime {
  const over = new AbortController();
  const listeners: ((close: WebSocketClose) => void)[] = [];
  let told: WebSocketClose | undefined;

  const finish = (close: WebSocketClose): boolean => {
    if (over.signal.aborted) return false;
    signal?.removeEventListener("abort", aborted);
    ended(close);
    over.abort();
    return true;
  };
  const aborted = () => {
    abandon();
    finish({ code: 1006, reason: "" });
  };
  signal?.addEventListener("abort", aborted, { once: true });

  return {
    over: over.signal,
    end: (close) => {
      if (!finish(close)) return;
      told = close;
      for (const listener of listeners) listener(close);
    },
    leave: finish,
    onClosed: (listener) => {
      listeners.push(listener);
      if (told) listener(told);
    },
  };
}
