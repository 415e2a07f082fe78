export type HttpRequest = {
  readonly url: string;
  readonly method?: "GET" | "HEAD" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** Bytes of body kept (default 65536); the rest is dropped and `truncated` is set. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
};

/** `body` is decoded as UTF-8 with replacement characters. Header names are lower case. */
export type HttpAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly truncated: boolean;
      readonly durationMs: number;
    }
  | {
      readonly kind: "refused" | "timed-out" | "dns-failed" | "reset" | "unreachable" | "tls-failed" | "not-http";
      readonly reason: string;
      readonly durationMs: number;
    };

/** Plain HTTP(S) without redirects, cookies, proxies or keep-alive. Expected failures are values. */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpAnswer>;
}
