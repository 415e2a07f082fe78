import type { Clock } from "../../../../core/ports/clock.ts";
import type { DeviceIdentity } from "../../../../core/ports/device-identity.ts";
import type { WebSocketClose } from "../../../../core/ports/websocket-client.ts";
import type { Conversation, Heard } from "../../../probes/websocket/conversation.ts";
import { prune } from "../knowledge/prune.ts";
import { type Auth, type ClientFacts, connectParams } from "./connect-request.ts";
import { proveDevice } from "./device-proof.ts";
import { readChallenge, readResponse, request } from "./frames.ts";
import { type Hello, readHello } from "./hello.ts";

/** How far a connection came. `said` of a refusal is the gateway's own `error` object. `issuedToken` is a secret. */
export type Handshake =
  | { readonly kind: "hello"; readonly hello: Hello; readonly issuedToken?: string; readonly asDevice: boolean }
  | { readonly kind: "refused"; readonly said: unknown }
  | { readonly kind: "closed"; readonly close: WebSocketClose; readonly before: "challenge" | "answer" }
  /** Connected, and then silence: the process may be frozen, or it makes us wait after wrong log-ins. */
  | { readonly kind: "mute"; readonly before: "challenge" | "answer" }
  /** Something that speaks WebSocket, but not this protocol. */
  | { readonly kind: "foreign"; readonly why: string };

export type HandshakeOptions = {
  readonly client: ClientFacts;
  readonly scopes: readonly string[];
  readonly auth: Auth;
  /** Present when we introduce ourselves with our own device key. */
  readonly identity?: DeviceIdentity;
  readonly clock: Clock;
  /** Bound on challenge and answer together, milliseconds. */
  readonly timeoutMs: number;
};

const connectId = "connect";

function failed(heard: Exclude<Heard, { kind: "json" }>, before: "challenge" | "answer"): Handshake {
  switch (heard.kind) {
    case "closed":
      return { kind: "closed", close: heard.close, before };
    case "timed-out":
      return { kind: "mute", before };
    case "not-json":
    case "binary":
      return { kind: "foreign", why: "it sent something that is not JSON" };
  }
}

/** Challenge, proof, connect, answer. Leaves the connection open; closing it is the caller's business. */
export async function shakeHands(conversation: Conversation, options: HandshakeOptions): Promise<Handshake> {
  const { client, scopes, auth, clock } = options;
  const end = clock.monotonicMs() + options.timeoutMs;
  const left = (): number => Math.max(1, end - clock.monotonicMs());

  const first = await conversation.nextJson(left());
  if (first.kind !== "json") return failed(first, "challenge");
  const nonce = readChallenge(first.value);
  if (nonce === undefined) return { kind: "foreign", why: "its first word is not a challenge" };

  const signing = { client, scopes, auth, nonce, signedAt: clock.nowMs() };
  const device = options.identity === undefined ? undefined : await proveDevice(options.identity, signing);
  conversation.send(request(connectId, "connect", connectParams(client, scopes, auth, device)));

  const answer = await conversation.until((frame) => readResponse(frame, connectId), left());
  if ("kind" in answer) return failed(answer, "answer");
  if (!answer.ok) return { kind: "refused", said: prune(answer.error).value };
  const read = readHello(answer.payload);
  if (read === undefined) return { kind: "foreign", why: "its greeting is not one of this protocol" };
  return { kind: "hello", ...read, asDevice: device !== undefined };
}
