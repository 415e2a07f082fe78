import { securityHeaders } from "../http/answer.ts";
import type { BuiltFile } from "../http/renderer-files.ts";
import { type ElectronSurface, PAGE_SCHEME } from "./surface.ts";

/** Must run before the app is ready. */
export function announcePageScheme(protocol: ElectronSurface["protocol"]): void {
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: false } }]);
}

/** The page talks to us over its bridge only, so it gets no connections at all. */
const headers = {
  ...securityHeaders,
  "content-security-policy": securityHeaders["content-security-policy"]?.replace("connect-src 'self'", "connect-src 'none'") ?? "",
};

/** Serves the built page from a fixed list; any other address is a 404. */
export function servePage(protocol: ElectronSurface["protocol"], files: ReadonlyMap<string, BuiltFile>): void {
  protocol.handle(PAGE_SCHEME, (request) => {
    const file = request.method === "GET" ? files.get(new URL(request.url).pathname) : undefined;
    if (file === undefined) return new Response("not here", { status: 404, headers });
    return new Response(Buffer.from(file.bytes), { status: 200, headers: { ...headers, "content-type": file.type } });
  });
}
