import type { Effect, Plan } from "../../main/core/model/plan.ts";
import { quoteArgv } from "../../main/core/model/shell-words.ts";
import { sayLength } from "./ages.ts";

/** The part of an effect that can be pasted somewhere, or null when it is only for reading. */
export function pasteable(effect: Effect): string | null {
  switch (effect.do) {
    case "run-command":
      return quoteArgv(effect.argv);
    case "edit-file":
      return effect.change;
    case "open-url":
      return effect.url;
    default:
      return null;
  }
}

/** What kind of step an effect is, in the words above its box. */
export function effectKind(effect: Effect): string {
  switch (effect.do) {
    case "run-command":
      return "Run";
    case "edit-file":
      return `Change ${effect.path}`;
    case "open-url":
      return "Open";
    case "ask-person":
      return "Do by hand";
    case "wait":
      return `Wait ${sayLength(effect.forMs)}`;
    case "recheck":
      return "Check again";
  }
}

/** Every command of a plan, one per line, in order: what a person pastes into a terminal. */
export const commandsOf = (plan: Plan): string =>
  plan.effects.flatMap(({ effect }) => (effect.do === "run-command" ? [quoteArgv(effect.argv)] : [])).join("\n");
