import { describe, expect, it } from "vitest";
import { electronDouble, WindowDouble } from "../../../tests/support/electron-double.ts";
import type { Reply, Transport } from "../../core/contract/define.ts";
import { isOurPage, serveIpc } from "./ipc.ts";
import { PAGE_ORIGIN } from "./surface.ts";

type Frame = NonNullable<Parameters<typeof isOurPage>[0]["senderFrame"]>;
const from = (url: string, parent: unknown = null): Parameters<typeof isOurPage>[0] => ({ senderFrame: { url, parent } as Frame });

function serving() {
  const electron = electronDouble();
  const calls: unknown[][] = [];
  const listeners = new Map<string, (payload: unknown) => void>();
  const transport: Transport = {
    call: async (name, input): Promise<Reply> => {
      calls.push([name, input]);
      return { ok: true, value: "answer" };
    },
    subscribe: (name, listener) => {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
  };
  const window = new WindowDouble();
  const stop = serveIpc(electron.surface.ipcMain, transport, () => [window.webContents as never]);
  const invoke = (event: unknown, ...args: unknown[]) => electron.handlers.get("lamplighter")?.(event, ...args);
  return { calls, listeners, window, stop, invoke, handlers: electron.handlers };
}

describe("who may speak", () => {
  it.each([
    [from(`${PAGE_ORIGIN}/index.html`), true],
    [from(`${PAGE_ORIGIN}/index.html`, {}), false],
    [from("https://example.com/"), false],
    [from(`${PAGE_ORIGIN}.evil/index.html`), false],
    [{ senderFrame: null }, false],
  ])("sender %#", (event, allowed) => {
    expect(isOurPage(event)).toBe(allowed);
  });

  it("refuses everybody else without looking at the call", async () => {
    const { invoke, calls } = serving();
    expect(await invoke(from("https://example.com/"), "getSnapshot", {})).toMatchObject({ ok: false, error: { code: "transport" } });
    expect(calls).toEqual([]);
  });
});

describe("the channel", () => {
  it("passes calls of the page on and brings the reply back", async () => {
    const { invoke, calls } = serving();
    expect(await invoke(from(`${PAGE_ORIGIN}/index.html`), "explain", { text: "x" })).toEqual({ ok: true, value: "answer" });
    expect(calls).toEqual([["explain", { text: "x" }]]);
  });

  it("pushes events to open pages only, and nothing after it stopped", () => {
    const { listeners, window, stop, handlers } = serving();
    listeners.get("snapshotChanged")?.({ light: "green" });
    expect(window.sent).toEqual([["lamplighter", "snapshotChanged", { light: "green" }]]);
    window.closed = true;
    listeners.get("snapshotChanged")?.({ light: "red" });
    expect(window.sent).toHaveLength(1);
    stop();
    expect([listeners.size, handlers.size]).toEqual([0, 0]);
  });
});
