import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Transport } from "../../core/contract/define.ts";
import { plain, send } from "./answer.ts";
import { createAnswerer } from "./answer-request.ts";
import { createEventHub } from "./event-hub.ts";
import { createKeys } from "./keys.ts";
import { findRendererDir, readRendererFiles } from "./renderer-files.ts";

export type HttpHost = {
  readonly port: number;
  /** For scripts on this machine; the owner's eyes only. */
  readonly token: string;
  /** A new address that opens the page once. */
  openUrl(): string;
  /** Ends every connection; resolves within two seconds. */
  close(): Promise<void>;
};

export type HttpHostOptions = {
  readonly transport: Transport;
  /** 0 takes any free TCP port. */
  readonly port?: number;
  /** Folder of the built page; null when there is none. By default it is looked up. */
  readonly rendererDir?: string | null;
  readonly nowMs?: () => number;
};

/** Only this machine may knock. The name is never configurable: reaching farther is what SSH is for. */
const ADDRESS = "127.0.0.1";
const PATIENCE_MS = 1_000;

/** A TCP port that cannot be had is an expected failure. */
export class PortUnavailable extends Error {
  override readonly name = "PortUnavailable";
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "is taken by another program" : `cannot be opened (${error.code ?? "unknown reason"})`;
      reject(new PortUnavailable(`TCP port ${port} on ${ADDRESS} ${why}. Choose another with --port, or leave --port out.`));
    });
    server.listen(port, ADDRESS, () => resolve((server.address() as AddressInfo).port));
  });

/** Answers for bytes that never became a request: too large, too slow, or not HTTP. */
function refuseSocket(error: NodeJS.ErrnoException, socket: Socket): void {
  const line = { HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large", ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout" }[
    error.code ?? ""
  ];
  if (!socket.writable) return void socket.destroy();
  socket.end(`HTTP/1.1 ${line ?? "400 Bad Request"}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** The web front: page, calls and events on 127.0.0.1, for whoever holds a key of this run. */
export async function serveHttp(options: HttpHostOptions): Promise<HttpHost> {
  const dir = options.rendererDir === undefined ? findRendererDir() : options.rendererDir;
  const files = dir === null ? null : await readRendererFiles(dir);
  const server = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: 5_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 1_000,
  });
  server.maxHeadersCount = 64;
  server.maxConnections = 128;
  server.on("clientError", refuseSocket);

  const port = await listen(server, options.port ?? 0);
  const keys = createKeys(port, options.nowMs ?? Date.now);
  const hub = createEventHub(options.transport, () => void options.transport.call("setAttention", { visible: false }));
  const openUrl = (): string => `http://${ADDRESS}:${port}/open?once=${keys.issue()}`;
  const answer = createAnswerer({ port, keys, hub, transport: options.transport, files, openUrl });
  server.on("request", (request, response) => {
    answer(request, response).then(
      (made) => send(response, made),
      () => send(response, plain(500, "Lamplighter could not answer this request.")),
    );
  });

  return {
    port,
    token: keys.token,
    openUrl,
    async close() {
      hub.close();
      await shut(server);
    },
  };
}
