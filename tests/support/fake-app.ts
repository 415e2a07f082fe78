import type { App } from "../../main/app.ts";
import type { EventName, Handlers, Payload } from "../../main/core/contract/define.ts";
import { CallFailed } from "../../main/core/contract/errors.ts";
import type { AppContract, DeepRun } from "../../main/core/contract/index.ts";
import { createRedactor } from "../../main/core/engine/redact.ts";
import type { Finding } from "../../main/core/model/finding.ts";
import type { RepairRun } from "../../main/core/model/receipt.ts";
import type { CheckState, Snapshot, StackState } from "../../main/core/model/snapshot.ts";

/** A fixed moment: Friday 2026-11-20 09:12:00 UTC. */
export const T0 = Date.UTC(2026, 10, 20, 9, 12, 0);

export const aCheck = (over: Partial<CheckState> = {}): CheckState => ({
  id: "live",
  title: "Answers",
  light: "green",
  summary: "200 in 3 ms",
  at: T0,
  ageMs: 0,
  durationMs: 3,
  lane: "poll",
  drivesLight: true,
  working: false,
  ...over,
});

export const aFinding = (over: Partial<Finding> = {}): Finding => ({
  code: "acme.auth.refused",
  symptoms: ["O10"],
  light: "red",
  state: "hard",
  title: "Acme refuses the shared token",
  detail: "The token in its configuration is not the one that was sent.",
  evidence: [{ source: "http /ready", text: "answered 401", at: T0 }],
  root: true,
  followers: [],
  ruledOut: ["another program on the port"],
  remedies: [{ id: "copy-token", title: "Send the configured token", kind: "plan", risk: "safe" }],
  since: T0,
  ...over,
});

export const aStack = (over: Partial<StackState> = {}): StackState => ({
  id: "acme",
  title: "Acme",
  mark: "Ac",
  ground: false,
  installed: true,
  light: "green",
  sentence: "Acme works",
  checks: [aCheck()],
  findings: [],
  ticks: [null, "green"],
  looksFor: ["~/.acme/acme.json"],
  ...over,
});

export const aSnapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  schemaVersion: 1,
  light: "green",
  sentence: "Everything works",
  at: T0,
  settling: false,
  stacks: [aStack()],
  notes: [],
  ...over,
});

/** Acme refuses its token: red, one root finding. */
export const aRedSnapshot = (over: Partial<Snapshot> = {}): Snapshot => {
  const stack = aStack({ light: "red", sentence: "Acme refuses the shared token", findings: [aFinding()] });
  return aSnapshot({ light: "red", sentence: "Acme refuses the shared token", stacks: [stack], ...over });
};

/** Acme's token was sent again, and it works. */
export const aRepair = (over: Partial<RepairRun> = {}): RepairRun => ({
  id: "r1",
  stack: "acme",
  code: "acme.auth.refused",
  remedy: "copy-token",
  title: "Send the configured token",
  risk: "safe",
  state: "ended",
  steps: [
    { index: 0, kind: "run-command", preview: "acme token --sync", state: "done", startedMs: T0, endedMs: T0 + 900, detail: "Exit code 0" },
    {
      index: 1,
      kind: "recheck",
      preview: "Ask Acme again",
      state: "done",
      startedMs: T0 + 900,
      endedMs: T0 + 1_000,
      detail: "200 in 3 ms",
    },
  ],
  startedMs: T0,
  endedMs: T0 + 1_000,
  before: { light: "red", sentence: "Acme refuses the shared token", at: T0 },
  after: { light: "green", sentence: "Acme works", at: T0 + 1_000 },
  outcome: "verified",
  progress: { trend: "better", sentence: "1 problem less" },
  sentence: "Repaired: Acme works",
  verifiedBy: ["Answers"],
  undo: "not-needed",
  ...over,
});

export type FakeApp = App & {
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  readonly started: () => boolean;
  readonly stopped: () => boolean;
  learn(value: string): void;
  /** Makes this the present state and tells every listener. */
  push(snapshot: Snapshot): void;
  tell<K extends EventName<AppContract>>(name: K, payload: Payload<AppContract[K]>): void;
};

