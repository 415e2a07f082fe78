import { EventEmitter } from "node:events";
import type { ElectronSurface } from "../../main/hosts/electron/surface.ts";

type Handler = (event: unknown, ...rest: unknown[]) => unknown;
export type MenuRow = { label?: string; type?: string; checked?: boolean; enabled?: boolean; submenu?: MenuRow[]; click?: () => void };

export class WindowDouble extends EventEmitter {
  readonly sent: unknown[][] = [];
  readonly loaded: string[] = [];
  closed = false;
  readonly webContents = Object.assign(new EventEmitter(), {
    isDestroyed: () => this.closed,
    send: (...args: unknown[]) => void this.sent.push(args),
    loadURL: async (url: string) => void this.loaded.push(url),
  });
  isDestroyed = () => this.closed;
  focus = () => {};
  close(): void {
    this.closed = true;
    this.emit("close");
  }
}

/** As the menubar package behaves: a window on the first show, kept when hidden, let go of only on its close event. */
export class MenubarDouble extends EventEmitter {
  window: WindowDouble | undefined;
  readonly options: Record<string, unknown>;
  made = 0;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
  }
  async showWindow(): Promise<void> {
    if (this.window === undefined) {
      this.made += 1;
      this.window = new WindowDouble();
      this.window.on("close", () => {
        this.window = undefined;
        this.emit("after-close");
      });
      this.emit("after-create-window");
    }
    this.emit("after-show");
  }
  hideWindow(): void {
    this.emit("after-hide");
  }
}

/** Electron as this host sees it: remembers what it was told, does what a test asks. No claim about the real one. */
export function electronDouble(options: { packaged?: boolean; home?: string } = {}) {
  const handlers = new Map<string, Handler>();
  const notices: (EventEmitter & { title: string; body: string; shown: boolean; closed: boolean })[] = [];
  const opened: string[] = [];
  const clipboard: string[] = [];
  const schemes = new Map<string, (request: { url: string; method: string }) => Response>();
  const permissions: { request?: (c: unknown, permission: string, answer: (granted: boolean) => void) => void } = {};
  const loginItems = { openAtLogin: false };
  const app = Object.assign(new EventEmitter(), {
    isPackaged: options.packaged ?? false,
    quits: 0,
    quit() {
      this.quits += 1;
    },
    getPath: (name: string) => (name === "home" ? (options.home ?? "/home/nobody") : "/opt/Lamplighter/lamplighter"),
    getLoginItemSettings: () => loginItems,
    setLoginItemSettings: (settings: { openAtLogin: boolean }) => Object.assign(loginItems, settings),
  });
  class TrayDouble extends EventEmitter {
    image: unknown;
    tip = "";
    title = "";
    menu: MenuRow[] = [];
    popped: MenuRow[] = [];
    images = 0;
    constructor(image: unknown) {
      super();
      this.image = image;
    }
    setImage(image: unknown): void {
      this.image = image;
      this.images += 1;
    }
    setToolTip = (tip: string) => {
      this.tip = tip;
    };
    setTitle = (title: string) => {
      this.title = title;
    };
    setContextMenu = (menu: MenuRow[]) => {
      this.menu = menu;
    };
    popUpContextMenu = (menu: MenuRow[]) => {
      this.popped = menu;
    };
    setIgnoreDoubleClickEvents = () => {};
  }
  const trays: TrayDouble[] = [];
  class Tray extends TrayDouble {
    constructor(image: unknown) {
      super(image);
      trays.push(this);
    }
  }
  class Notification extends EventEmitter {
    static isSupported = () => true;
    shown = false;
    closed = false;
    title: string;
    body: string;
    constructor({ title, body }: { title: string; body: string }) {
      super();
      this.title = title;
      this.body = body;
      notices.push(this);
    }
    show = () => {
      this.shown = true;
    };
    close = () => {
      this.closed = true;
    };
  }
  const powerMonitor = new EventEmitter();
  const surface = {
    app,
    clipboard: { writeText: async (text: string) => void clipboard.push(text) },
    ipcMain: {
      handle: (channel: string, handler: Handler) => handlers.set(channel, handler),
      removeHandler: (channel: string) => handlers.delete(channel),
    },
    Menu: { buildFromTemplate: (rows: MenuRow[]) => rows },
    nativeImage: { createFromPath: (path: string) => ({ path }) },
    nativeTheme: { shouldUseDarkColors: true },
    Notification,
    powerMonitor,
    protocol: { handle: (scheme: string, handler: (request: { url: string; method: string }) => Response) => schemes.set(scheme, handler) },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: typeof permissions.request) => Object.assign(permissions, { request: handler }),
        setPermissionCheckHandler: () => {},
      },
    },
    shell: { openExternal: async (url: string) => void opened.push(url) },
    Tray,
  };
  return {
    surface: surface as unknown as ElectronSurface,
    app,
    handlers,
    notices,
    opened,
    clipboard,
    schemes,
    permissions,
    loginItems,
    trays,
    powerMonitor,
  };
}
