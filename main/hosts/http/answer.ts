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

/** A refusal or a short message, before it is written. */
export type PlainAnswer = { readonly code: number; readonly text: string; readonly headers?: Readonly<Record<string, string>> };

export function sendBytes(response: ServerResponse, code: number, type: string, body: string | Uint8Array, headers = {}): void {
  if (response.headersSent || response.destroyed) return;
  const length = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
  response.writeHead(code, { ...securityHeaders, "content-type": type, "content-length": length, ...headers });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

/** Refusals are one plain line: no markup, nothing echoed from the request. */
export function sendPlain(response: ServerResponse, answer: PlainAnswer): void {
  sendBytes(response, answer.code, "text/plain; charset=utf-8", `${answer.text}\n`, answer.headers);
}

export function sendJson(response: ServerResponse, value: unknown): void {
  sendBytes(response, 200, "application/json; charset=utf-8", JSON.stringify(value));
}
