import { clientOf, openApp, previewPlans, within } from "../app-client.ts";
import type { Verb } from "../call.ts";
import { COULD_NOT_RUN, exitCodeOf } from "../exit-code.ts";
import { createPage } from "../page.ts";
import { paintFor } from "../paint.ts";
import { printSnapshot } from "../print-snapshot.ts";

/** A check that has not answered by then is told as grey: the whole verb must stay below two seconds. */
const PATIENCE_MS = 1_500;
const STOP_MS = 250;

/** Probes everything once and prints the snapshot. */
export const status: Verb = async (call) => {
  const { terminal, wish } = call;
  const app = await openApp(call, "once");
  try {
    await within(PATIENCE_MS, terminal.ended, app.start({ settleMs: PATIENCE_MS }));
    if (terminal.ended.aborted) return COULD_NOT_RUN;
    const client = clientOf(app);
    const snapshot = await client.getSnapshot({});
    if (wish.json) terminal.write(`${JSON.stringify(snapshot)}\n`);
    else {
      const page = createPage(paintFor(terminal.hasColour), terminal.columns());
      printSnapshot(page, snapshot, await previewPlans(client, snapshot));
      terminal.write(page.text());
    }
    return exitCodeOf[snapshot.light];
  } finally {
    await within(STOP_MS, terminal.ended, app.stop());
  }
};
