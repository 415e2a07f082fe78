import type { App } from "../../main/app.ts";
import { createClient as createTypedClient } from "../../main/core/contract/define.ts";
import { contract } from "../../main/core/contract/index.ts";
import { appTransport } from "../../main/hosts/app-transport.ts";
import { serveIpc } from "../../main/hosts/electron/ipc.ts";
import { serveHttp } from "../../main/hosts/http/serve-http.ts";
import { bridgeTransport } from "../../renderer/lib/bridge-transport.ts";
import { type AppClient, createClient, type Link } from "../../renderer/lib/client.ts";
import { httpTransport } from "../../renderer/lib/http-transport.ts";
import { listenToEvents, openPage } from "./http-caller.ts";
import { ipcPair } from "./ipc-pair.ts";

/** One way to the core, with the real client code of that way; `raw` sends a call as it is. */
export type Front = {
  readonly client: AppClient;
  raw(name: string, input: unknown): Promise<unknown>;
  close(): Promise<void>;
};

/** The page's own HTTP client, with the cookie and the event stream that a browser would bring. */
async function browserLink(url: string): Promise<Link> {
  const { port, cookie } = await openPage(url);
  return httpTransport({
    fetch: (path, init) =>
      fetch(`http://127.0.0.1:${port}/${path}`, { ...init, headers: { ...(init.headers as Record<string, string>), cookie } }),
    openStream: () => {
      const named = new Map<string, (event: Event) => void>();
      const stream = listenToEvents(port, { cookie }, ({ name, payload }) => {
        named.get(name)?.(new MessageEvent(name, { data: JSON.stringify(payload) }));
      });
      return { readyState: 1, addEventListener: (name, listener) => void named.set(name, listener), close: stream.close };
    },
    later: () => {},
  });
}

export const fronts: Readonly<Record<string, (app: App) => Promise<Front>>> = {
  "in-process": async (app) => {
    const transport = appTransport(app);
    return { client: createTypedClient(contract, transport), raw: transport.call, close: async () => {} };
  },
  http: async (app) => {
    const host = await serveHttp({ transport: appTransport(app), rendererDir: null });
    const link = await browserLink(host.openUrl());
    return { client: createClient(link), raw: link.call, close: host.close };
  },
  ipc: async (app) => {
    const { ipcMain, page, bridge } = ipcPair();
    const end = serveIpc(ipcMain, appTransport(app), () => [page]);
    const link = bridgeTransport(bridge);
    return { client: createClient(link), raw: link.call, close: async () => end() };
  },
};
