import { z } from "zod";

/** Frames of the gateway protocol, versions 3 and 4. Unknown fields are dropped, so that a newer gateway is still understood. */
const Challenge = z.object({
  type: z.literal("event"),
  event: z.literal("connect.challenge"),
  payload: z.object({ nonce: z.string().min(1) }),
});
const Event = z.object({ type: z.literal("event"), event: z.string(), payload: z.unknown().optional() });
const Response = z.object({
  type: z.literal("res"),
  id: z.string(),
  ok: z.boolean(),
  payload: z.unknown().optional(),
  error: z.unknown().optional(),
});

export type GatewayEvent = { readonly event: string; readonly payload?: unknown };
export type GatewayResponse = z.infer<typeof Response>;

/** The challenge's nonce, or undefined when the frame is something else. */
export const readChallenge = (frame: unknown): string | undefined => Challenge.safeParse(frame).data?.payload.nonce;

export const readEvent = (frame: unknown): GatewayEvent | undefined => Event.safeParse(frame).data;

/** The answer to the request with this id; without an id, any answer. */
export function readResponse(frame: unknown, id?: string): GatewayResponse | undefined {
  const response = Response.safeParse(frame).data;
  return response === undefined || (id !== undefined && response.id !== id) ? undefined : response;
}

export const request = (id: string, method: string, params: unknown): Readonly<Record<string, unknown>> => ({
  type: "req",
  id,
  method,
  params,
});
