import { createClient, type Transport } from "../../core/contract/define.ts";
import { contract } from "../../core/contract/index.ts";
import { RepairRun } from "../../core/model/receipt.ts";
import type { Snapshot } from "../../core/model/snapshot.ts";
import { incidentsOf, type TrayRepairs } from "./tray-menu.ts";

/** The gate of a plan is asked again this often while its incident lasts, milliseconds of the core's clock. */
const FRESH_MS = 30_000;

/**
 * Keeps what the menu says about repairs: the plan of the top incident with the answer of its gate, and the repair under way.
 * `changed` is called when there is something else to show. A plan that cannot be had is not shown.
 */
export function trayRepairs(transport: Transport, changed: () => void) {
  const client = createClient(contract, transport);
  let shown: { readonly key: string; readonly at: number; readonly plan: TrayRepairs["plan"] } = { key: "", at: 0, plan: undefined };
  let running: RepairRun | undefined;

  const silence = transport.subscribe("repairProgress", (payload) => {
    const run = RepairRun.safeParse(payload);
    if (!run.success) return;
    running = run.data.state === "ended" ? undefined : run.data;
    changed();
  });

  return {
    now: (): TrayRepairs => ({ plan: shown.plan, running }),
    look: (snapshot: Snapshot): void => {
      const top = incidentsOf(snapshot)[0];
      const remedy = top?.finding.remedies.find(({ kind }) => kind === "plan");
      const key = top === undefined || remedy === undefined ? "" : `${top.stack} ${top.finding.code} ${remedy.id}`;
      if (key === shown.key && snapshot.at - shown.at < FRESH_MS) return;
      shown = { key, at: snapshot.at, plan: key === shown.key ? shown.plan : undefined };
      if (top === undefined || remedy === undefined) return;
      const { stack } = top;
      const arrive = (plan: TrayRepairs["plan"]): void => {
        if (shown.key !== key) return;
        shown = { ...shown, plan };
        changed();
      };
      client.previewPlan({ stack, code: top.finding.code, remedy: remedy.id }).then(
        (plan) => arrive({ stack, plan }),
        () => arrive(undefined),
      );
    },
    end: silence,
  };
}
