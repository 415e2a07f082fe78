import type { Client, Reply, Transport } from "../../main/core/contract/define.ts";
import { CallFailed, type ErrorCode } from "../../main/core/contract/errors.ts";
import type { AppContract } from "../../main/core/contract/index.ts";

export type AppClient = Client<AppContract>;

/** How much of the core this page can hear: `ended` means the session is over and only a new address helps. */
export type Connection = "connecting" | "live" | "lost" | "ended";

/** A transport that also tells whether the other side is there. */
export type Link = Transport & { onConnection(listener: (connection: Connection) => void): () => void };

export const refused = (code: ErrorCode, message: string): Reply => ({ ok: false, error: { code, message } });

/** Reads what came over a wire without a schema library: the core has validated it, here only the envelope matters. */
export function readEnvelope(raw: unknown): Reply {
  if (typeof raw !== "object" || raw === null || !("ok" in raw)) return refused("transport", "the answer is not a reply");
  if (raw.ok === true) return { ok: true, value: "value" in raw ? raw.value : undefined };
  const error: unknown = "error" in raw ? raw.error : undefined;
  if (typeof error !== "object" || error === null || !("code" in error) || typeof error.code !== "string")
    return refused("transport", "the answer is not a reply");
  return refused(error.code as ErrorCode, "message" in error ? String(error.message) : "");
}

/**
 * The contract as typed functions. Names are resolved when called, so that the bundle needs no schema;
 * an unknown name is refused by the core. Failed calls reject with CallFailed.
 */
export function createClient(transport: Transport): AppClient {
  return new Proxy({} as AppClient, {
    get(_, name) {
      // A promise that resolves to the client would ask for `then`.
      if (typeof name !== "string" || name === "then") return undefined;
      if (name === "on") return transport.subscribe;
      return async (input: unknown): Promise<unknown> => {
        const reply = await transport.call(name, input);
        if (!reply.ok) throw new CallFailed(reply.error.code, reply.error.message);
        return reply.value;
      };
    },
  });
}
