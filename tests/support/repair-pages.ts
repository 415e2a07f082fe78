import type { Handlers } from "../../main/core/contract/define.ts";
import type { AppContract } from "../../main/core/contract/index.ts";
import type { Plan } from "../../main/core/model/plan.ts";
import type { RepairRun, StepRecord } from "../../main/core/model/receipt.ts";
import { NIGHT, plan } from "./snapshots.ts";

const SECOND = 1_000;

const steps: readonly StepRecord[] = [
  {
    index: 0,
    kind: "run-command",
    preview: "See which kind of sign-in the gateway uses.",
    state: "done",
    startedMs: NIGHT - 34 * SECOND,
    endedMs: NIGHT - 32 * SECOND,
    detail: "Exit code 0",
    output: "token",
  },
  {
    index: 1,
    kind: "write-file",
    preview: "Take the second copy of the token out of the unit's environment.",
    state: "done",
    startedMs: NIGHT - 32 * SECOND,
    endedMs: NIGHT - 31.9 * SECOND,
    detail: "Replaced; the former 212 bytes are kept",
  },
  {
    index: 2,
    kind: "service-unit",
    preview: "Restart the gateway.",
    state: "running",
    startedMs: NIGHT - 31 * SECOND,
    detail: "Booting, 31 s of a usual 190 s",
  },
  { index: 3, kind: "recheck", preview: "Connect with the shared token.", state: "waiting" },
];

const withStep = (index: number, change: Partial<StepRecord>): StepRecord[] =>
  steps.map((step) => (step.index === index ? { ...step, ...change } : step));

/** A repair in its third of four steps. */
export const runningRun: RepairRun = {
  id: "m3k1-00aa",
  stack: "openclaw",
  code: "openclaw.auth.token-mismatch",
  remedy: "reinstall-unit",
  title: "Give both sides the same token",
  risk: "disruptive",
  state: "running",
  steps: [...steps],
  startedMs: NIGHT - 34 * SECOND,
  before: { light: "red", sentence: "OpenClaw rejects the shared token; 4 more follow", at: NIGHT - 35 * SECOND },
  sentence: "Give both sides the same token",
  verifiedBy: [],
  undo: "not-needed",
};

/** The same, standing still before a person. */
export const askingRun: RepairRun = {
  ...runningRun,
  state: "asking",
  steps: withStep(2, { state: "asking", detail: "Waiting for you" }),
  question: { kind: "do", step: 2, text: "Open the gateway's window on the other machine and press “Allow”." },
};

const doneSteps = steps.map(
  (step): StepRecord => ({
    ...step,
    state: "done",
    startedMs: NIGHT - 31 * SECOND,
    endedMs: NIGHT - SECOND,
    detail: step.detail ?? "Answered hello-ok",
  }),
);

/** The same at its end, proved. */
export const receiptRun: RepairRun = {
  ...runningRun,
  state: "ended",
  steps: doneSteps,
  endedMs: NIGHT,
  after: { light: "green", sentence: "OpenClaw works", at: NIGHT },
  outcome: "verified",
  sentence: "OpenClaw works, and took the shared token twice.",
  verifiedBy: ["Connection with the shared token", "Channels"],
  undo: "available",
};

/** The same, stopped by a step that failed. */
export const failedRun: RepairRun = {
  ...receiptRun,
  id: "m3k1-00bb",
  steps: withStep(2, {
    state: "failed",
    endedMs: NIGHT,
    detail: "Exit code 1",
    output: "Error: the unit file is not writable\n  at install",
  }).map((step) => (step.index === 3 ? { ...step, state: "cancelled" } : step)),
  after: { light: "red", sentence: "OpenClaw rejects the shared token; 4 more follow", at: NIGHT },
  outcome: "failed",
  sentence: "Stopped at step 3 of 4: exit code 1. The changed files can be put back.",
  verifiedBy: [],
};

/** The same, cut off in its third step. */
export const cutRun: RepairRun = { ...runningRun, id: "m3k1-00cc", undo: "available" };

/** A plan whose gate is shut for another 106 s, with somebody else at work on the same unit. */
export const closedPlan: Plan = {
  ...plan,
  runnable: true,
  gate: {
    kind: "closed",
    reason: "booting",
    sentence: "Not yet: the gateway is booting, 84 s of a usual 190 s",
    retryAtMs: NIGHT + 106 * SECOND,
  },
  watchdogs: [
    { kind: "cron-line", name: "crontab line 4", evidence: "*/5 * * * * /home/ada/bin/restart-if-down gateway" },
    {
      kind: "systemd-timer",
      name: "gateway-guard.timer",
      path: "/home/ada/.config/systemd/user/gateway-guard.timer",
      evidence: "starts the same unit",
    },
  ],
};
export const openPlan: Plan = { ...plan, runnable: true, gate: { kind: "open" }, watchdogs: [] };
export const destructivePlan: Plan = {
  ...openPlan,
  title: "Clear the broken sessions",
  remedy: "clear-sessions",
  risk: "destructive",
  undo: "The conversations in these sessions are lost for good.",
};

type Lists = Awaited<ReturnType<Handlers<AppContract>["listRepairs"]>>;

/** Answers of a core with these repairs. */
export const withRepairs = (over: Partial<Lists> = {}): Pick<Handlers<AppContract>, "listRepairs" | "getRepair"> => {
  const lists: Lists = { running: [], interrupted: [], ended: [], intents: [], ...over };
  const all = [...lists.running, ...lists.interrupted, ...lists.ended];
  return { listRepairs: async () => lists, getRepair: async ({ id }) => all.find((run) => run.id === id) ?? receiptRun };
};

export const stoppedByAda = { stack: "openclaw", wanted: "stopped", by: "ada", at: NIGHT - 180 * SECOND } as const;
export const journalLines = [
  {
    seq: 1,
    at: NIGHT - 34 * SECOND,
    what: "repair-started",
    facts: { repair: runningRun.id, title: runningRun.title, code: runningRun.code },
  },
  {
    seq: 2,
    at: NIGHT - 31 * SECOND,
    what: "step-started",
    facts: { step: "3", preview: "Restart the gateway.", commands: "systemctl --user restart openclaw-gateway.service" },
  },
  { seq: 3, at: NIGHT, what: "repair-ended", facts: { repair: runningRun.id, outcome: "verified", sentence: "OpenClaw works" } },
];
