export type WebSocketTarget = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bound on the whole upgrade. */
  readonly timeoutMs: number;
  /** Largest frame accepted, bytes (default 4194304). A larger one closes the connection with 1009. */
  readonly maxFrameBytes?: number;
  readonly signal?: AbortSignal;
};

export type WebSocketClose = { readonly code: number; readonly reason: string };

/** What came next: a text frame, the close, or nothing within the time. Binary frames arrive as `binary`. */
export type WebSocketHappening =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary"; readonly bytes: number }
  | { readonly kind: "closed"; readonly close: WebSocketClose }
  | { readonly kind: "timed-out" };

export interface WebSocketConnection {
  send(text: string): void;
  /** Next happening in order; at most 256 unread frames are kept, then the connection is closed. */
  next(timeoutMs: number): Promise<WebSocketHappening>;
  /** Round trip of a protocol ping in milliseconds, or null when no pong came in time. */
  ping(timeoutMs: number): Promise<number | null>;
  /** Called once when the other side or the network ends the connection. */
  onClosed(listener: (close: WebSocketClose) => void): void;
  close(): void;
}

export type WebSocketOpening =
  | { readonly kind: "open"; readonly connection: WebSocketConnection }
  | { readonly kind: "rejected"; readonly status: number; readonly body: string; readonly location?: string }
  | {
      readonly kind: "refused" | "timed-out" | "dns-failed" | "reset" | "unreachable" | "tls-failed" | "not-http";
      readonly reason: string;
    };

/** Client side of RFC 6455, without an Origin header. */
export interface WebSocketClient {
  open(target: WebSocketTarget): Promise<WebSocketOpening>;
}
