import { join } from "node:path";
import type { MenuItemConstructorOptions, Tray } from "electron";
import type { Snapshot } from "../../core/model/snapshot.ts";
import type { ElectronSurface } from "./surface.ts";
import { type TrayAction, type TrayChoices, type TrayRow, trayRows } from "./tray-menu.ts";
import { pictureFile, type Silhouette, silhouetteOf, tooltip, trayTitle } from "./tray-picture.ts";

export type TrayLight = { show(snapshot: Snapshot | undefined, choices: TrayChoices): void };

const template = (rows: readonly TrayRow[], act: (action: TrayAction) => void): MenuItemConstructorOptions[] =>
  rows.map((row): MenuItemConstructorOptions => {
    if (row.kind === "separator") return { type: "separator" };
    if (row.kind === "text") return { label: row.label, enabled: false };
    if (row.kind === "group") return { label: row.label, submenu: template(row.rows, act) };
    const click = (): void => act(row.action);
    return row.checked === undefined ? { label: row.label, click } : { label: row.label, type: "checkbox", checked: row.checked, click };
  });

/** Keeps icon, tooltip, title and menu in step with the snapshot; touches the tray only when something changed. */
export function createTrayLight(
  { Menu, nativeImage }: Pick<ElectronSurface, "Menu" | "nativeImage">,
  tray: Tray,
  options: { readonly icons: string; readonly platform: string; readonly act: (action: TrayAction) => void },
): TrayLight {
  const pictures = new Map<Silhouette, Electron.NativeImage>();
  const picture = (silhouette: Silhouette): Electron.NativeImage => {
    const known = pictures.get(silhouette) ?? nativeImage.createFromPath(join(options.icons, pictureFile(silhouette, options.platform)));
    pictures.set(silhouette, known);
    return known;
  };
  let shown = "";
  let shownRows = "";
  // macOS opens the popover on a click; a context menu set there would take the click away, so it pops up on the right button only.
  let rows: readonly TrayRow[] = [];
  if (options.platform === "darwin") {
    tray.on("right-click", () => tray.popUpContextMenu(Menu.buildFromTemplate(template(rows, options.act))));
    tray.setIgnoreDoubleClickEvents(true);
  }
  return {
    show(snapshot, choices) {
      const silhouette = silhouetteOf(snapshot);
      const title = choices.title === true ? trayTitle(snapshot) : "";
      const look = JSON.stringify([silhouette, title, tooltip(snapshot)]);
      if (look !== shown) {
        shown = look;
        tray.setImage(picture(silhouette));
        tray.setToolTip(tooltip(snapshot));
        if (options.platform === "darwin") tray.setTitle(title, { fontType: "monospacedDigit" });
      }
      rows = trayRows(snapshot, choices);
      const asText = JSON.stringify(rows);
      if (options.platform !== "darwin" && asText !== shownRows) {
        shownRows = asText;
        tray.setContextMenu(Menu.buildFromTemplate(template(rows, options.act)));
      }
    },
  };
}
