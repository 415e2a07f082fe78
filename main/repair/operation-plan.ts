import type { Plan, PlannedEffect, ServiceAction } from "../core/model/plan.ts";
import type { RepairTarget } from "../core/model/target.ts";
import type { ServiceReading } from "../core/ports/service-manager.ts";

export type Operation = "start" | "stop" | "restart";

type Words = Pick<Plan, "title" | "risk" | "interrupts" | "undo" | "verify">;

const words: Readonly<Record<Operation, (title: string) => Words>> = {
  start: (title) => ({
    title: `Start ${title}`,
    risk: "safe",
    interrupts: "Nothing: it does not run now",
    undo: "Stop it again",
    verify: "It runs, and what proves that it works is green twice",
  }),
  stop: (title) => ({
    title: `Stop ${title}`,
    risk: "disruptive",
    interrupts: "Everything it does, until somebody starts it again",
    undo: "Start it again",
    verify: "Its service unit no longer runs",
  }),
  restart: (title) => ({
    title: `Restart ${title}`,
    risk: "disruptive",
    interrupts: "Everything it does, until it has started again",
    undo: "A restart cannot be undone",
    verify: "It runs, and what proves that it works is green twice",
  }),
};

/** A unit that the manager does not know yet is loaded, which starts it. */
const actionFor = (operation: Operation, reading: ServiceReading): ServiceAction =>
  operation !== "stop" && reading.kind === "not-loaded" ? "load" : operation;

/** The built-in plan for what a person wants of a stack: one action on its first target. */
export function operationPlan(operation: Operation, target: RepairTarget, reading: ServiceReading): Plan {
  const described = words[operation](target.title);
  const effects: PlannedEffect[] = [
    {
      effect: { do: "service-unit", action: actionFor(operation, reading), label: target.label },
      preview: described.title,
      risk: described.risk,
    },
  ];
  return { code: `operate.${operation}`, remedy: operation, ...described, effects };
}
