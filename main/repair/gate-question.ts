import type { GateFacts } from "../core/engine/repair-gate.ts";
import type { ForeignWatchdog, Plan, PlannedEffect } from "../core/model/plan.ts";
import type { RepairTarget } from "../core/model/target.ts";
import type { ServiceReading } from "../core/ports/service-manager.ts";
import type { Site } from "./site.ts";
import { interruptedBy, isOurs } from "./touched-units.ts";

/** Why the gate is asked: for which finding of which stack, or because a person wants it. */
export type GateQuestion = {
  readonly site: Site;
  readonly code: string;
  /** The finding counts as a fact. A run was begun for one, whatever its own first steps did to it. */
  readonly confirmed: boolean;
  readonly personWants?: "running" | "stopped" | undefined;
  /** Before anything is interrupted, the plan changes what made it fail. */
  readonly curesCause: boolean;
};

/** What keeps the manager between two starts when the definition does not say, milliseconds. */
const usualThrottleMs = 10_000;
/** Layer of findings that lie with the provider; see `FindingKind`. */
const providerLayer = 9;

/** True when taking a definition up anew makes sense: the step itself writes it, or a person was asked to change it before. */
const takesUpAChange = ({ effect }: PlannedEffect, before: readonly PlannedEffect[]): boolean =>
  (effect.do === "run-command" && effect.rewrites === true) ||
  (effect.do === "service-unit" && effect.action === "reload" && before.some((one) => one.effect.do === "ask-person"));

/** True for a plan that changes something before it restarts anything, or while it does. */
export function curesCause(effects: readonly PlannedEffect[]): boolean {
  const first = effects.findIndex(({ effect }) => interruptedBy(effect) !== undefined);
  const interrupting = effects[first];
  if (interrupting === undefined) return false;
  const before = effects.slice(0, first);
  return (
    before.some(({ effect, risk }) => isOurs(effect) && (effect.do !== "run-command" || risk !== "safe")) ||
    takesUpAChange(interrupting, before)
  );
}

/** The question for a plan that is only shown. */
export const questionFor = (plan: Plan, site: Site, personWants?: "running" | "stopped"): GateQuestion => ({
  site,
  code: plan.code,
  confirmed: personWants !== undefined || site.present.findings.find(({ code }) => code === plan.code)?.state === "hard",
  personWants,
  curesCause: curesCause(plan.effects),
});

/** Every cause that is seen lies with the provider, so that nothing here can end it. */
function isProviderIncident({ present, kinds }: Site): boolean {
  const roots = present.findings.filter(({ root, light }) => root && (light === "red" || light === "amber"));
  const layer = new Map(kinds.map((kind) => [kind.code, kind.layer]));
  return roots.length > 0 && roots.every(({ code }) => layer.get(code) === providerLayer);
}

type Known = { readonly site: Site; readonly target: RepairTarget };

/**
 * A unit can work and still need a restart: for a finding that the newest look brought as well, such as a definition that changed, or
 * because a person asks for one. A finding that is only held until it is surely gone is no such reason.
 */
const isNeededAllTheSame = ({ site, code, personWants }: GateQuestion): boolean =>
  code === "operate.restart" || (personWants === undefined && site.sees(code));

export function gateFacts(given: {
  readonly about: GateQuestion;
  readonly label: string;
  readonly reading: ServiceReading;
  readonly watchdogs: readonly ForeignWatchdog[];
  readonly nowMs: number;
  readonly bootGraceMs: number;
  readonly known?: Known;
}): GateFacts {
  const { about, label, reading, watchdogs, nowMs, bootGraceMs, known } = given;
  const works = known?.target.works(known.site.facts);
  const throttle = reading.kind === "loaded" ? reading.throttleSeconds : undefined;
  return {
    nowMs,
    title: known?.target.title ?? label,
    confirmed: about.confirmed,
    code: about.code,
    works: works === true && isNeededAllTheSame(about) ? false : works,
    bootGraceMs,
    watchdogs,
    intent: known?.site.intent,
    // Every repair is begun by a person, and so outweighs what only looks like a stop on purpose; a stop that is on record it does not.
    personWants: about.personWants ?? (known?.site.intent?.wanted === "stopped" ? undefined : "running"),
    providerIncident: about.personWants === undefined && isProviderIncident(about.site),
    unitKnown: reading.kind !== "unknown",
    throttleMs: throttle === undefined ? usualThrottleMs : throttle * 1_000,
    curesCause: about.curesCause,
  };
}
