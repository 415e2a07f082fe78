import type { IncomingMessage, ServerResponse } from "node:http";
import type { Transport } from "../../core/contract/define.ts";
import { type Answer, plain } from "./answer.ts";
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

export type Answerer = (request: IncomingMessage, response: ServerResponse) => Promise<Answer>;

/** Most calls under way at once. */
export const MOST_CALLS = 32;

const JSON_TYPE = /^application\/json *(?:; *charset="?utf-8"? *)?$/i;
const notAllowed = (allow: string): Answer => plain(405, `Only ${allow} is allowed here.`, { allow });
const tooMany = plain(429, "Too many requests at once. Try again in a moment.", { "retry-after": "1" });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function open(desk: Desk, knock: Knock, query: string): Answer {
  if (knock.method !== "GET") return notAllowed("GET");
  const session = desk.keys.redeem(new URLSearchParams(query).get("once") ?? "");
  if (session === null) {
    return plain(403, "This one-time address was used already or is too old. Run `lamplighter serve` again for a new one.");
  }
  const cookie = `${desk.keys.cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  return plain(303, "Opening Lamplighter.", { location: "/", "set-cookie": cookie });
}

function newKey(desk: Desk, knock: Knock): Answer {
  if (knock.method !== "POST") return notAllowed("POST");
  return refuseWithoutBearer(knock, desk.keys) ?? { kind: "json", value: { url: desk.openUrl() } };
}

function file(desk: Desk, knock: Knock, path: string): Answer {
  if (desk.files === null && path === "/") return plain(503, "The page is not built yet. In the project's folder, run: npm run build");
  const found = desk.files?.get(path);
  if (found === undefined) return plain(404, "There is nothing at this address.");
  return ["GET", "HEAD"].includes(knock.method) ? { kind: "file", ...found } : notAllowed("GET, HEAD");
}

async function events(desk: Desk, knock: Knock, response: ServerResponse): Promise<Answer> {
  if (knock.method !== "GET") return notAllowed("GET");
  if (desk.hub.isFull()) return tooMany;
  await desk.hub.add(response);
  return { kind: "streaming" };
}

async function call(desk: Desk, name: string, request: IncomingMessage): Promise<Answer> {
  if (request.method !== "POST") return notAllowed("POST");
  // Only a page of ours can send this type: a foreign form cannot, and a foreign script would have to ask first.
  if (!JSON_TYPE.test(request.headers["content-type"] ?? "") || request.headers["content-encoding"] !== undefined) {
    return plain(415, "Send JSON: content-type application/json.");
  }
  const body = await readBody(request);
  if (body.kind === "too-large") return plain(413, "The request is too large.", { connection: "close" });
  if (body.kind !== "text") return plain(400, "The request body did not arrive whole.");
  const input = parseJson(body.text === "" ? "{}" : body.text);
  if (input === undefined) return plain(400, "The request body is not JSON.");
  return { kind: "json", value: await desk.transport.call(name, input) };
}

/** Routes one request: the gate first, then the few addresses there are. */
export function createAnswerer(desk: Desk): Answerer {
  let calls = 0;
  return async (request, response) => {
    const knock = readKnock(request);
    const [path = "", query = ""] = (request.url ?? "").split("?", 2);
    const foreign = refuseForeign(knock, desk.port);
    if (foreign !== null) return foreign;
    if (path === "/open") return open(desk, knock, query);
    if (path === "/key") return newKey(desk, knock);
    const stranger = refuseStranger(knock, desk.keys);
    if (stranger !== null) return stranger;
    if (path === "/events") return events(desk, knock, response);
    if (!path.startsWith("/rpc/")) return file(desk, knock, path);
    if (calls >= MOST_CALLS) return tooMany;
    calls += 1;
    try {
      return await call(desk, path.slice("/rpc/".length), request);
    } finally {
      calls -= 1;
    }
  };
}
