import type { App } from "../../../app.ts";
import type { Scenario } from "../../../core/model/world.ts";
import { appTransport } from "../../app-transport.ts";
import { createDemoOpener, type DemoOpener, startDemo } from "../../http/demo.ts";
import { findRunning } from "../../http/find-running.ts";
import { removeRunFile, writeRunFile } from "../../http/run-file.ts";
import { type HttpHost, serveHttp } from "../../http/serve-http.ts";
import { clientOf, within } from "../app-client.ts";
import type { Call, Verb } from "../call.ts";
import { isEmpty, tellAddress, tellLight, untilEnded } from "../serving.ts";

const SETTLE_MS = 2_500;
const CLOSE_MS = 1_900;

const OPEN_ONCE = "Open this address in a browser; it works once:";

/** Leaves the place and the token of this run for the owner's scripts. Serving goes on without it. */
async function announce(call: Call, host: HttpHost): Promise<() => void> {
  const dir = call.surroundings.runDir();
  const forget = (): void => removeRunFile(dir, process.pid);
  try {
    await writeRunFile(dir, { pid: process.pid, port: host.port, token: host.token });
  } catch {
    call.terminal.complain(`Could not write ${dir}/serve.json, so scripts and a second \`lamplighter serve\` will not find this one.\n`);
  }
  // Also on the way out of a crash: a stale file is harmless, but it is litter.
  process.once("exit", forget);
  return () => {
    process.off("exit", forget);
    forget();
  };
}

/** Nothing is installed: a demo beside the real thing shows what there would be to see. */
async function openDemoBeside(call: Call, scenario: Scenario | undefined, opener: DemoOpener): Promise<() => Promise<void>> {
  if (scenario === undefined) return async () => {};
  const demo = await startDemo(scenario, call.surroundings.openDemoApp, { opener });
  const address = { url: demo.host.openUrl(), port: demo.host.port };
  tellAddress(call, `So that there is something to see, here is a demo of an invented system. ${OPEN_ONCE}`, address, {
    demo: scenario.id,
  });
  await demo.settled;
  tellLight(call, await clientOf(demo.app).getSnapshot({}));
  return () => demo.close();
}

async function serveApp(call: Call, app: App, scenarios: readonly Scenario[]): Promise<void> {
  const { terminal, wish, surroundings } = call;
  const opener = createDemoOpener(scenarios, surroundings.openDemoApp);
  const transport = appTransport(app, { openDemo: ({ scenario }) => opener.open(scenario) });
  const host = await serveHttp({ transport, ...(wish.port === undefined ? {} : { port: wish.port }) });
  const forget = await announce(call, host);
  let closeDemo = async (): Promise<void> => {};
  try {
    tellAddress(call, `Lamplighter watches this machine. ${OPEN_ONCE}`, { url: host.openUrl(), port: host.port }, { pid: process.pid });
    await within(SETTLE_MS, terminal.ended, app.start({ settleMs: SETTLE_MS }));
    const snapshot = await clientOf(app).getSnapshot({});
    tellLight(call, snapshot);
    if (wish.openDemoIfEmpty && isEmpty(snapshot)) closeDemo = await openDemoBeside(call, scenarios[0], opener);
    if (!wish.json) terminal.write("Press Ctrl-C to end.\n");
    await untilEnded(terminal);
  } finally {
    forget();
    const ends = [host.close(), closeDemo(), opener.close(), app.stop()];
    await within(CLOSE_MS, new AbortController().signal, Promise.all(ends));
  }
}

/** Serves the page on this machine until it is ended. Finds a server that already runs and gives a new address of that one. */
export const serve: Verb = async (call) => {
  const { surroundings } = call;
  const running = await findRunning(surroundings.runDir());
  if (running !== null) {
    tellAddress(call, `Lamplighter is serving already (process ${running.pid}). A new address for it; it works once:`, running, {
      pid: running.pid,
      already: true,
    });
    if (running.snapshot !== null) tellLight(call, running.snapshot);
    return 0;
  }
  const scenarios = (await surroundings.stacks()).flatMap((stack) => stack.demos ?? []);
  await serveApp(call, await surroundings.openApp({ mode: "watch" }), scenarios);
  return 0;
};
