import type { Check, CheckSettings, Past } from "../../../../core/model/check.ts";
import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { WebSocketClose } from "../../../../core/ports/websocket-client.ts";
import { wasTooLong } from "../knowledge/close-codes.ts";
import { readConnectError } from "../knowledge/connect-errors.ts";
import { oneLine } from "../knowledge/loose.ts";
import { prune } from "../knowledge/prune.ts";
import { joinPages, mostPages, nextOffset } from "../protocol/pages.ts";
import { allows, type ReadMethod, reads } from "../protocol/reads.ts";
import type { GatewaySession } from "../protocol/session.ts";
import type { Gateway } from "./gateway.ts";
import { ownCheck } from "./own-check.ts";

/** Answers of one or more read-only calls, in the order asked. `atMs` in epoch milliseconds, `durationMs` of all together. */
export type ReadingSeen =
  | {
      readonly kind: "answered";
      readonly payloads: readonly unknown[];
      /** An answer was so long that only its beginning was kept. */
      readonly isCut: boolean;
      readonly atMs: number;
      readonly durationMs: number;
    }
  | { readonly kind: "not-allowed"; readonly scope: string }
  | { readonly kind: "failed"; readonly method: string; readonly why: string }
  /** `alone`: other calls over the same connection were answered, or this one never got its turn. */
  | { readonly kind: "late"; readonly method: string; readonly alone: boolean }
  /** The connection ended before the answer was complete. */
  | { readonly kind: "interrupted"; readonly method: string; readonly close: WebSocketClose }
  | { readonly kind: "no-session" };

async function ask(
  { place, link }: Gateway,
  methods: readonly ReadMethod[],
  context: ProbeContext,
  timeoutMs: number,
): Promise<ReadingSeen> {
  const { clock } = context.ports;
  const end = clock.monotonicMs() + timeoutMs;
  return link.with(place.target, context, async ({ visit }): Promise<ReadingSeen> => {
    if (visit.kind !== "in") return { kind: "no-session" };
    const payloads: unknown[] = [];
    let durationMs = 0;
    let isCut = false;
    for (const method of methods) {
      if (!allows(visit.session.hello.scopes, method)) return { kind: "not-allowed", scope: reads[method].scope };
      const outcome = await visit.session.call(method, end - clock.monotonicMs());
      switch (outcome.kind) {
        case "answered": {
          const kept = prune(outcome.payload);
          payloads.push(kept.value);
          isCut ||= kept.isCut;
          durationMs += outcome.durationMs;
          break;
        }
        case "refused": {
          const { detailCode, message } = readConnectError(outcome.said);
          if (detailCode === "MISSING_SCOPE") return { kind: "not-allowed", scope: reads[method].scope };
          // Older releases do not have every call; that says nothing about their health.
          if (/unknown method/i.test(message)) payloads.push(undefined);
          else return { kind: "failed", method, why: message === "" ? "refused without a reason" : oneLine(message, 120) };
          break;
        }
        case "timed-out":
          return { kind: "late", method, alone: !outcome.asked || visit.session.answered() > 0 };
        case "closed":
          return { kind: "interrupted", method, close: outcome.close };
      }
    }
    // The later pages last, so that a long list leaves the other questions their time.
    for (const [i, method] of methods.entries()) {
      const whole = await readOn(visit.session, method, payloads[i], () => end - clock.monotonicMs());
      if (whole.kind === "interrupted") return whole;
      payloads[i] = whole.payload;
      isCut ||= whole.isCut;
      durationMs += whole.durationMs;
    }
    return { kind: "answered", payloads, isCut, atMs: clock.nowMs(), durationMs };
  });
}

type Whole = { readonly kind: "read"; readonly payload: unknown; readonly isCut: boolean; readonly durationMs: number };

/** The following pages of an answer, as many as there are, as are allowed, and as fit into the time. What is left out stays marked as more. */
async function readOn(
  session: GatewaySession,
  method: ReadMethod,
  first: unknown,
  leftMs: () => number,
): Promise<Whole | Extract<ReadingSeen, { kind: "interrupted" }>> {
  let payload = first;
  let isCut = false;
  let durationMs = 0;
  let offset = nextOffset(method, first, 0);
  for (let pages = 1; offset !== undefined && pages < mostPages; pages += 1) {
    const outcome = await session.call(method, leftMs(), { offset });
    if (outcome.kind === "closed") return { kind: "interrupted", method, close: outcome.close };
    if (outcome.kind !== "answered") break;
    const page = prune(outcome.payload);
    isCut ||= page.isCut;
    durationMs += outcome.durationMs;
    payload = joinPages(method, payload, page.value);
    offset = nextOffset(method, page.value, offset);
  }
  return { kind: "read", payload, isCut, durationMs };
}

type Judge = (payloads: readonly unknown[], atMs: number) => Verdict;

const tooLong = "The answer is too long to be read whole";
const unanswered = (source: string, text: string): Verdict => ({
  light: "amber",
  summary: oneLine(`${source}: ${text}`, 90),
  findings: [{ code: "openclaw.gateway.follow-up-failed", evidence: [{ source, text }] }],
});

function judgeReading(seen: ReadingSeen, past: readonly Past<ReadingSeen>[], judge: Judge): Verdict {
  switch (seen.kind) {
    case "answered": {
      const verdict = judge(seen.payloads, seen.atMs);
      // What was cut off may hold the trouble, so that good news about the rest is no good news.
      const isGood = verdict.light === "green" || verdict.applies === false;
      return seen.isCut && isGood ? { light: "grey", summary: tooLong } : verdict;
    }
    case "interrupted": {
      const { close, method } = seen;
      if (wasTooLong(close)) return { light: "grey", summary: tooLong };
      return { light: "grey", summary: oneLine(`The connection ended during ${method} (${`${close.code} ${close.reason}`.trim()})`, 90) };
    }
    case "not-allowed":
      return { light: "grey", summary: `Not visible: needs ${seen.scope}`, applies: false };
    case "no-session":
      return { light: "grey", summary: "Not visible without a connection", applies: false };
    case "late":
      // The first call of its kind makes a gateway load what it needs, which takes long on a busy machine.
      if (seen.alone && past.at(-1)?.seen.kind !== "late")
        return { light: "grey", summary: `${seen.method}: not answered yet, while other calls are`, applies: false };
      return unanswered(seen.method, "no answer in time");
    case "failed":
      return unanswered(seen.method, seen.why);
  }
}

/** A check that asks the gateway something over the shared connection. Without a connection it has nothing to say. */
export function readingCheck(
  gateway: Gateway,
  settings: CheckSettings & { readonly methods: readonly ReadMethod[] },
  judge: Judge,
): Check<ReadingSeen> {
  const { methods, ...rest } = settings;
  const timeoutMs = gateway.place.target.local ? 1_000 : 4_000;
  return ownCheck<ReadingSeen>(
    { timeoutMs: 8_000, kind: "websocket", ...rest },
    (context) => ask(gateway, methods, context, timeoutMs),
    (seen, past) => judgeReading(seen, past, judge),
  );
}
