import { CallFailed } from "../core/contract/errors.ts";
import type { Plan } from "../core/model/plan.ts";
import type { Intent, RepairRun } from "../core/model/receipt.ts";
import type { FoundRemedy } from "../stack-watch.ts";

export type RepairsOptions = {
  /** A remedy of a present finding with what it is about, or undefined when either is not there. Throws for an unknown stack. */
  readonly find: (stack: string, code: string, remedy: string) => FoundRemedy | undefined;
};

export type RepairLists = {
  readonly running: readonly RepairRun[];
  readonly interrupted: readonly RepairRun[];
  readonly ended: readonly RepairRun[];
  readonly intents: readonly Intent[];
};

/** Everything that changes something: plans, their runs, and what became of them. */
export class Repairs {
  private readonly options: RepairsOptions;

  constructor(options: RepairsOptions) {
    this.options = options;
  }

  async preview(stack: string, code: string, remedyId: string): Promise<Plan> {
    const found = this.options.find(stack, code, remedyId);
    if (found === undefined) throw new CallFailed("not-found", "That finding is gone, or has no such remedy. Check again.");
    const { id, title, risk, interrupts, undo, verify } = found.remedy;
    return { code, remedy: id, title, risk, interrupts, undo, verify, effects: [...found.remedy.plan(found.params)] };
  }

  async list(): Promise<RepairLists> {
    return { running: [], interrupted: [], ended: [], intents: [] };
  }
}
