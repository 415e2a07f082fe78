import type { ServerResponse } from "node:http";
import { securityHeaders } from "./answer.ts";

/** One browser that listens. */
export type EventStream = {
  /** `replaces`: a newer event of this name makes an unsent older one worthless. `data` is one line of JSON. */
  send(name: string, data: string, replaces: boolean): void;
  beat(): void;
  end(): void;
};

export type StreamLimits = {
  /** Events kept for a reader that is behind, before it is dropped; it comes back by itself and starts from a snapshot. */
  readonly pending: number;
  /** A reader that takes nothing for this long is gone. */
  readonly stuckMs: number;
};

export const streamLimits: StreamLimits = { pending: 64, stuckMs: 30_000 };

/** Server-sent events with bounded memory: while the reader is behind, only the newest of each replaceable event waits. */
export function openEventStream(response: ServerResponse, limits: StreamLimits = streamLimits): EventStream {
  const waiting = new Map<string, string>();
  let serial = 0;
  let stuck: NodeJS.Timeout | undefined;

  const isBehind = (): boolean => stuck !== undefined;
  const write = (text: string): void => {
    if (response.destroyed || response.writableEnded) return;
    if (!response.write(text)) stuck = setTimeout(() => response.destroy(), limits.stuckMs).unref();
  };
  response.on("drain", () => {
    clearTimeout(stuck);
    stuck = undefined;
    for (const [key, text] of waiting) {
      if (isBehind()) return;
      waiting.delete(key);
      write(text);
    }
  });
  response.on("close", () => {
    clearTimeout(stuck);
    waiting.clear();
  });
  response.writeHead(200, { ...securityHeaders, "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" });
  write("retry: 2000\n\n");

  return {
    send(name, data, replaces) {
      const text = `event: ${name}\ndata: ${data}\n\n`;
      if (!isBehind()) return write(text);
      serial += 1;
      waiting.set(replaces ? name : `${name} ${serial}`, text);
      if (waiting.size > limits.pending) response.destroy();
    },
    beat() {
      if (!isBehind()) write(": beat\n\n");
    },
    end: () => void response.end(),
  };
}
