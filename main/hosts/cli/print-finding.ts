import type { Finding } from "../../core/model/finding.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { Page } from "./page.ts";
import { printPlan } from "./print-plan.ts";
import { sinceWords } from "./time-words.ts";

/** Plans of a stack's findings, by `code remedy`. */
export type Plans = ReadonlyMap<string, Plan>;
export const planKey = (code: string, remedy: string): string => `${code} ${remedy}`;

/**
 * A root finding in full: what, why we think so, what it is not, what follows from it, and what to do.
 * `shown` are remedies whose steps are on the page already; the same steps are not told twice.
 */
export function printFinding(page: Page, finding: Finding, plans: Plans, shown: Set<string>, atMs: number): void {
  const { paint } = page;
  const unsure = finding.state === "soft" ? " (not confirmed yet)" : "";
  page.line(2, `${paint.lamp(finding.light)} `, `${finding.title}${unsure}`, paint.strong);
  page.line(4, "", [...finding.symptoms, finding.code].join(" · "), paint.faint);
  page.line(4, "", finding.detail);
  for (const { source, text, at } of finding.evidence) {
    page.line(4, paint.faint("seen   "), `${source}: ${text} (${sinceWords(atMs - at)})`);
  }
  if (finding.ruledOut.length > 0) page.line(4, paint.faint("not    "), finding.ruledOut.join("; "));
  if (finding.followers.length > 0) page.line(4, paint.faint("causes "), finding.followers.join(", "));
  for (const remedy of finding.remedies) {
    if (shown.has(remedy.id)) {
      page.line(4, paint.faint("do     "), `${remedy.title} (${remedy.risk}), as above.`);
      continue;
    }
    shown.add(remedy.id);
    printPlan(page, remedy, plans.get(planKey(finding.code, remedy.id)));
  }
  const canRun = finding.remedies.some(({ id }) => plans.get(planKey(finding.code, id))?.runnable === true);
  if (canRun) page.command(4, paint.faint("run    "), `lamplighter repair ${finding.code}`);
}
