import { SCHEMA_VERSION, type Snapshot } from "../../../core/model/snapshot.ts";
import { type AppClient, clientOf, openApp, previewPlans, within } from "../app-client.ts";
import type { Verb } from "../call.ts";
import { changesBetween } from "../changes.ts";
import { exitCodeOf } from "../exit-code.ts";
import { createPage } from "../page.ts";
import { paintFor } from "../paint.ts";
import { printChange } from "../print-change.ts";
import { printLight, printSnapshot } from "../print-snapshot.ts";
import { openScreen } from "../screen.ts";
import type { Terminal } from "../terminal.ts";

const SETTLE_MS = 2_000;
const STOP_MS = 1_500;
/** Ages on a screen must not lie for long, even when nothing happens. */
const REDRAW_MS = 5_000;

/** What becomes of each snapshot, and how it ends. */
type Display = { show(snapshot: Snapshot): Promise<void> | void; close(last: Snapshot): void };

const pageFor = (terminal: Terminal) => createPage(paintFor(terminal.hasColour), terminal.columns());

function jsonLines(terminal: Terminal): Display {
  let before: Snapshot | undefined;
  const tell = (line: object, at: number): void => terminal.write(`${JSON.stringify({ schemaVersion: SCHEMA_VERSION, at, ...line })}\n`);
  return {
    show(snapshot) {
      if (before === undefined) tell({ change: "started", snapshot }, snapshot.at);
      else for (const change of changesBetween(before, snapshot)) tell(change, snapshot.at);
      before = snapshot;
    },
    close: () => {},
  };
}

function appendedLines(terminal: Terminal): Display {
  let before: Snapshot | undefined;
  return {
    show(snapshot) {
      const page = pageFor(terminal);
      if (before === undefined) printSnapshot(page, snapshot, new Map());
      else for (const change of changesBetween(before, snapshot)) printChange(page, change, snapshot.at);
      if (page.lines.length > 0) terminal.write(page.text());
      before = snapshot;
    },
    close: () => {},
  };
}

function redrawn(terminal: Terminal, client: AppClient): Display {
  const screen = openScreen(terminal);
  return {
    async show(snapshot) {
      const page = pageFor(terminal);
      printSnapshot(page, snapshot, await previewPlans(client, snapshot));
      screen.draw(page.lines);
    },
    close(last) {
      screen.close();
      const page = pageFor(terminal);
      printLight(page, last);
      terminal.write(page.text());
    },
  };
}

/** Keeps watching until it is ended; the exit code is that of the last light. */
export const watch: Verb = async (call) => {
  const { terminal, wish } = call;
  const app = await openApp(call, "watch");
  const client = clientOf(app);
  const stop = new AbortController();
  try {
    await within(SETTLE_MS, terminal.ended, app.start({ settleMs: SETTLE_MS }));
    let latest = await client.getSnapshot({});
    const display = wish.json ? jsonLines(terminal) : terminal.isScreen ? redrawn(terminal, client) : appendedLines(terminal);
    let shown: Promise<void> = Promise.resolve();
    const show = (snapshot: Snapshot): void => {
      latest = snapshot;
      // One after the other, so that a slow drawing can never overwrite a newer one.
      shown = shown.then(() => (stop.signal.aborted ? undefined : display.show(snapshot))).catch(() => {});
    };
    show(latest);
    const silence = client.on("snapshotChanged", show);
    const redraw = setInterval(() => void client.getSnapshot({}).then(show, () => {}), REDRAW_MS);
    await new Promise<void>((resolve) => {
      if (terminal.ended.aborted) return resolve();
      terminal.ended.addEventListener("abort", () => resolve(), { once: true });
    });
    clearInterval(redraw);
    silence();
    await shown;
    stop.abort();
    display.close(latest);
    return exitCodeOf[latest.light];
  } finally {
    await within(STOP_MS, new AbortController().signal, app.stop());
  }
};
