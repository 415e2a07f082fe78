import type { Handlers } from "../core/contract/define.ts";
import type { AppContract } from "../core/contract/index.ts";
import type { Repairs } from "./repairs.ts";

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
export const repairHandlers = (repairs: Repairs): Pick<Handlers<AppContract>, RepairCall> => ({
  previewPlan: ({ stack, code, remedy, brief }) => repairs.preview(stack, code, remedy, brief),
  previewOperation: ({ stack, action }) => repairs.previewOperation(stack, action),
  getRepair: async ({ id, waitMs }) => repairs.runs.get(id, waitMs),
  listRepairs: async () => {
    const { running, interrupted, ended, intents } = await repairs.list();
    return { running: [...running], interrupted: [...interrupted], ended: [...ended], intents: [...intents] };
  },
  readJournal: ({ limit }) => repairs.readJournal(limit),
  startRepair: (wish) => repairs.start(wish),
  answerRepair: async ({ id, answer }) => repairs.runs.answer(id, answer),
  cancelRepair: async ({ id }) => repairs.runs.cancel(id),
  undoRepair: async ({ id, force }) => repairs.runs.undo(id, force),
  resumeRepair: async ({ id, how }) => repairs.runs.resume(id, how),
  operateStack: ({ stack, action }) => repairs.operate(stack, action),
});
