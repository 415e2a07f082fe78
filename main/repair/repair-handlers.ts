import type { Handlers } from "../core/contract/define.ts";
import { CallFailed } from "../core/contract/errors.ts";
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

const notHere = async (): Promise<never> => {
  throw new CallFailed("not-here", "This front cannot repair.");
};

/** The calls of the contract that are about repairs. */
export const repairHandlers = (repairs: Repairs): Pick<Handlers<AppContract>, RepairCall> => ({
  previewPlan: ({ stack, code, remedy }) => repairs.preview(stack, code, remedy),
  previewOperation: notHere,
  getRepair: notHere,
  listRepairs: async () => {
    const { running, interrupted, ended, intents } = await repairs.list();
    return { running: [...running], interrupted: [...interrupted], ended: [...ended], intents: [...intents] };
  },
  readJournal: async () => ({ lines: [], whole: true }),
  startRepair: notHere,
  answerRepair: notHere,
  cancelRepair: notHere,
  undoRepair: notHere,
  resumeRepair: notHere,
  operateStack: notHere,
});
