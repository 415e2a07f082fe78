import { describe, expect, it } from "vitest";
import { electronDouble, MenubarDouble } from "../../../tests/support/electron-double.ts";
import { createPopover, KEEP_HIDDEN_MS } from "./popover.ts";
import { PAGE_URL } from "./surface.ts";

function popover() {
  const { surface } = electronDouble();
  const waits: { ms: number; then: () => void; cancelled: boolean }[] = [];
  let bar = new MenubarDouble({});
  const made = createPopover({
    menubar: ((options: Record<string, unknown>) => (bar = new MenubarDouble(options))) as never,
    tray: new surface.Tray("icon"),
    preload: "/app/preload.cjs",
    background: () => "#000000",
    wait: (ms, then) => {
      const entry = { ms, then, cancelled: false };
      waits.push(entry);
      return () => {
        entry.cancelled = true;
      };
    },
  });
  const heard: boolean[] = [];
  made.onVisible((visible) => heard.push(visible));
  return { popover: made, bar, waits, heard };
}

describe("the window under the icon", () => {
  it("is sandboxed, isolated and loads nothing but our page", () => {
    const { bar } = popover();
    expect(bar.options).toMatchObject({
      index: PAGE_URL,
      preloadWindow: false,
      browserWindow: { webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, preload: "/app/preload.cjs" } },
    });
  });

  it("opens at the screen that was asked for, once the page is there", async () => {
    const { popover: window, bar } = popover();
    window.open("#/plan/acme/acme.auth.refused/copy-token");
    await new Promise((resolve) => setImmediate(resolve));
    expect(bar.window?.loaded).toEqual([`${PAGE_URL}#/plan/acme/acme.auth.refused/copy-token`]);
    window.open();
    await new Promise((resolve) => setImmediate(resolve));
    expect(bar.window?.loaded).toHaveLength(1);
  });

  it("is made on the first opening, and gone half a minute after it was hidden", () => {
    const { popover: window, bar, waits, heard } = popover();
    expect([bar.made, window.pages().length]).toEqual([0, 0]);
    window.open();
    expect([bar.made, window.pages().length, heard]).toEqual([1, 1, [true]]);
    bar.hideWindow();
    expect([waits[0]?.ms, window.pages().length]).toEqual([KEEP_HIDDEN_MS, 1]);
    waits[0]?.then();
    expect([window.pages().length, heard]).toEqual([0, [true, false]]);
    window.open();
    expect(bar.made).toBe(2);
  });

  it("stays when it is opened again in time", () => {
    const { popover: window, bar, waits } = popover();
    window.open();
    bar.hideWindow();
    window.open();
    expect([waits[0]?.cancelled, bar.made]).toEqual([true, 1]);
  });

  it("hides on the usual shortcut", () => {
    const { popover: window, bar } = popover();
    window.open();
    let hidden = 0;
    bar.on("after-hide", () => {
      hidden += 1;
    });
    bar.window?.webContents.emit("before-input-event", {}, { type: "keyDown", key: "w", meta: true });
    bar.window?.webContents.emit("before-input-event", {}, { type: "keyDown", key: "x", meta: true });
    expect(hidden).toBe(1);
  });
});
