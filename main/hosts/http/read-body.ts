import type { IncomingMessage } from "node:http";

/** Largest body of a call, bytes. */
export const BODY_LIMIT = 2 * 1024 * 1024;
/** How long the rest of a refused body is thrown away, so that the sender reads the answer instead of a reset connection. */
const DRAIN_MS = 500;

export type Body = { readonly kind: "text"; readonly text: string } | { readonly kind: "too-large" | "broken" };

/** Reads a body without ever holding more than the limit. The server's own request time-out ends a sender who dawdles. */
export function readBody(request: IncomingMessage, limit = BODY_LIMIT): Promise<Body> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    const refuse = (): void => {
      chunks = [];
      request.removeAllListeners("data").resume();
      setTimeout(() => request.destroy(), DRAIN_MS).unref();
      resolve({ kind: "too-large" });
    };
    if (Number(request.headers["content-length"] ?? 0) > limit) {
      refuse();
      return;
    }
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limit) refuse();
      else chunks.push(chunk);
    });
    request.on("end", () => {
      try {
        resolve({ kind: "text", text: new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)) });
      } catch {
        resolve({ kind: "broken" });
      }
    });
    request.on("error", () => resolve({ kind: "broken" }));
    request.on("close", () => resolve({ kind: "broken" }));
  });
}
