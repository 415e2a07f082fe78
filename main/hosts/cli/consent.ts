import type { Plan } from "../../core/model/plan.ts";
import type { Call } from "./call.ts";

export type Consent =
  | { readonly kind: "given"; readonly confirmed: "once" | "twice" }
  | { readonly kind: "withheld" /** What would be needed, for people. */; readonly reason: string };

const withheld = (reason: string): Consent => ({ kind: "withheld", reason: `Nothing was run. ${reason}` });
const isYes = (typed: string | null): boolean => /^(y|yes)$/i.test(typed?.trim() ?? "");

/** Whether somebody sits at a keyboard who can be asked; a program that reads JSON cannot. */
export const hasPerson = ({ terminal, wish }: Pick<Call, "terminal" | "wish">): boolean => terminal.inputIsKeyboard && !wish.json;

/**
 * Whether this plan may be run. Nothing is run without a yes; what destroys something takes a second one that cannot be given by
 * habit: a word of this very plan is typed, or `--yes=destructive` was.
 */
export async function consent(plan: Pick<Plan, "risk" | "interrupts" | "undo" | "remedy">, call: Call): Promise<Consent> {
  const { wish, terminal } = call;
  const isDestructive = plan.risk === "destructive";
  if (wish.yes === "twice") return { kind: "given", confirmed: "twice" };
  if (wish.yes === "once" && !isDestructive) return { kind: "given", confirmed: "once" };
  if (wish.yes === "once") return withheld("This plan destroys something, so it needs --yes=destructive.");
  if (!hasPerson(call))
    return withheld(
      `Nobody can be asked here, so this plan needs ${isDestructive ? "--yes=destructive" : "--yes"}; --dry-run only shows it.`,
    );
  const cost = plan.risk === "safe" ? "" : `It interrupts: ${plan.interrupts}\n`;
  if (!isYes(await terminal.ask(`\n${cost}Run this plan? [y/N] `))) return withheld("You did not say yes.");
  if (!isDestructive) return { kind: "given", confirmed: "once" };
  const typed = await terminal.ask(`This cannot be undone: ${plan.undo}\nTo go on, type ${plan.remedy}: `);
  return typed?.trim() === plan.remedy ? { kind: "given", confirmed: "twice" } : withheld("The word was not typed.");
}
