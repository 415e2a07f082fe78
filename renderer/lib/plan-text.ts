import { commandsOf as commandsOfEffect, effectKind as kindOf } from "../../main/core/model/effect-text.ts";
import type { Effect, Plan } from "../../main/core/model/plan.ts";
import { sayLength } from "./ages.ts";

/** What kind of step an effect is, in the words above its box. */
export const effectKind = (effect: Effect): string => (effect.do === "wait" ? `Wait ${sayLength(effect.forMs)}` : kindOf(effect));

/** Every command of a plan, one per line, in order: what a person pastes into a terminal. */
export const commandsOf = (plan: Plan): string => plan.effects.flatMap(commandsOfEffect).join("\n");
