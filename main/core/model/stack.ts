import type { z } from "zod";
import type { ProbeContext } from "../ports/index.ts";
import type { Check, Past } from "./check.ts";
import type { FindingKind, Raised, Risk } from "./finding.ts";
import type { Effect } from "./plan.ts";
import type { Signature } from "./signature.ts";
import type { RepairTarget } from "./target.ts";
import type { Scenario } from "./world.ts";

/** Facts gathered by this stack's checks, newest per check, read back with their type through the check itself. */
export type Facts = {
  /** Newest observation, or undefined when the check has not answered yet, threw, or is stale. */
  of<Seen>(check: Check<Seen>): Seen | undefined;
  /** Earlier observations of a check, oldest first, including the newest. */
  past<Seen>(check: Check<Seen>): readonly Past<Seen>[];
  readonly nowMs: number;
};

/** How a repair is described. `plan` must be pure; it is called again for every preview. */
export type Remedy = {
  readonly id: string;
  readonly title: string;
  readonly kind: "plan" | "wizard";
  readonly risk: Risk;
  readonly interrupts: string;
  readonly undo: string;
  readonly verify: string;
  plan(
    params: Readonly<Record<string, string | number>>,
  ): readonly { readonly effect: Effect; readonly preview: string; readonly risk: Risk }[];
};

/** A stack found on this machine: its checks bound to real paths and ports, and the knowledge that needs several facts at once. */
export type Installation = {
  readonly checks: readonly Check[];
  readonly remedies: readonly Remedy[];
  /** What repairs of this stack may restart; the first one is what "start", "stop" and "restart" of the stack mean. */
  readonly targets?: readonly RepairTarget[];
  /** Findings that no single check can raise alone. Pure. */
  diagnose(facts: Facts): readonly Raised[];
  /** The event lane: subscribes to closes and file changes and calls `context.nudge`. Returns the way to stop. Only used while watching. */
  watch?(context: ProbeContext): () => void;
};

export type StackDefinition<Settings extends z.ZodType> = {
  readonly id: string;
  readonly title: string;
  /** Two letters drawn where a logo would be. */
  readonly mark: string;
  /** True for the machine under the stacks: it is watched, but does not count as "a stack is installed". */
  readonly ground?: boolean;
  /** Where we looked, one line each, for the empty state. */
  readonly looksFor: readonly string[];
  readonly settings: Settings;
  readonly findings: readonly FindingKind[];
  readonly signatures: readonly Signature[];
  /** Invented systems with this stack on them, for the demo and for scenario tests. */
  readonly demos?: readonly Scenario[];
  /** Finds the stack where it really lives; null when it is not on this machine. Touches ports, changes nothing. */
  locate(settings: z.output<Settings>, context: ProbeContext): Promise<Installation | null>;
};

/** A stack whose settings type is erased, so that the engine needs no generics. */
export type Stack = Omit<StackDefinition<z.ZodType>, "locate" | "settings"> & {
  readonly settings: z.ZodType;
  /** Validates `raw` settings first; throws a ZodError for settings that do not fit. */
  locate(raw: unknown, context: ProbeContext): Promise<Installation | null>;
};

export function defineStack<S extends z.ZodType>(stack: StackDefinition<S>): Stack {
  return { ...stack, locate: async (raw, context) => stack.locate(stack.settings.parse(raw ?? {}), context) };
}
