import type { IncomingMessage, ServerResponse } from "node:http";
import type { Transport } from "../../core/contract/define.ts";
import { type PlainAnswer, sendBytes, sendJson, sendPlain } from "./answer.ts";
import type { EventHub } from "./event-hub.ts";
import { type Knock, readKnock, refuseForeign, refuseStranger, refuseWithoutBearer } from "./gate.ts";
import type { Keys } from "./keys.ts";
import { readBody } from "./read-body.ts";
import type { BuiltFile } from "./renderer-files.ts";

/** Everything one server answers from. */
export type Desk = {
  readonly port: number;
  readonly keys: Keys;
  readonly hub: EventHub;
  readonly transport: Transport;
  /** Null when the page is not built. */
  readonly files: ReadonlyMap<string, BuiltFile> | null;
  openUrl(): string;
};

/** Most calls under way at once. */
export const MOST_CALLS = 32;

const notAllowed = (allow: string): PlainAnswer => ({ code: 405, text: `Only ${allow} is allowed here.`, headers: { allow } });
const tooMany: PlainAnswer = { code: 429, text: "Too many requests at once. Try again in a moment.", headers: { "retry-after": "1" } };
const tooLarge: PlainAnswer = { code: 413, text: "The request is too large.", headers: { connection: "close" } };
const notBuilt: PlainAnswer = { code: 503, text: "The page is not built yet. In the project's folder, run: npm run build" };
const spent: PlainAnswer = {
  code: 403,
  text: "This one-time address was used already or is too old. Run `lamplighter serve` again for a new one.",
};

/** Routes one request: the gate first, then the few addresses there are. Every refusal is one plain line. */
export function createAnswerer(desk: Desk): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let calls = 0;

  const open = (knock: Knock, query: string, response: ServerResponse): void => {
    if (knock.method !== "GET") return sendPlain(response, notAllowed("GET"));
    const session = desk.keys.redeem(new URLSearchParams(query).get("key") ?? "");
    if (session === null) return sendPlain(response, spent);
    const cookie = `${desk.keys.cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
    sendPlain(response, { code: 303, text: "Opening Lamplighter.", headers: { location: "/", "set-cookie": cookie } });
  };

  const newKey = (knock: Knock, response: ServerResponse): void => {
    if (knock.method !== "POST") return sendPlain(response, notAllowed("POST"));
    const refusal = refuseWithoutBearer(knock, desk.keys);
    if (refusal !== null) return sendPlain(response, refusal);
    sendJson(response, { url: desk.openUrl() });
  };

  const call = async (name: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== "POST") return sendPlain(response, notAllowed("POST"));
    const isJson = /^application\/json *(?:; *charset="?utf-8"? *)?$/i.test(request.headers["content-type"] ?? "");
    if (!isJson || request.headers["content-encoding"] !== undefined) {
      return sendPlain(response, { code: 415, text: "Send JSON: content-type application/json." });
    }
    const body = await readBody(request);
    if (body.kind === "too-large") {
      sendPlain(response, tooLarge);
      // The rest is thrown away for a moment, so that the sender reads the answer instead of a reset connection.
      request.resume();
      setTimeout(() => request.destroy(), 500).unref();
      return;
    }
    if (body.kind !== "text") return sendPlain(response, { code: 400, text: "The request body did not arrive whole." });
    let input: unknown;
    try {
      input = body.text === "" ? {} : JSON.parse(body.text);
    } catch {
      return sendPlain(response, { code: 400, text: "The request body is not JSON." });
    }
    sendJson(response, await desk.transport.call(name, input));
  };

  const events = async (knock: Knock, response: ServerResponse): Promise<void> => {
    if (knock.method !== "GET") return sendPlain(response, notAllowed("GET"));
    if (desk.hub.isFull()) return sendPlain(response, tooMany);
    await desk.hub.add(response);
  };

  const file = (knock: Knock, path: string, response: ServerResponse): void => {
    if (desk.files === null && path === "/") return sendPlain(response, notBuilt);
    const found = desk.files?.get(path);
    if (found === undefined) return sendPlain(response, { code: 404, text: "There is nothing at this address." });
    if (!["GET", "HEAD"].includes(knock.method)) return sendPlain(response, notAllowed("GET, HEAD"));
    sendBytes(response, 200, found.type, found.bytes);
  };

  return async (request, response) => {
    const knock = readKnock(request);
    const [path = "", query = ""] = (request.url ?? "").split("?", 2);
    const foreign = refuseForeign(knock, desk.port);
    if (foreign !== null) return sendPlain(response, foreign);
    if (path === "/open") return open(knock, query, response);
    if (path === "/key") return newKey(knock, response);
    const stranger = refuseStranger(knock, desk.keys);
    if (stranger !== null) return sendPlain(response, stranger);
    if (path === "/events") return events(knock, response);
    if (!path.startsWith("/rpc/")) return file(knock, path, response);
    if (calls >= MOST_CALLS) return sendPlain(response, tooMany);
    calls += 1;
    try {
      await call(path.slice("/rpc/".length), request, response);
    } finally {
      calls -= 1;
    }
  };
}
