import type { Transport } from "../../core/contract/define.ts";
import { Snapshot } from "../../core/model/snapshot.ts";
import { newNotices } from "./notices.ts";
import type { ElectronSurface } from "./surface.ts";

/** Shows a notice when a finding turns hard; a click opens the page. Replaces its predecessor, so that one cause has one notice. */
export function showNotices({ Notification }: Pick<ElectronSurface, "Notification">, transport: Transport, open: () => void): () => void {
  let told: ReadonlySet<string> = new Set();
  /** Kept so that they are not collected while shown, and can be withdrawn. */
  const shown = new Map<string, InstanceType<ElectronSurface["Notification"]>>();
  return transport.subscribe("snapshotChanged", (payload) => {
    const snapshot = Snapshot.safeParse(payload);
    if (!snapshot.success || !Notification.isSupported()) return;
    const next = newNotices(told, snapshot.data);
    told = next.told;
    for (const [key, notice] of shown) {
      if (told.has(key)) continue;
      notice.close();
      shown.delete(key);
    }
    for (const { key, title, body } of next.notices) {
      const notice = new Notification({ title, body, silent: false });
      notice.on("click", open);
      shown.set(key, notice);
      notice.show();
    }
  });
}
