import type { Handlers } from "../../main/core/contract/define.ts";
import type { AppContract } from "../../main/core/contract/index.ts";
import type { Plan } from "../../main/core/model/plan.ts";
import type { RepairRun } from "../../main/core/model/receipt.ts";
import { aRepair, T0 } from "./fake-app.ts";

/** Restarting Acme: interrupts work, one step to run and one to look. */
export const aPlan = (over: Partial<Plan> = {}): Plan => ({
  code: "acme.auth.refused",
  remedy: "copy-token",
  title: "Restart Acme with the configured token",
  risk: "disruptive",
  interrupts: "Two running turns, which will be resumed",
  undo: "A restart cannot be undone; nothing is lost by it",
  verify: "Acme answers and takes the token",
  effects: [
    {
      effect: { do: "service-unit", action: "restart", label: "org.acme.gateway" },
      preview: "Restart the gateway",
      risk: "disruptive",
      commands: [["launchctl", "kickstart", "-k", "gui/501/org.acme.gateway"]],
    },
    { effect: { do: "recheck", check: "live" }, preview: "Ask Acme again", risk: "safe" },
  ],
  gate: { kind: "open" },
  watchdogs: [],
  runnable: true,
  ...over,
});

export const closedGate = {
  kind: "closed",
  reason: "booting",
  sentence: "Not yet: Acme is booting, 84 s of a usual 190 s",
  retryAtMs: T0 + 106_000,
} as const;

/** A repair of Acme that has just begun. */
export const begun = (over: Partial<RepairRun> = {}): RepairRun => {
  const {
    after: _after,
    outcome: _outcome,
    endedMs: _ended,
    ...run
  } = aRepair({
    risk: "disruptive",
    state: "running",
    sentence: "Repairing",
    verifiedBy: [],
    steps: [
      { index: 0, kind: "service-unit", preview: "Restart the gateway", state: "running", startedMs: T0 },
      { index: 1, kind: "recheck", preview: "Ask Acme again", state: "waiting" },
    ],
    ...over,
  });
  return { ...run, ...over };
};

/** The same repair standing still before a person. */
export const asking = (question: NonNullable<RepairRun["question"]>): RepairRun => begun({ state: "asking", question });

type Handled = Pick<Handlers<AppContract>, "startRepair" | "operateStack" | "getRepair" | "answerRepair" | "cancelRepair">;

/** Handlers of a repair that goes through these frames, one per question put to it; it waits at a frame that asks. */
export function scriptedRepair(frames: readonly RepairRun[], cancelled: RepairRun = aRepair({ outcome: "cancelled" })): Handled {
  let at = 0;
  let isCancelled = false;
  const now = (): RepairRun => (isCancelled ? cancelled : (frames[Math.min(at, frames.length - 1)] ?? cancelled));
  const next = (): RepairRun => {
    at += 1;
    return now();
  };
  return {
    startRepair: async () => now(),
    operateStack: async () => now(),
    getRepair: async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return now().state === "asking" ? now() : next();
    },
    answerRepair: async ({ answer }) => {
      if (answer === "stop") isCancelled = true;
      return next();
    },
    cancelRepair: async () => {
      isCancelled = true;
      return now();
    },
  };
}
