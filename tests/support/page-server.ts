import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";
import type { StandInCore } from "./stand-in-core.ts";

/** The built page over HTTP with a stand-in core behind it: the wire of the real host, none of its gates. */
export type PageServer = {
  readonly url: string;
  /** From now on every call is answered 401 and every stream is refused. */
  endSession(): void;
  /** Cuts every open stream and answers nothing until `heal`. */
  cut(): void;
  heal(): void;
  close(): Promise<void>;
};

const types: Readonly<Record<string, string>> = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export async function servePage(folder: string, core: StandInCore): Promise<PageServer> {
  let ended = false;
  let isCut = false;
  const streams = new Set<ServerResponse>();
  core.onEvent((name, payload) => {
    for (const stream of streams) stream.write(`event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`);
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    if (isCut) return void request.destroy();
    if (ended && (path === "/events" || path.startsWith("/rpc/"))) return void response.writeHead(401).end();
    if (path === "/events") {
      response.writeHead(200, { "content-type": "text/event-stream" }).write("retry: 200\n\n");
      streams.add(response);
      response.on("close", () => streams.delete(response));
      return;
    }
    if (path.startsWith("/rpc/")) {
      const reply = await core.dispatch(path.slice("/rpc/".length), JSON.parse(await text(request)));
      return void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(reply));
    }
    const file = path === "/" ? "index.html" : path.slice(1);
    const bytes = await readFile(join(folder, file));
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", "content-security-policy": policy });
    response.end(bytes);
  };

  const server: Server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const dropStreams = (): void => {
    for (const stream of streams) stream.destroy();
  };
  return {
    url: `http://127.0.0.1:${port}/`,
    endSession: () => {
      ended = true;
      dropStreams();
    },
    cut: () => {
      isCut = true;
      dropStreams();
    },
    heal: () => {
      isCut = false;
    },
    close: async () => {
      dropStreams();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
