import type { IpcMainInvokeEvent, WebContents } from "electron";
import type { ElectronSurface } from "../../main/hosts/electron/surface.ts";
import { PAGE_URL } from "../../main/hosts/electron/surface.ts";
import type { Bridge } from "../../renderer/lib/bridge-transport.ts";

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

/**
 * Both ends of an Electron channel without Electron: what passes is copied the way a message port copies it, so that a value
 * that cannot travel fails here as well. `from` is the address of the page that speaks.
 */
export function ipcPair(from: string = PAGE_URL) {
  let handler: Handler | undefined;
  const hearing = new Set<(name: unknown, payload: unknown) => void>();
  const ipcMain = {
    handle: (_: string, given: Handler) => {
      handler = given;
    },
    removeHandler: () => {
      handler = undefined;
    },
  } as object as ElectronSurface["ipcMain"];
  const page = {
    isDestroyed: () => false,
    send: (_: string, name: unknown, payload: unknown) => {
      for (const hear of hearing) hear(name, structuredClone(payload));
    },
  } as object as WebContents;
  const event = { senderFrame: { parent: null, url: from } } as object as IpcMainInvokeEvent;
  const bridge: Bridge = {
    call: async (name, input) => structuredClone(await handler?.(event, name, structuredClone(input))),
    subscribe(name, listener) {
      const hear = (heard: unknown, payload: unknown): void => {
        if (heard === name) listener(payload);
      };
      hearing.add(hear);
      return () => void hearing.delete(hear);
    },
  };
  return { ipcMain, page, bridge };
}
