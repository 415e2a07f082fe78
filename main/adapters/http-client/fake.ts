import type { World } from "../../core/model/world.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../core/ports/http-client.ts";

const PLAIN_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/** HTTP in an invented world. HEAD is answered like GET, without the body, unless the world says otherwise. */
export function fakeHttp(world: () => World, clock: Clock): HttpClient {
  const hang = async ({ timeoutMs, signal }: HttpRequest): Promise<HttpAnswer> => {
    await clock.sleep(timeoutMs, signal);
    return { kind: "timed-out", reason: "No complete answer came in time.", durationMs: timeoutMs };
  };

  return {
    request: async (request) => {
      const { url, method = "GET", maxBytes = 65_536, signal } = request;
      const target = URL.canParse(url) ? new URL(url) : undefined;
      if (!target || PLAIN_PORTS[target.protocol] === undefined) {
        return { kind: "unreachable", reason: "The address is no http or https URL.", durationMs: 0 };
      }
      if (signal?.aborted) return { kind: "timed-out", reason: "The check was ended before an answer came.", durationMs: 0 };
      const answers = world().http;
      const keyFor = (verb: string) => Object.keys(answers).find((key) => isFor(key, verb, target));
      const answer = keyFor(method) ?? (method === "HEAD" ? keyFor("GET") : undefined);
      const given = answer === undefined ? withoutAnswer(world(), target) : answers[answer];
      if (given === undefined || given === "hang") return hang(request);
      return given.kind === "answered" ? cut(given, method === "HEAD" ? 0 : maxBytes, method) : given;
    },
  };
}

/** Compared as URLs, so that a key may leave out the last slash or spell out the usual port. */
function isFor(key: string, method: string, target: URL): boolean {
  const [verb, url = ""] = key.split(" ");
  if (verb !== method || !URL.canParse(url)) return false;
  const { origin, pathname } = new URL(url);
  return origin === target.origin && pathname === target.pathname;
}

function withoutAnswer(world: World, target: URL): HttpAnswer {
  if (!isListening(world, target)) {
    return { kind: "refused", reason: "Nothing accepts connections at that address and port.", durationMs: 0 };
  }
  const headers = { "content-type": "text/plain; charset=utf-8" };
  return { kind: "answered", status: 404, headers, body: "Not Found", truncated: false, durationMs: 1 };
}

function isListening(world: World, target: URL): boolean {
  const port = Number(target.port || PLAIN_PORTS[target.protocol]);
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const asked = host === "localhost" ? ["127.0.0.1", "::1"] : [host];
  return world.listeners.some((listener) => listener.port === port && ["*", "0.0.0.0", "::", ...asked].includes(listener.address));
}

function cut(answer: Extract<HttpAnswer, { kind: "answered" }>, maxBytes: number, method: string): HttpAnswer {
  const bytes = new TextEncoder().encode(answer.body);
  if (bytes.length <= maxBytes) return answer;
  const body = new TextDecoder().decode(bytes.subarray(0, maxBytes), { stream: true });
  return { ...answer, body, truncated: method !== "HEAD" };
}
