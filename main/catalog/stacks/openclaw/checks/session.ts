import type { WebSocketClose } from "../../../../core/ports/websocket-client.ts";
import type { CredentialProblem } from "../place/credential.ts";
import type { Way } from "../protocol/attempts.ts";
import type { Hello } from "../protocol/hello.ts";
import type { Standing } from "../protocol/link.ts";
import type { Refused } from "../protocol/visit.ts";
import type { Gateway } from "./gateway.ts";
import { judgeSession } from "./judge-session.ts";
import { ownCheck } from "./own-check.ts";

type Knock =
  | {
      readonly kind: "in";
      readonly hello: Hello;
      readonly way: Way;
      readonly paired: boolean;
      readonly refusals: readonly Refused[];
      readonly sinceMs: number;
      /** Null: the connection stands and nobody answers on it. */
      readonly pingMs: number | null;
    }
  | {
      readonly kind: "refused";
      readonly way: Way;
      readonly said: unknown;
      readonly refusals: readonly Refused[];
      readonly atMs: number;
      /** Not asked again since `atMs`, so as not to be locked out. */
      readonly remembered: boolean;
    }
  /** `ping`: we were let in, and the connection ended before the first sign of life. */
  | { readonly kind: "closed"; readonly close: WebSocketClose; readonly before: "challenge" | "answer" | "ping" }
  | { readonly kind: "mute"; readonly before: "challenge" | "answer" }
  | { readonly kind: "foreign"; readonly why: string }
  | { readonly kind: "unreachable"; readonly how: string; readonly status?: number; readonly reason: string };

/** Outcome of knocking at the gateway, and where our credential came from, without secrets. Times in epoch milliseconds. */
export type SessionSeen = Knock & { readonly credentialFrom: string; readonly credentialProblem?: CredentialProblem };

const pingTimeoutMs = 800;

async function readStanding({ visit, atMs, remembered }: Standing): Promise<Knock> {
  switch (visit.kind) {
    case "in": {
      const { session, way, paired, refusals } = visit;
      const pingMs = await session.ping(pingTimeoutMs);
      const end = session.ended();
      // A connection that ended meanwhile is not one that nobody answers on.
      if (pingMs === null && end !== undefined) return { kind: "closed", close: end, before: "ping" };
      return {
        kind: "in",
        hello: session.hello,
        way,
        paired,
        refusals,
        sinceMs: session.sinceMs,
        pingMs,
      };
    }
    case "refused":
      return { kind: "refused", way: visit.way, said: visit.said, refusals: visit.refusals, atMs, remembered };
    case "unreachable": {
      const { opening } = visit;
      return opening.kind === "rejected"
        ? { kind: "unreachable", how: opening.kind, status: opening.status, reason: opening.body.slice(0, 200) }
        : { kind: "unreachable", how: opening.kind, reason: opening.reason };
    }
    default:
      return visit;
  }
}

/** Knocks with what we have, and keeps the connection for the questions that follow. */
export const sessionCheck = ({ place, link }: Gateway) =>
  ownCheck<SessionSeen>(
    { id: "session", title: "Gateway lets us in", kind: "websocket", everyMs: 15_000, timeoutMs: 8_000 },
    (context) =>
      link.with(place.target, context, async (standing) => {
        const { from, problem } = place.credential;
        const knock = await readStanding(standing);
        return { ...knock, credentialFrom: from, ...(problem === undefined ? {} : { credentialProblem: problem }) };
      }),
    judgeSession,
  );
