/** The part of Electron this host uses. Given from outside, so that everything below runs against a double. */
export type ElectronSurface = Pick<
  typeof import("electron"),
  | "app"
  | "clipboard"
  | "ipcMain"
  | "Menu"
  | "nativeImage"
  | "nativeTheme"
  | "Notification"
  | "powerMonitor"
  | "protocol"
  | "session"
  | "shell"
  | "Tray"
>;

/** Address of the page inside the app. A scheme of its own, because `file:` grants more than the page needs. */
export const PAGE_SCHEME = "lamplighter";
export const PAGE_ORIGIN = `${PAGE_SCHEME}://page`;
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;
