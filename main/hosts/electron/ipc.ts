import type { IpcMainInvokeEvent, WebContents } from "electron";
import { readReply, type Transport } from "../../core/contract/define.ts";
import { eventNames } from "../app-transport.ts";
import { type ElectronSurface, PAGE_ORIGIN } from "./surface.ts";

const CHANNEL = "lamplighter";

/** Only the top frame of our own page may speak: not a frame inside it, not another origin. */
export function isOurPage(event: Pick<IpcMainInvokeEvent, "senderFrame">): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && frame.url.startsWith(`${PAGE_ORIGIN}/`);
}

/**
 * The contract over one channel. A call from anywhere but our page is refused without being looked at.
 * `pages` are the windows that are open now; each gets every event. Returns the way to stop.
 */
export function serveIpc(ipcMain: ElectronSurface["ipcMain"], transport: Transport, pages: () => readonly WebContents[]): () => void {
  ipcMain.handle(CHANNEL, async (event, name: unknown, input: unknown) => {
    if (!isOurPage(event)) return readReply({ ok: false, error: { code: "transport", message: "not from here" } });
    return transport.call(String(name), input);
  });
  const ends = eventNames.map((name) =>
    transport.subscribe(name, (payload) => {
      for (const page of pages()) if (!page.isDestroyed()) page.send(CHANNEL, name, payload);
    }),
  );
  return () => {
    ipcMain.removeHandler(CHANNEL);
    for (const end of ends) end();
  };
}
