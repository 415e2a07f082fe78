import { CallFailed } from "../core/contract/errors.ts";
import { objectionTo } from "../core/engine/effect-guard.ts";
import type { Effect, Plan, PlannedEffect } from "../core/model/plan.ts";
import type { ActingPorts } from "../core/ports/index.ts";
import { sealOf } from "./seal-of.ts";
import type { FoundRemedy } from "./site.ts";
import { isOurs } from "./touched-units.ts";

/** The plan of a remedy as the stack words it. */
export function planOf(code: string, { remedy, params }: FoundRemedy): Plan {
  const { id, title, risk, interrupts, undo, verify } = remedy;
  return { code, remedy: id, title, risk, interrupts, undo, verify, effects: [...remedy.plan(params)] };
}

/** Absolute paths that an effect changes. */
function touches(effect: Effect): readonly string[] {
  switch (effect.do) {
    case "copy-file":
      return [effect.to];
    case "write-file":
    case "remove-file":
    case "set-mode":
      return [effect.path];
    default:
      return [];
  }
}

async function complete(planned: PlannedEffect, acting: ActingPorts | undefined): Promise<PlannedEffect> {
  const { effect } = planned;
  const paths = touches(effect);
  const commands =
    effect.do === "service-unit" && acting?.control !== undefined
      ? await acting.control.commands(effect.action, effect.label)
      : planned.commands;
  return {
    ...planned,
    ...(paths.length === 0 ? {} : { touches: [...paths] }),
    ...(commands === undefined ? {} : { commands: commands.map((argv) => [...argv]) }),
  };
}

/**
 * Completes a plan with what will be run and changed to the letter. Refuses the whole plan when one value in it is not what it should
 * be: values come from files and programs of others.
 */
export async function preparePlan(plan: Plan, acting: ActingPorts | undefined): Promise<Plan> {
  for (const [index, { effect }] of plan.effects.entries()) {
    const objection = objectionTo(effect);
    if (objection !== undefined)
      throw new CallFailed("refused", `Step ${index + 1} of this plan is not carried out, because ${objection}.`);
  }
  const effects = await Promise.all(plan.effects.map((planned) => complete(planned, acting)));
  return { ...plan, effects, seal: sealOf(plan), runnable: acting !== undefined && effects.some(({ effect }) => isOurs(effect)) };
}
