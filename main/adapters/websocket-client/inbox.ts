import type { Clock } from "../../core/ports/clock.ts";
import type { WebSocketClose, WebSocketHappening } from "../../core/ports/websocket-client.ts";

const MOST_UNREAD = 256;

type Frame = Extract<WebSocketHappening, { kind: "text" | "binary" }>;

/** Frames waiting to be read, in order, and after them how the connection ended. */
export type Inbox = {
  /** False when the frame was not taken, because too much lies unread or the connection has ended. `bytes` is what keeping it costs. */
  accept(frame: Frame, bytes: number): boolean;
  /** The first call counts; frames that came before can still be read. */
  end(close: WebSocketClose): void;
  next(timeoutMs: number): Promise<WebSocketHappening>;
};

/** Bounded in frames and, because frames can be large, in `maxBytes` of them together. */
export function inbox(clock: Clock, maxBytes: number): Inbox {
  const unread: { frame: Frame; bytes: number }[] = [];
  let held = 0;
  let ended: WebSocketClose | undefined;
  let news = new AbortController();

  const announce = () => {
    news.abort();
    news = new AbortController();
  };
  return {
    accept: (frame, bytes) => {
      if (ended || unread.length >= MOST_UNREAD || held + bytes > maxBytes) return false;
      unread.push({ frame, bytes });
      held += bytes;
      announce();
      return true;
    },
    end: (close) => {
      ended ??= close;
      announce();
    },
    next: async (timeoutMs) => {
      const until = clock.monotonicMs() + timeoutMs;
      for (;;) {
        const first = unread.shift();
        held -= first?.bytes ?? 0;
        if (first) return first.frame;
        if (ended) return { kind: "closed", close: ended };
        const left = until - clock.monotonicMs();
        if (!(left > 0)) return { kind: "timed-out" };
        await clock.sleep(left, news.signal);
      }
    },
  };
}
