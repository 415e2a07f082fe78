import { createDispatcher, type Dispatcher, type Handlers } from "../../main/core/contract/define.ts";
import { CallFailed } from "../../main/core/contract/errors.ts";
import { type AppContract, contract, type DeepRun } from "../../main/core/contract/index.ts";
import type { RepairRun } from "../../main/core/model/receipt.ts";
import type { Snapshot } from "../../main/core/model/snapshot.ts";
import { aRepair } from "./fake-app.ts";
import { deepRun, demos, matches, plan } from "./snapshots.ts";

type Payload = Snapshot | DeepRun | RepairRun;
type Listener = (name: "snapshotChanged" | "deepProgress" | "repairProgress", payload: Payload) => void;

/** A core without a world: it shows whatever snapshot it is given, and writes down what it was asked. */
export type StandInCore = {
  readonly dispatch: Dispatcher;
  /** Every call so far, as "name {input}". */
  readonly asked: readonly string[];
  show(snapshot: Snapshot): void;
  /** Answers these calls in this way from now on. */
  answer(over: Partial<Handlers<AppContract>>): void;
  /** Tells every page how a repair stands. */
  tellRun(run: RepairRun): void;
  onEvent(listener: Listener): () => void;
  /** The next calls of this name are refused as if the front had no such ability. */
  refuse(name: keyof Handlers<AppContract>): void;
};

export function createStandInCore(first: Snapshot): StandInCore {
  let snapshot = first;
  const asked: string[] = [];
  const refusals = new Set<string>();
  const listeners = new Set<Listener>();
  const tell: Listener = (name, payload) => {
    for (const listener of listeners) listener(name, payload);
  };
  const handlers: Handlers<AppContract> = {
    getSnapshot: async () => snapshot,
    explain: async ({ text }) => ({ schemaVersion: 1, matches: text.includes("mismatch") ? [...matches] : [] }),
    listSymptoms: async () => ({ schemaVersion: 1, symptoms: [] }),
    previewPlan: async () => plan,
    previewOperation: async () => plan,
    getRepair: async () => aRepair(),
    listRepairs: async () => ({ running: [], interrupted: [], ended: [], intents: [] }),
    readJournal: async () => ({ lines: [], whole: true }),
    startRepair: async () => aRepair(),
    answerRepair: async () => aRepair(),
    cancelRepair: async () => aRepair({ outcome: "cancelled" }),
    undoRepair: async () => aRepair({ outcome: "undone", undo: "done" }),
    resumeRepair: async () => aRepair(),
    operateStack: async () => aRepair(),
    describeForCopy: async ({ stack, code }) => ({ text: `report of ${stack ?? "everything"} ${code ?? ""}`.trim() }),
    listDemos: async () => demos,
    probeNow: async () => {
      snapshot = { ...snapshot, at: snapshot.at + 1_000 };
      return snapshot;
    },
    setAttention: async () => ({}),
    runDeep: async (which) => {
      tell("deepProgress", { ...which, state: "running", text: "checking the configuration", elapsedMs: 2_000 });
      return { ...deepRun, ...which };
    },
    cancelDeep: async () => ({}),
    openDemo: async () => ({ url: "http://127.0.0.1:4747/open?key=one" }),
  };
  const dispatch = createDispatcher(contract, handlers);
  return {
    asked,
    dispatch: async (name, input) => {
      asked.push(`${name} ${JSON.stringify(input)}`);
      if (refusals.has(name))
        return { ok: false, error: { code: "not-here", message: new CallFailed("not-here", `no ${name} here`).message } };
      return dispatch(name, input);
    },
    show: (next) => {
      snapshot = next;
      tell("snapshotChanged", next);
    },
    answer: (over) => void Object.assign(handlers, over),
    tellRun: (run) => tell("repairProgress", run),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refuse: (name) => void refusals.add(name),
  };
}
