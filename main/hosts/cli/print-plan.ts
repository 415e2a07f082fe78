import { commandsOf } from "../../core/model/effect-text.ts";
import type { RemedyRef } from "../../core/model/finding.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { Page } from "./page.ts";

/** A remedy with its steps in order: what each is for, and the exact command on a line of its own. */
export function printPlan(page: Page, remedy: RemedyRef, plan: Plan | undefined): void {
  const { paint } = page;
  const interruption = plan === undefined || plan.risk === "safe" ? "" : ` It interrupts: ${plan.interrupts}`;
  page.line(4, paint.faint("do     "), `${remedy.title} (${remedy.risk}).${interruption}`);
  (plan?.effects ?? []).forEach((planned, i) => {
    const { effect, preview } = planned;
    page.line(11, `${i + 1}. `, preview);
    for (const command of commandsOf(planned)) page.command(14, "$ ", command);
    if (effect.do === "open-url") page.command(14, "→ ", effect.url);
    for (const path of planned.touches ?? []) page.command(14, "→ ", path);
  });
}
