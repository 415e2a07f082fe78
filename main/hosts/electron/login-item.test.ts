import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { electronDouble } from "../../../tests/support/electron-double.ts";
import { autostartEntry, loginItem } from "./login-item.ts";

const home = mkdtempSync(join(tmpdir(), "lamplighter-login-"));
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("starting at login", () => {
  it("is not offered by an unpackaged program, nor where there is no way", () => {
    expect(loginItem(electronDouble().surface, "darwin", {})).toBeUndefined();
    expect(loginItem(electronDouble({ packaged: true }).surface, "win32", {})).toBeUndefined();
  });

  it("uses the system's own list on macOS", () => {
    const electron = electronDouble({ packaged: true });
    const item = loginItem(electron.surface, "darwin", {});
    item?.set(true);
    expect([item?.isOn(), electron.loginItems.openAtLogin]).toEqual([true, true]);
  });

  it("writes and removes an autostart entry on Linux, naming the AppImage itself", () => {
    const item = loginItem(electronDouble({ packaged: true, home }).surface, "linux", {
      APPIMAGE: "/home/me/My Apps/Lamplighter.AppImage",
    });
    const path = join(home, ".config", "autostart", "lamplighter.desktop");
    expect(item?.isOn()).toBe(false);
    item?.set(true);
    expect(item?.isOn()).toBe(true);
    expect(readFileSync(path, "utf8")).toContain('Exec="/home/me/My Apps/Lamplighter.AppImage"');
    item?.set(false);
    expect(existsSync(path)).toBe(false);
  });

  it("escapes what the desktop entry specification wants escaped", () => {
    expect(autostartEntry('/a"b$c`d\\e')).toContain('Exec="/a\\"b\\$c\\`d\\\\e"');
  });
});
