import type { App } from "../../app.ts";
import { CallFailed } from "../../core/contract/errors.ts";
import type { Scenario } from "../../core/model/world.ts";
import { appTransport } from "../app-transport.ts";
import { type HttpHost, serveHttp } from "./serve-http.ts";

/** Makes an app that lives in the invented world of a scenario. */
export type DemoAppFactory = (scenario: Scenario) => Promise<App>;

/** A scenario with its app and its own server on 127.0.0.1. `settled` resolves with the first complete light, or soon without it. */
export type Demo = { readonly app: App; readonly host: HttpHost; readonly settled: Promise<void>; close(): Promise<void> };

export type DemoOptions = { readonly port?: number; readonly rendererDir?: string | null; readonly opener?: DemoOpener };

/** Opens scenarios beside the real thing; asking twice for one gives a new address of the same server. */
export type DemoOpener = { open(scenario: string): Promise<{ readonly url: string }>; close(): Promise<void> };

const MOST_DEMOS = 4;
const SETTLE_MS = 2_500;

export async function startDemo(scenario: Scenario, makeApp: DemoAppFactory, options: DemoOptions = {}): Promise<Demo> {
  const app = await makeApp(scenario);
  const { opener, ...hostOptions } = options;
  const transport = appTransport(app, opener === undefined ? {} : { openDemo: ({ scenario: id }) => opener.open(id) });
  const host = await serveHttp({ transport, ...hostOptions });
  return {
    app,
    host,
    settled: app.start({ settleMs: SETTLE_MS }),
    async close() {
      await Promise.all([host.close(), app.stop()]);
    },
  };
}

/** The demo server that `openDemo` of every host with a screen starts. The oldest one gives way when there are too many. */
export function createDemoOpener(scenarios: readonly Scenario[], makeApp: DemoAppFactory, rendererDir?: string | null): DemoOpener {
  const running = new Map<string, Promise<Demo>>();
  const opener: DemoOpener = {
    async open(id) {
      const scenario = scenarios.find((s) => s.id === id);
      if (scenario === undefined) throw new CallFailed("not-found", `There is no demo called ${id}.`);
      const demo = running.get(id) ?? startDemo(scenario, makeApp, { opener, ...(rendererDir === undefined ? {} : { rendererDir }) });
      running.set(id, demo);
      demo.then(({ settled }) => settled).catch(() => running.delete(id));
      const oldest = [...running.keys()][0];
      if (running.size > MOST_DEMOS && oldest !== undefined) {
        const leaving = running.get(oldest);
        running.delete(oldest);
        leaving?.then((d) => d.close()).catch(() => {});
      }
      return { url: (await demo).host.openUrl() };
    },
    async close() {
      const all = [...running.values()];
      running.clear();
      await Promise.allSettled(all.map(async (demo) => (await demo).close()));
    },
  };
  return opener;
}
