import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { readConnectError } from "../knowledge/connect-errors.ts";
import type { GatewayTarget } from "../protocol/target.ts";
import { visitGateway } from "../protocol/visit.ts";
import type { Gateway } from "./gateway.ts";
import { ownCheck } from "./own-check.ts";
import { rarely } from "./rarely.ts";

/** What happens to somebody who shows nothing at the door. */
export type AnonymousSeen =
  | { readonly kind: "let-in"; readonly scopes: readonly string[] }
  | { readonly kind: "turned-away"; readonly detailCode: string }
  | { readonly kind: "unknown" };

/** Knocks without credentials and without our device, and leaves at once. */
export async function knockAnonymously(target: GatewayTarget, context: ProbeContext, timeoutMs: number): Promise<AnonymousSeen> {
  const visit = await visitGateway({ ...target, auth: { kind: "none" }, introduceDevice: "never" }, context, timeoutMs);
  if (visit.kind === "in") {
    visit.session.close();
    return { kind: "let-in", scopes: visit.session.hello.scopes ?? [] };
  }
  if (visit.kind !== "refused") return { kind: "unknown" };
  const { detailCode, message } = readConnectError(visit.said);
  // "Starting, try again" is no opinion about credentials.
  return detailCode === undefined ? { kind: "unknown" } : { kind: "turned-away", detailCode: detailCode ?? message };
}

/** `reach`: whether others than this machine can get to the gateway. */
export function judgeAnonymous(seen: AnonymousSeen, reach: "loopback" | "beyond"): Verdict {
  switch (seen.kind) {
    case "turned-away":
      return { light: "green", summary: "Strangers are turned away" };
    case "unknown":
      return { light: "grey", summary: "Not visible without a connection", applies: false };
    case "let-in": {
      const text =
        seen.scopes.length === 0 ? "Strangers are let in, without rights" : `Strangers are let in with ${seen.scopes.join(", ")}`;
      if (reach === "loopback") return { light: "green", summary: `${text}; only this machine can reach it` };
      return {
        light: "red",
        summary: text,
        findings: [
          {
            code: "openclaw.security.exposed",
            light: "red",
            params: { reach: "open" },
            evidence: [{ source: "connect without credentials", text }],
          },
        ],
      };
    }
  }
}

const everyMs = 600_000;
const atMostRarely = rarely<AnonymousSeen>(everyMs - 1_000, (seen) => seen.kind === "turned-away");

/** Beside the answer with credentials: the one without. Rarely, because the gateway logs every stranger it turns away. */
export const anonymousCheck = ({ link, place }: Gateway) => {
  const { authKey, local } = place.target;
  const reach = place.outside.length > 0 || !local ? "beyond" : "loopback";
  return ownCheck<AnonymousSeen>(
    { id: "anonymous", title: "Strangers stay out", kind: "websocket", everyMs, timeoutMs: 6_000 },
    (context) => atMostRarely(link, authKey, context, () => knockAnonymously(place.target, context, local ? 1_000 : 4_000)),
    (seen) => judgeAnonymous(seen, reach),
  );
};
