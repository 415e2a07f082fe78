import type { Finding } from "../../core/model/finding.ts";
import type { Snapshot } from "../../core/model/snapshot.ts";

export type Notice = { readonly key: string; readonly title: string; readonly body: string };

/** Characters a notice may have; macOS cuts at 256 bytes. */
const bodyLimit = 180;

const tellable = (finding: Finding): boolean => finding.root && finding.state === "hard" && finding.light === "red";

/**
 * What turned into a fact since the last snapshot: one notice per root cause, none for consequences, none twice until it has gone.
 * `told` is the set of keys told so far; the new set comes back with the notices.
 */
export function newNotices(
  told: ReadonlySet<string>,
  snapshot: Snapshot,
): { readonly notices: readonly Notice[]; readonly told: ReadonlySet<string> } {
  const present = snapshot.stacks.flatMap((stack) =>
    stack.findings
      .filter(tellable)
      .map((f): Notice => ({ key: `${stack.id}/${f.code}`, title: `${stack.title}: problem`, body: f.title.slice(0, bodyLimit) })),
  );
  return { notices: present.filter((n) => !told.has(n.key)), told: new Set(present.map((n) => n.key)) };
}
