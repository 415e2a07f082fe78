import type { ServerResponse } from "node:http";

/** Sent with every answer. The page may load its own files and talk to its own server, and nothing else. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** Refusals and short messages are one plain line: no markup, nothing echoed from the request. */
export type PlainAnswer = {
  readonly kind: "plain";
  readonly code: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What a route decided, before it is written; `streaming` has taken the response over. */
export type Answer =
  | PlainAnswer
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "file"; readonly type: string; readonly bytes: Uint8Array }
  | { readonly kind: "streaming" };

export const plain = (code: number, text: string, headers: Readonly<Record<string, string>> = {}): PlainAnswer => ({
  kind: "plain",
  code,
  text,
  headers,
});

function write(response: ServerResponse, code: number, type: string, body: string | Uint8Array, headers = {}): void {
  const length = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
  response.writeHead(code, { ...securityHeaders, "content-type": type, "content-length": length, ...headers });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

export function send(response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) return;
  switch (answer.kind) {
    case "plain":
      write(response, answer.code, "text/plain; charset=utf-8", `${answer.text}\n`, answer.headers);
      break;
    case "json":
      write(response, 200, "application/json; charset=utf-8", JSON.stringify(answer.value));
      break;
    case "file":
      write(response, 200, answer.type, answer.bytes);
      break;
    case "streaming":
      break;
  }
}
