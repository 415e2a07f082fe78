import { type AppClient, clientOf, openApp, within } from "./app-client.ts";
import { type Call, Unable } from "./call.ts";

/** A repair acts on what is true now, so its one look may take longer than that of `status`. Milliseconds. */
const SETTLE_MS = 5_000;
const STOP_MS = 1_500;

/** Opens an app that has looked once at everything, gives it to `use`, and ends it. */
export async function withSettledApp(call: Call, use: (client: AppClient) => Promise<number>): Promise<number> {
  const app = await openApp(call, "once");
  try {
    await within(SETTLE_MS + STOP_MS, call.terminal.ended, app.start({ settleMs: SETTLE_MS }));
    if (call.terminal.ended.aborted) throw new Unable("Ended before anything was run.");
    return await use(clientOf(app));
  } finally {
    await within(STOP_MS, new AbortController().signal, app.stop());
  }
}
