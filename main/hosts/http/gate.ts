import type { IncomingMessage } from "node:http";
import { type PlainAnswer, plain } from "./answer.ts";
import type { Keys } from "./keys.ts";

/** What the gate looks at; nothing else of a request decides whether it is heard. */
export type Knock = {
  readonly method: string;
  readonly hosts: readonly string[];
  readonly origin?: string;
  readonly fetchSite?: string;
  readonly fetchMode?: string;
  readonly authorization?: string;
  readonly cookie?: string;
};

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

export function readKnock(request: IncomingMessage): Knock {
  const optional = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value });
  return {
    method: request.method ?? "",
    hosts: request.headersDistinct["host"] ?? [],
    ...optional("origin", one(request.headers["origin"])),
    ...optional("fetchSite", one(request.headers["sec-fetch-site"])),
    ...optional("fetchMode", one(request.headers["sec-fetch-mode"])),
    ...optional("authorization", request.headers.authorization),
    ...optional("cookie", request.headers.cookie),
  };
}

/**
 * Refuses what a foreign web page can cause a browser to send: a name that was rebound to 127.0.0.1, another origin, or a
 * request from another page. Cookies do not know TCP ports, so a page of another local server counts as foreign as well.
 */
export function refuseForeign(knock: Knock, port: number): PlainAnswer | null {
  const ours = [`127.0.0.1:${port}`, `localhost:${port}`];
  const host = knock.hosts[0];
  if (knock.hosts.length !== 1 || host === undefined || !ours.includes(host)) {
    return plain(
      403,
      `This server answers to 127.0.0.1:${port} only. Through SSH, forward the same port: ssh -L ${port}:127.0.0.1:${port} HOST`,
    );
  }
  if (knock.origin !== undefined && knock.origin !== `http://${host}`) return plain(403, "Requests from other pages are refused.");
  const typed = knock.method === "GET" && knock.fetchMode === "navigate";
  if (knock.fetchSite !== undefined && !["same-origin", "none"].includes(knock.fetchSite) && !typed) {
    return plain(403, "Requests from other pages are refused.");
  }
  return null;
}

const asksForToken = { "www-authenticate": 'Bearer realm="lamplighter"' };

/** Refuses who shows neither the token of this run nor the cookie that a one-time address gave. */
export function refuseStranger(knock: Knock, keys: Keys): PlainAnswer | null {
  if (keys.knowsBearer(knock.authorization) || keys.knowsCookie(knock.cookie)) return null;
  return plain(401, "Open this page with the one-time address that `lamplighter serve` prints. Run it again for a new one.", asksForToken);
}

/** For calls that only scripts make: the cookie of a browser is not enough. */
export function refuseWithoutBearer(knock: Knock, keys: Keys): PlainAnswer | null {
  if (keys.knowsBearer(knock.authorization)) return null;
  return plain(401, "This call needs the token of this run.", asksForToken);
}
