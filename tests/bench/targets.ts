import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export type Target = { readonly port: number; kill(): Promise<void>; revive(): Promise<void>; close(): Promise<void> };

const body = JSON.stringify({ ok: true, status: "live" });

const listening = (server: Server, port: number): Promise<void> => new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
const ended = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

/** A server on this machine that answers a small JSON, or accepts and never answers. */
export async function startTarget(hangs = false): Promise<Target> {
  const make = (): Server =>
    createServer((_request, response) => (hangs ? undefined : response.setHeader("content-type", "application/json").end(body)));
  let server = make();
  await listening(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    kill: () => ended(server),
    revive: () => {
      server = make();
      return listening(server, port);
    },
    close: () => ended(server),
  };
}
