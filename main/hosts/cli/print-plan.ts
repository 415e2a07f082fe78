import type { RemedyRef } from "../../core/model/finding.ts";
import type { Effect, Plan } from "../../core/model/plan.ts";
import { quoteArgv } from "../../core/model/shell-words.ts";
import type { Page } from "./page.ts";

/** What a person would type or open to do this; null for what is only to be read. */
function typed(effect: Effect): string | null {
  switch (effect.do) {
    case "run-command":
      return quoteArgv(effect.argv);
    case "open-url":
      return effect.url;
    case "edit-file":
      return effect.path;
    default:
      return null;
  }
}

/** A remedy with its steps in order: what each is for, and the exact command on a line of its own. */
export function printPlan(page: Page, remedy: RemedyRef, plan: Plan | undefined): void {
  const { paint } = page;
  const interruption = plan === undefined || plan.risk === "safe" ? "" : ` It interrupts: ${plan.interrupts}`;
  page.line(4, paint.faint("do     "), `${remedy.title} (${remedy.risk}).${interruption}`);
  (plan?.effects ?? []).forEach(({ effect, preview }, i) => {
    page.line(11, `${i + 1}. `, preview);
    const line = typed(effect);
    if (line !== null && line !== preview) page.command(14, effect.do === "run-command" ? "$ " : "→ ", line);
  });
}
