import { CallFailed } from "../../core/contract/errors.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { RepairRun } from "../../core/model/receipt.ts";
import type { AppClient } from "./app-client.ts";
import type { Call } from "./call.ts";
import { type Consent, consent } from "./consent.ts";
import { COULD_NOT_RUN, exitOfRun } from "./exit-code.ts";
import { followRepair } from "./follow-repair.ts";
import { createPage, type Page } from "./page.ts";
import { paintFor } from "./paint.ts";
import { printReceipt } from "./print-receipt.ts";
import { gateWords, printRepairPlan } from "./print-repair-plan.ts";
import { repairJson, runJson } from "./repair-json.ts";

/** A page for this terminal, written when it is full. */
export function tellPage({ terminal }: Call, fill: (page: Page) => void): void {
  const page = createPage(paintFor(terminal.hasColour), terminal.columns());
  fill(page);
  terminal.write(page.text());
}

export type PlanToRun = {
  readonly plan: Plan;
  readonly stack: string;
  /** What else could be done instead, for people. */
  readonly besides?: string;
  begin(confirmed: "once" | "twice"): Promise<RepairRun>;
  /** The exit code once it has ended (default: the light afterwards). */
  exit?(run: RepairRun): number;
};

/** Shows a plan and, with consent, runs it to its receipt. Resolves to the exit code. */
export async function carryOut(client: AppClient, call: Call, work: PlanToRun): Promise<number> {
  const { terminal, wish } = call;
  const { plan, stack } = work;
  const stay = (reason: string, code: number): number => {
    if (wish.json) terminal.write(repairJson(plan, { stack, reason }));
    else terminal.complain(`${reason}\n`);
    return code;
  };
  if (!wish.json)
    tellPage(call, (page) => {
      printRepairPlan(page, plan);
      if (work.besides !== undefined) page.line(2, page.paint.faint("or          "), work.besides);
    });
  if (wish.dryRun === true) {
    if (wish.json) terminal.write(repairJson(plan, { stack }));
    return 0;
  }
  if (plan.runnable === false) return stay("Nothing was run: every step of this plan is for a person.", COULD_NOT_RUN);
  const closed = gateWords(plan);
  if (closed !== undefined) return stay(`Nothing was run. ${closed}`, COULD_NOT_RUN);
  const given: Consent = await consent(plan, call);
  if (given.kind === "withheld") return stay(given.reason, COULD_NOT_RUN);
  let begun: RepairRun;
  try {
    begun = await work.begin(given.confirmed);
  } catch (error) {
    if (error instanceof CallFailed) return stay(error.message, COULD_NOT_RUN);
    throw error;
  }
  const { run, needs } = await followRepair(client, call, begun, plan);
  if (wish.json) terminal.write(repairJson(plan, { stack, run, reason: needs }));
  else
    tellPage(call, (page) => {
      page.blank();
      printReceipt(page, run);
    });
  if (needs === undefined) return (work.exit ?? exitOfRun)(run);
  if (!wish.json) terminal.complain(`${needs}\n`);
  return COULD_NOT_RUN;
}

/** Follows a repair that was begun without a plan to show, and prints its receipt. */
export async function finishRun(client: AppClient, call: Call, begun: RepairRun): Promise<RepairRun> {
  const { terminal, wish } = call;
  const { run, needs } = await followRepair(client, call, begun);
  if (wish.json) terminal.write(runJson(run));
  else tellPage(call, (page) => printReceipt(page, run));
  if (needs !== undefined) terminal.complain(`${needs}\n`);
  return run;
}
