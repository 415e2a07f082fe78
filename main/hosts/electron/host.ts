import type { menubar } from "menubar";
import type { App } from "../../app.ts";
import { Snapshot } from "../../core/model/snapshot.ts";
import { appTransport } from "../app-transport.ts";
import type { DemoOpener } from "../http/demo.ts";
import type { BuiltFile } from "../http/renderer-files.ts";
import { serveIpc } from "./ipc.ts";
import { lockDown } from "./lock-down.ts";
import { loginItem } from "./login-item.ts";
import { servePage } from "./page-protocol.ts";
import { createPopover } from "./popover.ts";
import { showNotices } from "./show-notices.ts";
import type { ElectronSurface } from "./surface.ts";
import { createTrayLight } from "./tray-light.ts";
import type { TrayAction } from "./tray-menu.ts";
import { pictureFile } from "./tray-picture.ts";
import { trayRepairs } from "./tray-repairs.ts";

export type HostParts = {
  readonly electron: ElectronSurface;
  readonly menubar: typeof menubar;
  readonly lamplighter: App;
  readonly demos: DemoOpener;
  readonly page: ReadonlyMap<string, BuiltFile>;
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the tray pictures. */
  readonly icons: string;
  /** Path of the built preload script. */
  readonly preload: string;
  readonly wait: (ms: number, then: () => void) => () => void;
};

/** Tray, popover, notices and life cycle around one app. Everything it decides is decided by the core. */
export async function startHost(parts: HostParts): Promise<{ open(): void }> {
  const { electron, lamplighter, demos, platform } = parts;
  const { app, clipboard, nativeImage, nativeTheme, powerMonitor, shell, Tray } = electron;
  lockDown(electron);
  servePage(electron.protocol, parts.page);

  const transport = appTransport(lamplighter, { openDemo: ({ scenario }) => demos.open(scenario) });
  const tray = new Tray(nativeImage.createFromPath(`${parts.icons}/${pictureFile("working", platform)}`));
  const popover = createPopover({
    menubar: parts.menubar,
    tray,
    preload: parts.preload,
    background: () => (nativeTheme.shouldUseDarkColors ? "#1c1c1e" : "#ffffff"),
    wait: parts.wait,
  });
  const login = loginItem(electron, platform, parts.env);
  const demoList = await lamplighter.handlers.listDemos({});
  let withTitle = false;
  let latest: Snapshot | undefined;

  const act = (action: TrayAction): void => {
    const acts: { readonly [A in TrayAction["do"]]: (action: Extract<TrayAction, { do: A }>) => unknown } = {
      open: ({ place }) => popover.open(place),
      check: () => lamplighter.handlers.probeNow({}),
      copy: async () => clipboard.writeText(lamplighter.clean((await lamplighter.handlers.describeForCopy({})).text)),
      demo: async ({ scenario }) => shell.openExternal((await demos.open(scenario)).url),
      login: ({ on }) => login?.set(on),
      title: ({ on }) => {
        withTitle = on;
      },
      quit: () => app.quit(),
    };
    void Promise.resolve((acts[action.do] as (a: TrayAction) => unknown)(action)).then(redraw, redraw);
  };
  const light = createTrayLight(electron, tray, { icons: parts.icons, platform, act });
  const redraw = (): void =>
    light.show(latest, {
      demos: demoList,
      ...(login === undefined ? {} : { login: login.isOn() }),
      ...(platform === "darwin" ? { title: withTitle } : {}),
      repairs: repairs.now(),
    });
  const repairs = trayRepairs(transport, redraw);

  const ends = [
    serveIpc(electron.ipcMain, transport, popover.pages),
    showNotices(electron, transport, () => popover.open()),
    transport.subscribe("snapshotChanged", (payload) => {
      latest = Snapshot.parse(payload);
      repairs.look(latest);
      redraw();
    }),
    repairs.end,
  ];
  popover.onVisible((visible) => void lamplighter.handlers.setAttention({ visible }));
  powerMonitor.on("resume", () => lamplighter.resumed());
  // Without this, closing the popover's window would end the program.
  app.on("window-all-closed", () => {});
  app.on("second-instance", () => popover.open());
  app.on("will-quit", () => {
    for (const end of ends) end();
    void Promise.allSettled([demos.close(), lamplighter.stop()]);
  });

  redraw();
  await lamplighter.handlers.setAttention({ visible: false });
  void lamplighter.start();
  return { open: () => popover.open() };
}
