import type { ClientRequest, IncomingHttpHeaders } from "node:http";
import type { Clock } from "../../core/ports/clock.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../core/ports/http-client.ts";
import { cappedBody } from "../capped-body.ts";
import { trustFor } from "../loopback-trust.ts";
import { type NetworkFailure, networkFailure } from "../network-failure.ts";

const BODY_LIMIT = 65_536;
const HEADER_LIMIT = 65_536;

type Answered = Extract<HttpAnswer, { kind: "answered" }>;
type Outcome = NetworkFailure | Omit<Answered, "durationMs">;

/**
 * HTTP through the machine's own network. One deadline covers the name look-up, the connection and the last byte of the body,
 * counted by the clock that is given.
 */
export const nodeHttp = (clock: Clock): HttpClient => ({
  request: async (request) => {
    const began = clock.monotonicMs();
    const outcome = await exchange(request, clock);
    return { ...outcome, durationMs: Math.round(clock.monotonicMs() - began) };
  },
});

function exchange(request: HttpRequest, clock: Clock): Promise<Outcome> {
  return new Promise((resolve) => {
    let sent: ClientRequest | undefined;
    const settled = new AbortController();
    const settle = (outcome: Outcome) => {
      settled.abort("over");
      request.signal?.removeEventListener("abort", cancel);
      resolve(outcome);
      sent?.destroy();
    };
    const cancel = () => settle({ kind: "timed-out", reason: "The check was ended before an answer came." });
    const expire = () => settle({ kind: "timed-out", reason: "No complete answer came in time." });
    void clock.sleep(request.timeoutMs, settled.signal).then(expire);
    if (request.signal?.aborted) return cancel();
    request.signal?.addEventListener("abort", cancel, { once: true });

    const prepared = prepare(request);
    if ("kind" in prepared) return settle(prepared);
    sent = prepared;
    // Every error ends here, also those that destroying the request raises after the answer was given.
    sent.on("error", (error) => settle(networkFailure(error)));
    sent.on("response", (response) => {
      const { statusCode: status = 0, headers } = response;
      cappedBody(response, request.maxBytes ?? BODY_LIMIT).then(
        (body) => settle({ kind: "answered", status, headers: flat(headers), body: body.text, truncated: body.truncated }),
        (error) => settle(networkFailure(error)),
      );
    });
    sent.on("upgrade", ({ statusCode: status = 101, headers }, socket) => {
      socket.destroy();
      settle({ kind: "answered", status, headers: flat(headers), body: "", truncated: false });
    });
    sent.end(request.method === "POST" ? request.body : undefined);
  });
}

/**
 * Addresses and headers come from config files, so that what cannot be sent is an answer and no surprise. The agents are our own: no
 * kept connections, and no proxy that the environment may name for the global ones. The modules are not imported by a statement,
 * because that evaluates all their exports, the browser's WebSocket among them, at a cost of 10 MB; and TLS only when it is used.
 */
function prepare({ url, method = "GET", headers = {} }: HttpRequest): ClientRequest | NetworkFailure {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const module = target?.protocol === "https:" ? process.getBuiltinModule("node:https") : process.getBuiltinModule("node:http");
  if (!target || !/^https?:$/.test(target.protocol)) return { kind: "unreachable", reason: "The address is no http or https URL." };
  try {
    return module.request(target, {
      method,
      headers,
      maxHeaderSize: HEADER_LIMIT,
      agent: new module.Agent({ keepAlive: false, ...trustFor(target) }),
    });
  } catch {
    return {
      kind: "unreachable",
      reason: "The request cannot be sent: a header or the address holds characters that HTTP does not allow.",
    };
  }
}

const flat = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]));
