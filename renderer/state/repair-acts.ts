import type { RepairRun } from "../../main/core/model/receipt.ts";
import type { AppClient } from "../lib/client.ts";
import { asFailure } from "../lib/words.ts";
import { type Action, busy, idle, type State } from "./state.ts";
import type { Store } from "./store.ts";
import { type PlanView, toHash } from "./view.ts";

export type Confirmed = "no" | "once" | "twice";

/** Lines of the journal that the page shows. */
const JOURNAL_LINES = 40;

/** What a person can do with plans and repairs. No act rejects. */
export function createRepairActs({ client, store }: { readonly client: AppClient; readonly store: Store<State, Action> }) {
  const { send } = store;

  /** One thing asked of a repair or a plan; a second press while it is under way is no second wish. */
  const deed = async (of: string, ask: () => Promise<RepairRun>): Promise<RepairRun | null> => {
    if (store.state().deeds[of]?.step === "busy") return null;
    send({ type: "deed", of, asked: busy });
    try {
      const run = await ask();
      send({ type: "run", run });
      send({ type: "deed", of, asked: idle });
      return run;
    } catch (error) {
      send({ type: "deed", of, asked: { step: "refused", failure: asFailure(error) } });
      return null;
    }
  };

  const loadRepairs = async (): Promise<void> => {
    try {
      send({ type: "repairs", repairs: await client.listRepairs({}) });
    } catch {
      // Without an answer the lists stay as they were; the next look asks again.
    }
  };

  const fetchPlan = (view: PlanView, brief: boolean) => {
    if (view.screen === "operate") return client.previewOperation({ stack: view.stack, action: view.action });
    const { stack, code, remedy } = view;
    return client.previewPlan(brief ? { stack, code, remedy, brief } : { stack, code, remedy });
  };

  return {
    loadRepairs,
    /** Shows the plan at once, and the answer of the repair gate when it is there. `again` keeps what is shown meanwhile. */
    showPlan: async (view: PlanView, again = false): Promise<void> => {
      const of = toHash(view);
      try {
        if (!again) send({ type: "plan", of, asked: busy });
        if (!again && view.screen === "plan") send({ type: "plan", of, asked: { step: "here", value: await fetchPlan(view, true) } });
        send({ type: "plan", of, gated: true, asked: { step: "here", value: await fetchPlan(view, false) } });
      } catch (error) {
        send({ type: "plan", of, asked: { step: "refused", failure: asFailure(error) } });
      }
    },
    /** `seal` of the plan that was agreed to: when it has changed since, nothing is begun. */
    begin: (view: PlanView, confirmed: Confirmed, seal?: string): Promise<RepairRun | null> =>
      deed(toHash(view), () => {
        const { stack } = view;
        if (view.screen === "operate") return client.operateStack({ stack, action: view.action });
        return client.startRepair({ stack, code: view.code, remedy: view.remedy, confirmed, seal });
      }),
    loadRun: (id: string): Promise<RepairRun | null> => deed(id, () => client.getRepair({ id })),
    answer: (id: string, answer: "done" | "skip" | "stop"): Promise<RepairRun | null> =>
      deed(id, () => client.answerRepair({ id, answer })),
    cancel: (id: string): Promise<RepairRun | null> => deed(id, () => client.cancelRepair({ id })),
    undo: async (id: string, force = false): Promise<void> => {
      await deed(id, () => client.undoRepair({ id, force }));
      await loadRepairs();
    },
    resume: async (id: string, how: "finish" | "leave"): Promise<void> => {
      await deed(id, () => client.resumeRepair({ id, how }));
      await loadRepairs();
    },
    loadJournal: async (): Promise<void> => {
      send({ type: "journal", asked: busy });
      try {
        send({ type: "journal", asked: { step: "here", value: await client.readJournal({ limit: JOURNAL_LINES }) } });
      } catch (error) {
        send({ type: "journal", asked: { step: "refused", failure: asFailure(error) } });
      }
    },
  };
}
