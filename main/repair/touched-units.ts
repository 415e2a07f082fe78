import type { Effect, ServiceAction } from "../core/model/plan.ts";

const starting: ReadonlySet<ServiceAction> = new Set(["load", "reload", "start", "restart"]);

/** systemd takes a bare name for that of a service. */
export const bareUnit = (label: string): string => label.replace(/\.service$/, "");
export const sameUnit = (one: string, other: string): boolean => bareUnit(one) === bareUnit(other);

/** Label of the service unit that an effect starts or restarts. */
export function startedBy(effect: Effect): string | undefined {
  if (effect.do === "run-command") return effect.restarts;
  return effect.do === "service-unit" && starting.has(effect.action) ? effect.label : undefined;
}

/** Label of the service unit whose work an effect interrupts or begins: such an effect must pass the unit's gate. */
export function interruptedBy(effect: Effect): string | undefined {
  return effect.do === "service-unit" && effect.action === "stop" ? effect.label : startedBy(effect);
}

/** Whether an effect changes something by our hand; the others only look, wait, or are for a person. */
export const isOurs = ({ do: kind }: Effect): boolean => !["open-url", "ask-person", "wait", "recheck"].includes(kind);

/** Labels in the order in which a plan first interrupts them. */
export const unitsOf = (effects: readonly { readonly effect: Effect }[]): readonly string[] => [
  ...new Set(effects.flatMap(({ effect }) => interruptedBy(effect) ?? [])),
];
