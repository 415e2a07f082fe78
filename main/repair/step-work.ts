import type { Effect } from "../core/model/plan.ts";
import type { ActingPorts, Ports } from "../core/ports/index.ts";
import type { RunningRepair } from "./running-repair.ts";
import type { Site } from "./site.ts";
import type { TargetBooks } from "./target-books.ts";

/** What came of a step. `output` is what a command or check said; it is cleaned and cut before it is kept. */
export type StepResult = { readonly state: "done" | "failed" | "skipped" | "cancelled"; readonly detail: string; readonly output?: string };

export type EffectOf<Kind extends Effect["do"]> = Extract<Effect, { do: Kind }>;

/** What a step is carried out with. */
export type StepWork = {
  readonly index: number;
  readonly repair: RunningRepair;
  readonly site: Site;
  readonly ports: Ports;
  readonly acting: ActingPorts;
  readonly books: TargetBooks;
  /** Shows what is going on; nothing is written down. */
  readonly progress: (text: string) => void;
  /** Writes down what is about to be changed; rejects when it cannot be written, and then nothing may be changed. */
  readonly writeDown: (what: string, facts: Readonly<Record<string, unknown>>) => Promise<void>;
  /** How long the unit that this run restarted may take to be ready again, milliseconds; 0 when it restarted none. */
  readonly bootMs: () => number;
};

export const done = (detail: string, output?: string): StepResult => ({
  state: "done",
  detail,
  ...(output === undefined ? {} : { output }),
});
export const failed = (detail: string, output?: string): StepResult => ({
  state: "failed",
  detail,
  ...(output === undefined ? {} : { output }),
});
export const cancelled: StepResult = { state: "cancelled", detail: "Cancelled" };
