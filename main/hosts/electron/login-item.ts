import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ElectronSurface } from "./surface.ts";

export type LoginItem = { isOn(): boolean; set(on: boolean): void };

/** An autostart entry as the desktop entry specification has it; `exec` is quoted, since paths may hold spaces. */
export const autostartEntry = (exec: string): string =>
  [
    "[Desktop Entry]",
    "Type=Application",
    "Name=Lamplighter",
    `Exec="${exec.replace(/(["`$\\])/g, "\\$1")}"`,
    "X-GNOME-Autostart-enabled=true",
    "",
  ].join("\n");

/** Starting at login: the system's own list on macOS, an autostart entry on Linux. Undefined where neither exists or the app is not packaged. */
export function loginItem(
  { app }: Pick<ElectronSurface, "app">,
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): LoginItem | undefined {
  if (!app.isPackaged) return undefined;
  if (platform === "darwin") {
    return {
      isOn: () => app.getLoginItemSettings().openAtLogin,
      set: (on) => app.setLoginItemSettings({ openAtLogin: on }),
    };
  }
  if (platform !== "linux") return undefined;
  const folder = join(env["XDG_CONFIG_HOME"] ?? join(app.getPath("home"), ".config"), "autostart");
  const path = join(folder, "lamplighter.desktop");
  return {
    isOn: () => statSync(path, { throwIfNoEntry: false }) !== undefined,
    set(on) {
      if (!on) return rmSync(path, { force: true });
      mkdirSync(folder, { recursive: true });
      // An AppImage runs from a mount that is gone after the next start; its own file is named in APPIMAGE.
      writeFileSync(path, autostartEntry(env["APPIMAGE"] ?? app.getPath("exe")));
    },
  };
}
