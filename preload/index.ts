import { contextBridge, type IpcRendererEvent, ipcRenderer } from "electron";

const CHANNEL = "lamplighter";

/** Everything the page can reach: one channel, two functions. The main process looks names up in the contract. */
contextBridge.exposeInMainWorld("lamplighter", {
  call: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(CHANNEL, name, input),
  subscribe: (name: string, listener: (payload: unknown) => void): (() => void) => {
    const hear = (_: IpcRendererEvent, heard: unknown, payload: unknown): void => {
      if (heard === name) listener(payload);
    };
    ipcRenderer.on(CHANNEL, hear);
    return () => void ipcRenderer.off(CHANNEL, hear);
  },
});
