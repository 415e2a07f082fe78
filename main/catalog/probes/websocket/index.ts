import { z } from "zod";
import { defineProbe, type ProbeType } from "../../../core/model/check.ts";
import type { Verdict } from "../../../core/model/observation.ts";
import type { ProbeContext } from "../../../core/ports/index.ts";
import type { WebSocketOpening } from "../../../core/ports/websocket-client.ts";
import { oneLine, showUrl } from "../summary.ts";
import { type Conversation, converse } from "./conversation.ts";

export type { Conversation, Heard } from "./conversation.ts";

/** A protocol: says its lines, hears the answers, gives back facts. Time-outs inside it are its own. */
export type Talk<T> = (conversation: Conversation, context: ProbeContext) => Promise<T>;

/** `talk-failed` is a surprise inside the talk; what the protocol foresees belongs into its own result. */
export type WebSocketSeen<T> =
  | { readonly kind: "talked"; readonly result: T; readonly durationMs: number }
  | { readonly kind: "talk-failed"; readonly reason: string }
  | Exclude<WebSocketOpening, { kind: "open" }>;

const optionsOf = <T>() =>
  z.object({
    url: z.string().refine((url) => URL.canParse(url), "not a URL"),
    headers: z.record(z.string(), z.string()).optional(),
    timeoutMs: z.number().positive().default(3_000),
    maxFrameBytes: z.number().positive().default(1_048_576),
    talk: z.custom<Talk<T>>((value) => typeof value === "function"),
  });
export type WebSocketOptions<T> = ReturnType<typeof optionsOf<T>>;

const lights: Record<Exclude<WebSocketOpening["kind"], "open">, Verdict["light"]> = {
  rejected: "amber",
  refused: "red",
  reset: "red",
  "timed-out": "grey",
  "dns-failed": "amber",
  unreachable: "amber",
  "tls-failed": "amber",
  "not-http": "amber",
};

function judgeSeen<T>(url: string, seen: WebSocketSeen<T>): Verdict {
  const where = showUrl(url);
  switch (seen.kind) {
    case "talked":
      return { light: "green", summary: `${where} speaks` };
    case "talk-failed":
      return { light: "grey", summary: `The conversation with ${where} broke off` };
    case "rejected":
      return { light: lights.rejected, summary: `${where} refuses the WebSocket upgrade (${seen.status})` };
    default:
      return {
        light: lights[seen.kind],
        summary: `${where}: ${oneLine(seen.reason, 60)}`,
        ...(seen.kind === "refused" ? { confirmAfter: 2 } : {}),
      };
  }
}

/** Opens a WebSocket, hands it to `talk`, and closes it whatever happens. `T` is what the talk found out. */
export const webSocketProbe = <T>(): ProbeType<WebSocketOptions<T>, WebSocketSeen<T>> =>
  defineProbe<WebSocketOptions<T>, WebSocketSeen<T>>({
    type: "websocket",
    options: optionsOf<T>(),
    observe: async ({ url, headers, timeoutMs, maxFrameBytes, talk }, context) => {
      const { clock, websockets } = context.ports;
      const began = clock.monotonicMs();
      const target = { url, timeoutMs, maxFrameBytes, signal: context.signal };
      const opening = await websockets.open(headers === undefined ? target : { ...target, headers });
      if (opening.kind !== "open") return opening;
      const { connection } = opening;
      const hangUp = (): void => connection.close();
      context.signal.addEventListener("abort", hangUp, { once: true });
      try {
        const result = await talk(
          converse(connection, () => clock.monotonicMs()),
          context,
        );
        return { kind: "talked", result, durationMs: clock.monotonicMs() - began };
      } catch (error) {
        return { kind: "talk-failed", reason: error instanceof Error ? error.name : "unknown" };
      } finally {
        context.signal.removeEventListener("abort", hangUp);
        connection.close();
      }
    },
    judge: ({ url }, seen) => judgeSeen(url, seen),
  });
