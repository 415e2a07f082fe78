import { describe, expect, it } from "vitest";
import { CallFailed } from "../../main/core/contract/errors.ts";
import { closedPlan, cutRun, journalLines, openPlan, receiptRun, runningRun, withRepairs } from "../../tests/support/repair-pages.ts";
import { red } from "../../tests/support/snapshots.ts";
import { createStandInCore } from "../../tests/support/stand-in-core.ts";
import { createClient } from "../lib/client.ts";
import { reduce } from "./reduce.ts";
import { createRepairActs } from "./repair-acts.ts";
import { initialState } from "./state.ts";
import { createStore } from "./store.ts";
import { toHash } from "./view.ts";

const view = { screen: "plan", stack: "openclaw", code: "openclaw.auth.token-mismatch", remedy: "reinstall-unit" } as const;
const restart = { screen: "operate", stack: "openclaw", action: "restart" } as const;

function page() {
  const core = createStandInCore(red);
  const client = createClient({ call: core.dispatch, subscribe: () => () => undefined });
  const store = createStore(reduce, initialState);
  return { core, store, acts: createRepairActs({ client, store }) };
}

describe("showing a plan", () => {
  it("shows the plan at once, and what the gate says when it has answered", async () => {
    const { acts, core, store } = page();
    const seen: unknown[] = [];
    store.subscribe(() => seen.push([store.state().plan.asked.step, store.state().plan.gated]));
    core.answer({ previewPlan: async ({ brief }) => (brief === true ? openPlan : closedPlan) });
    await acts.showPlan(view);
    expect(seen).toEqual([
      ["busy", false],
      ["here", false],
      ["here", true],
    ]);
    expect(store.state().plan.asked).toMatchObject({ value: { gate: { kind: "closed" } } });
  });

  it("keeps what is shown while the gate is asked again", async () => {
    const { acts, store, core } = page();
    await acts.showPlan(view);
    const steps: string[] = [];
    store.subscribe(() => steps.push(store.state().plan.asked.step));
    await acts.showPlan(view, true);
    expect(steps).toEqual(["here"]);
    expect(core.asked.filter((call) => call.includes("brief"))).toHaveLength(1);
  });

  it("never replaces the plan that is read now by the late answer about another one", async () => {
    const { acts, store, core } = page();
    let answerLate = (): void => undefined;
    core.answer({
      previewPlan: () =>
        new Promise((resolve) => {
          answerLate = () => resolve(closedPlan);
        }),
      previewOperation: async () => openPlan,
    });
    const late = acts.showPlan(view);
    await acts.showPlan(restart);
    answerLate();
    await new Promise((resolve) => setTimeout(resolve));
    answerLate();
    await late;
    expect(store.state().plan).toMatchObject({ of: toHash(restart), asked: { value: { gate: { kind: "open" } } } });
  });
});

describe("beginning a plan", () => {
  it("names exactly what was shown and how it was confirmed, and gives the run", async () => {
    const { acts, core, store } = page();
    core.answer({ startRepair: async () => runningRun, operateStack: async () => runningRun });
    expect(await acts.begin(view, "once", "5ea1")).toEqual(runningRun);
    await acts.begin(restart, "once");
    expect(core.asked).toEqual([
      'startRepair {"stack":"openclaw","code":"openclaw.auth.token-mismatch","remedy":"reinstall-unit","confirmed":"once","seal":"5ea1"}',
      'operateStack {"stack":"openclaw","action":"restart"}',
    ]);
    expect(store.state().repairs.running).toEqual([runningRun]);
  });

  it("is not done twice by a second press", async () => {
    const { acts, core } = page();
    const both = await Promise.all([acts.begin(view, "once"), acts.begin(view, "once")]);
    expect(both[1]).toBeNull();
    expect(core.asked).toHaveLength(1);
  });

  it("tells a refusal beside the plan, in the core's own words", async () => {
    const { acts, core, store } = page();
    core.answer({ startRepair: () => Promise.reject(new CallFailed("refused", "Not yet: it is booting.")) });
    expect(await acts.begin(view, "once")).toBeNull();
    expect(store.state().deeds[toHash(view)]).toEqual({
      step: "refused",
      failure: { code: "refused", message: "Not yet: it is booting." },
    });
  });
});

describe("a repair under way and afterwards", () => {
  it("is answered, cancelled, undone, finished and left by its id", async () => {
    const { acts, core } = page();
    await acts.answer("r1", "skip");
    await acts.cancel("r1");
    await acts.undo("r1");
    await acts.undo("r1", true);
    await acts.resume("r1", "finish");
    await acts.resume("r1", "leave");
    expect(core.asked.filter((call) => !call.startsWith("listRepairs"))).toEqual([
      'answerRepair {"id":"r1","answer":"skip"}',
      'cancelRepair {"id":"r1"}',
      'undoRepair {"id":"r1","force":false}',
      'undoRepair {"id":"r1","force":true}',
      'resumeRepair {"id":"r1","how":"finish"}',
      'resumeRepair {"id":"r1","how":"leave"}',
    ]);
  });

  it("is found by its id when the page does not know it, and the lists are loaded whole", async () => {
    const { acts, core, store } = page();
    core.answer(withRepairs({ ended: [receiptRun], interrupted: [cutRun] }));
    await acts.loadRun(receiptRun.id);
    expect(store.state().repairs.ended).toEqual([receiptRun]);
    await acts.loadRepairs();
    expect(store.state().repairs.interrupted).toEqual([cutRun]);
    core.refuse("listRepairs");
    await acts.loadRepairs();
    expect(store.state().repairs.interrupted).toEqual([cutRun]);
  });

  it("has a journal, or a reason why there is none to read", async () => {
    const { acts, core, store } = page();
    core.answer({ readJournal: async () => ({ lines: journalLines, whole: true }) });
    await acts.loadJournal();
    expect(store.state().journal).toEqual({ step: "here", value: { lines: journalLines, whole: true } });
    core.refuse("readJournal");
    await acts.loadJournal();
    expect(store.state().journal.step).toBe("refused");
  });
});
