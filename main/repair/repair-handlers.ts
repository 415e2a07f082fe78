import type { Handlers } from "../core/contract/define.ts";
import type { AppContract } from "../core/contract/index.ts";
import type { LateRepairs } from "./late-repairs.ts";

type RepairCall =
  | "previewPlan"
  | "previewOperation"
  | "getRepair"
  | "listRepairs"
  | "readJournal"
  | "startRepair"
  | "answerRepair"
  | "cancelRepair"
  | "undoRepair"
  | "resumeRepair"
  | "operateStack";

/** The calls of the contract that are about repairs. */
export const repairHandlers = (late: LateRepairs): Pick<Handlers<AppContract>, RepairCall> => ({
  previewPlan: async ({ stack, code, remedy, brief }) => (await late.whole()).preview(stack, code, remedy, brief),
  previewOperation: async ({ stack, action }) => (await late.whole()).previewOperation(stack, action),
  getRepair: async ({ id, waitMs }) => (await late.whole()).runs.get(id, waitMs),
  listRepairs: async () => {
    const { running, interrupted, ended, intents } = await (await late.whole()).list();
    return { running: [...running], interrupted: [...interrupted], ended: [...ended], intents: [...intents] };
  },
  readJournal: async ({ limit }) => (await late.whole()).readJournal(limit),
  startRepair: async (wish) => (await late.whole()).start(wish),
  answerRepair: async ({ id, answer }) => (await late.whole()).runs.answer(id, answer),
  cancelRepair: async ({ id }) => (await late.whole()).runs.cancel(id),
  undoRepair: async ({ id, force }) => (await late.whole()).runs.undo(id, force),
  resumeRepair: async ({ id, how }) => (await late.whole()).runs.resume(id, how),
  operateStack: async ({ stack, action }) => (await late.whole()).operate(stack, action),
});
