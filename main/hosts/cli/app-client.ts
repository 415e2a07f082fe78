import { setTimeout as delay } from "node:timers/promises";
import type { App } from "../../app.ts";
import { type Client, createClient } from "../../core/contract/define.ts";
import { type AppContract, contract } from "../../core/contract/index.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { Snapshot } from "../../core/model/snapshot.ts";
import { appTransport } from "../app-transport.ts";
import { type AppRequest, type Call, Unable } from "./call.ts";
import { planKey } from "./print-finding.ts";
import type { PlansByStack } from "./print-snapshot.ts";
import { didYouMean } from "./suggest.ts";

export type AppClient = Client<AppContract>;

/** The same typed client that the page uses, without a wire between. */
export const clientOf = (app: App): AppClient => createClient(contract, appTransport(app));

/** Refuses a stack id that is not in the catalogue, before anything is probed. */
export async function requireStack({ wish, surroundings }: Call): Promise<void> {
  if (wish.stack === undefined) return;
  const known = (await surroundings.stacks()).map((stack) => stack.id);
  if (known.includes(wish.stack)) return;
  throw new Unable(`There is no stack ${wish.stack}.${didYouMean(wish.stack, known)} Known are: ${known.join(", ")}.`);
}

/** An app for this call, limited to the stack that was asked for. */
export async function openApp(call: Call, mode: AppRequest["mode"]): Promise<App> {
  await requireStack(call);
  const { stack } = call.wish;
  return call.surroundings.openApp({ mode, ...(stack === undefined ? {} : { only: stack }) });
}

/** Waits for something, but never longer than `ms` and never past the end of the program. True when it came in time. */
export async function within(ms: number, ended: AbortSignal, awaited: Promise<unknown>): Promise<boolean> {
  const enough = new AbortController();
  const signal = AbortSignal.any([ended, enough.signal]);
  try {
    const late = delay(ms, false, { signal }).catch(() => false);
    return await Promise.race([awaited.then(() => true), late]);
  } finally {
    enough.abort();
  }
}

/** Previews of the remedies of every root finding; a preview that is refused is left out. */
export async function previewPlans(client: AppClient, snapshot: Snapshot): Promise<PlansByStack> {
  const perStack = snapshot.stacks.map(async (stack) => {
    const wanted = stack.findings.filter((f) => f.root).flatMap((f) => f.remedies.map((remedy) => ({ code: f.code, remedy: remedy.id })));
    const plans = wanted.map(async ({ code, remedy }): Promise<readonly (readonly [string, Plan])[]> => {
      try {
        return [[planKey(code, remedy), await client.previewPlan({ stack: stack.id, code, remedy, brief: true })]];
      } catch {
        return [];
      }
    });
    return [stack.id, new Map((await Promise.all(plans)).flat())] as const;
  });
  return new Map(await Promise.all(perStack));
}