export type FakeAppOptions = {
  readonly snapshot?: Snapshot;
  /** `start` never resolves, as when a probe hangs. */
  readonly hangs?: boolean;
  readonly handlers?: Partial<Handlers<AppContract>>;
};

/** An app with one stack called Acme. It keeps the contract; what it knows is given, not found out. */
export function fakeApp(options: FakeAppOptions = {}): FakeApp {
  const redactor = createRedactor();
  const calls: { name: string; input: unknown }[] = [];
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let present = options.snapshot ?? aSnapshot();
  let isStarted = false;
  let isStopped = false;

  const known = (stack: string): void => {
    if (!present.stacks.some((s) => s.id === stack)) throw new CallFailed("not-found", `There is no stack called ${stack}.`);
  };
  const deep = (stack: string, check: string): DeepRun => ({ stack, check, state: "done", text: "Nothing found", elapsedMs: 5 });
  const answers: Handlers<AppContract> = {
    getSnapshot: async () => present,
    explain: async ({ text }) => ({
      schemaVersion: 1,
      matches: /token mismatch/.test(text)
        ? [
            {
              code: "acme.auth.refused",
              symptoms: ["O10"],
              stack: "acme",
              confidence: 0.9,
              title: "Acme refuses the shared token",
              line: text.split("\n").find((line) => line.includes("token mismatch")) ?? "",
              runbook: "Compare both tokens.",
            },
          ]
        : [],
    }),
    listSymptoms: async () => ({
      schemaVersion: 1,
      symptoms: [{ id: "O10", codes: ["acme.auth.refused"], stacks: ["acme"], title: "The token is refused" }],
    }),
    previewPlan: async ({ stack, code, remedy }) => {
      known(stack);
      if (remedy !== "copy-token") throw new CallFailed("not-found", "That finding is gone.");
      return {
        code,
        remedy,
        title: "Send the configured token",
        risk: "safe",
        interrupts: "nothing",
        undo: "not needed",
        verify: "asks again",
        effects: [
          { effect: { do: "run-command", argv: ["acme", "token", "--sync"], envNames: [] }, preview: "acme token --sync", risk: "safe" },
          { effect: { do: "recheck", check: "live" }, preview: "Ask Acme again", risk: "safe" },
        ],
      };
    },
    previewOperation: async () => {
      throw new CallFailed("not-here", "Acme cannot be started or stopped here.");
    },
    getRepair: async () => aRepair(),
    listRepairs: async () => ({ running: [], interrupted: [], ended: [], intents: [] }),
    readJournal: async () => ({ lines: [], whole: true }),
    startRepair: async () => aRepair(),
    answerRepair: async () => aRepair(),
    cancelRepair: async () => aRepair({ outcome: "cancelled" }),
    undoRepair: async () => aRepair({ outcome: "undone", undo: "done" }),
    resumeRepair: async () => aRepair(),
    operateStack: async () => aRepair(),
    describeForCopy: async () => ({ text: present.sentence }),
    listDemos: async () => [{ id: "all-green", title: "Everything works" }],
    probeNow: async ({ stack }) => {
      if (stack !== undefined) known(stack);
      return present;
    },
    setAttention: async () => ({}),
    runDeep: async ({ stack, check }) => deep(stack, check),
    cancelDeep: async () => ({}),
    openDemo: async () => {
      throw new CallFailed("not-here", "This front cannot open a demo.");
    },
    ...options.handlers,
  };
  const recorded = Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      (input: never) => {
        calls.push({ name, input });
        return (answer as (given: never) => Promise<unknown>)(input);
      },
    ]),
  ) as Handlers<AppContract>;

  const tell: FakeApp["tell"] = (name, payload) => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never);
  };
  return {
    handlers: recorded,
    clean: (value) => redactor.deep(value),
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as (payload: never) => void));
      return () => void set.delete(listener as (payload: never) => void);
    },
    start: () => {
      isStarted = true;
      return options.hangs === true ? new Promise(() => {}) : Promise.resolve();
    },
    resumed: () => {},
    stop: async () => {
      isStopped = true;
    },
    calls,
    started: () => isStarted,
    stopped: () => isStopped,
    learn: (value) => redactor.learn(value, "planted value"),
    push(snapshot) {
      present = snapshot;
      tell("snapshotChanged", snapshot);
    },
    tell,
  };
}
