import type { BrowserWindow, Tray, WebContents } from "electron";
import type { menubar as makeMenubar } from "menubar";
import { PAGE_URL } from "./surface.ts";

export type Popover = {
  readonly tray: Tray;
  /** Shows the window; with `place`, an address inside the page such as `#/repairs`, at that screen. */
  open(place?: string): void;
  /** Pages that exist now: none while the window is gone. */
  pages(): readonly WebContents[];
  onVisible(listener: (visible: boolean) => void): void;
};

export type PopoverOptions = {
  readonly menubar: typeof makeMenubar;
  readonly tray: Tray;
  readonly preload: string;
  /** Background until the first paint, so that a dark desktop sees no white flash. */
  readonly background: () => string;
  readonly wait: (ms: number, then: () => void) => () => void;
};

/** A hidden window still costs a renderer process; it is closed after this long. Milliseconds. */
export const KEEP_HIDDEN_MS = 30_000;
const size = { width: 360, height: 560 };

/** The window under the tray icon. Made on the first click, hidden on blur, gone half a minute later. */
export function createPopover({ menubar, tray, preload, background, wait }: PopoverOptions): Popover {
  const bar = menubar({
    index: PAGE_URL,
    tray,
    tooltip: "Lamplighter",
    preloadWindow: false,
    showDockIcon: false,
    activateWithApp: false,
    browserWindow: {
      ...size,
      show: false,
      resizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      title: "Lamplighter",
      backgroundColor: background(),
      webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, spellcheck: false },
    },
  });
  let forget: (() => void) | undefined;
  let tell: (visible: boolean) => void = () => {};
  const window = (): BrowserWindow | undefined => bar.window;

  bar.on("after-show", () => {
    forget?.();
    forget = undefined;
    window()?.focus();
    tell(true);
  });
  bar.on("after-hide", () => {
    tell(false);
    forget?.();
    // `close`, not `destroy`: the package lets go of its window only on the close event.
    forget = wait(KEEP_HIDDEN_MS, () => window()?.close());
  });
  bar.on("after-create-window", () => {
    window()?.webContents.on("before-input-event", (_event, input) => {
      if (input.type === "keyDown" && input.key === "w" && (input.meta || input.control)) bar.hideWindow();
    });
  });
  return {
    tray,
    open: (place) => {
      const there = async (): Promise<void> => {
        await bar.showWindow();
        // The page is loaded by now, so this only moves inside it.
        if (place !== undefined) await window()?.webContents.loadURL(`${PAGE_URL}${place}`);
      };
      void there().catch(() => {});
    },
    pages: () => {
      const open = window();
      return open === undefined || open.isDestroyed() ? [] : [open.webContents];
    },
    onVisible: (listener) => {
      tell = listener;
    },
  };
}
