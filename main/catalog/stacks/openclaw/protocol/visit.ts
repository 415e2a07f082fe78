import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { WebSocketConnection, WebSocketOpening } from "../../../../core/ports/websocket-client.ts";
import { converse } from "../../../probes/websocket/conversation.ts";
import { readConnectError } from "../knowledge/connect-errors.ts";
import { at, parseJson, text } from "../knowledge/loose.ts";
import { type Attempt, attempts, type Known, type Way } from "./attempts.ts";
import { type Handshake, shakeHands } from "./handshake.ts";
import { type GatewaySession, openSession } from "./session.ts";
import type { GatewayTarget } from "./target.ts";

/** What a try to get in came to. `refusals` keeps what was said at tries before the last one. */
export type Visit =
  | {
      readonly kind: "in";
      readonly session: GatewaySession;
      readonly way: Way;
      readonly paired: boolean;
      readonly refusals: readonly Refused[];
    }
  | { readonly kind: "refused"; readonly way: Way; readonly said: unknown; readonly refusals: readonly Refused[] }
  | { readonly kind: "unreachable"; readonly opening: Exclude<WebSocketOpening, { kind: "open" }> }
  | Exclude<Handshake, { kind: "hello" | "refused" }>;
export type Refused = { readonly way: Way; readonly said: unknown };

type One = { readonly handshake: Handshake; readonly connection: WebSocketConnection } | Exclude<WebSocketOpening, { kind: "open" }>;

/** Largest frame we take, bytes: answers have some dozen kilobytes, and reading one costs ten times its size in memory. */
const maxFrameBytes = 1_048_576;

/** Whoever shares our knock must not take its early end for an answer of the gateway. */
const timeIsUp = "the time for knocking at the gateway was up";

async function tryOnce(target: GatewayTarget, attempt: Attempt, context: ProbeContext, timeoutMs: number): Promise<One> {
  const { clock, identity, websockets } = context.ports;
  const end = clock.monotonicMs() + timeoutMs;
  // Who asked may give up while we knock; the connection itself outlives the look that opened it.
  const knocking = new AbortController();
  const giveUp = (): void => knocking.abort();
  context.signal.addEventListener("abort", giveUp, { once: true });
  if (context.signal.aborted) giveUp();
  const opening = await websockets.open({ url: target.url, timeoutMs, maxFrameBytes, signal: knocking.signal });
  if (opening.kind !== "open") {
    context.signal.removeEventListener("abort", giveUp);
    if (knocking.signal.aborted) throw new Error(timeIsUp);
    return opening;
  }
  const conversation = converse(opening.connection, () => clock.monotonicMs());
  const handshake = await shakeHands(conversation, {
    client: target.client,
    scopes: target.scopes,
    auth: attempt.auth,
    ...(attempt.asDevice ? { identity } : {}),
    clock,
    timeoutMs: Math.max(1, end - clock.monotonicMs()),
  }).catch((): Handshake => ({ kind: "foreign", why: "the connection broke off" }));
  context.signal.removeEventListener("abort", giveUp);
  if (handshake.kind !== "hello") opening.connection.close();
  if (handshake.kind !== "hello" && knocking.signal.aborted) throw new Error(timeIsUp);
  return { handshake, connection: opening.connection };
}

/** Whether our key can be used, and the token this gateway issued to it. A keyring may ask a person first, and then takes its time. */
async function ownDevice(target: GatewayTarget, { learnSecret, ports }: ProbeContext, timeoutMs: number): Promise<Omit<Known, "version">> {
  const ask = async (): Promise<Omit<Known, "version">> => {
    if ((await ports.identity.describe()).kind !== "ready") return { identityReady: false };
    const issuedToken = await ports.identity.issuedToken(target.audience);
    if (issuedToken === null) return { identityReady: true };
    learnSecret(issuedToken, "openclaw device token");
    return { identityReady: true, issuedToken };
  };
  const known = new AbortController();
  const late = ports.clock.sleep(timeoutMs, known.signal).then(() => ({ identityReady: false }));
  const answer = await Promise.race([ask().catch(() => ({ identityReady: false })), late]);
  known.abort();
  return answer;
}

/** The release a gateway tells anybody on the same machine, and what our own device has in hand. Nobody there: no keyring is bothered. */
async function whatIsKnown(target: GatewayTarget, context: ProbeContext, timeoutMs: number): Promise<Known> {
  if (target.introduceDevice === "never") return { identityReady: false };
  const { clock, http } = context.ports;
  const end = clock.monotonicMs() + timeoutMs;
  const startup = await http.request({ url: `${target.httpUrl}/startupz`, timeoutMs, maxBytes: 4_096 });
  if (startup.kind !== "answered") return { identityReady: false };
  const version = text(at(parseJson(startup.body), "version"));
  const device = await ownDevice(target, context, Math.max(1, end - clock.monotonicMs()));
  return { ...device, ...(version === undefined ? {} : { version }) };
}

/** A device token the gateway hands out is kept only when it is new: it proves that somebody approved our device. */
function keep(target: GatewayTarget, token: string | undefined, known: string | undefined, context: ProbeContext): void {
  if (token === undefined) return;
  context.learnSecret(token, "openclaw device token");
  // Not waited for: a slow keyring must not hold up the answer.
  if (token !== known) void context.ports.identity.keepIssuedToken(target.audience, token).catch(() => undefined);
}

/** Goes to the gateway's door once, with at most two credentials, within `timeoutMs` altogether. */
export async function visitGateway(target: GatewayTarget, context: ProbeContext, timeoutMs: number): Promise<Visit> {
  const { clock } = context.ports;
  const end = clock.monotonicMs() + timeoutMs;
  const known = await whatIsKnown(target, context, Math.min(timeoutMs / 2, 600));
  const plan = target.trusted ? attempts(target, known) : [{ way: "open" as const, auth: { kind: "none" as const }, asDevice: false }];
  const refusals: Refused[] = [];
  for (const attempt of plan) {
    const one = await tryOnce(target, attempt, context, Math.max(1, end - clock.monotonicMs()));
    if ("kind" in one) return { kind: "unreachable", opening: one };
    const { handshake, connection } = one;
    if (handshake.kind === "hello") {
      keep(target, handshake.issuedToken, known.issuedToken, context);
      const session = openSession(
        converse(connection, () => clock.monotonicMs()),
        handshake.hello,
        clock,
      );
      const paired = attempt.way === "device" || handshake.issuedToken !== undefined;
      return { kind: "in", session, way: attempt.way, paired, refusals };
    }
    if (handshake.kind !== "refused") return handshake;
    refusals.push({ way: attempt.way, said: handshake.said });
    if (readConnectError(handshake.said).detailCode === "AUTH_RATE_LIMITED") break;
  }
  const [last, ...before] = [...refusals].reverse();
  return { kind: "refused", way: last?.way ?? "open", said: last?.said, refusals: before.reverse() };
}
