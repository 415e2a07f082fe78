import type { CheckState, Snapshot, StackState } from "../../core/model/snapshot.ts";
import type { Page } from "./page.ts";
import { type Plans, printFinding } from "./print-finding.ts";
import { widthOf } from "./printable.ts";
import { clockWords, sinceWords } from "./time-words.ts";

/** Plans to show, by stack id. */
export type PlansByStack = ReadonlyMap<string, Plans>;

/** The light and the sentence: the one line that must always be there. */
export function printLight(page: Page, snapshot: Snapshot): void {
  const { paint } = page;
  const name = snapshot.demo === undefined ? "" : ` [demo: ${snapshot.demo}]`;
  page.line(0, `${paint.lamp(snapshot.light)} `, `${snapshot.light}: ${snapshot.sentence}${name}`, paint.strong);
}

function printCheck(page: Page, check: CheckState, titleWidth: number): void {
  const { paint } = page;
  const gap = " ".repeat(Math.max(0, titleWidth - widthOf(check.title)));
  const age = check.ageMs !== undefined && check.ageMs >= 2_000 ? ` · ${sinceWords(check.ageMs)}` : "";
  const lamp = check.drivesLight ? paint.lamp(check.light) : paint.faint("·");
  const lead = `${lamp} `;
  page.row(2, lead, `${check.title}${gap}  ${check.working ? "asking… " : ""}${check.summary}${age}`);
}

function printStack(page: Page, stack: StackState, plans: Plans, atMs: number): void {
  const { paint } = page;
  const roots = stack.findings.filter((f) => f.root);
  // The findings below say more than the sentence, which is the first finding's title again.
  const heading = roots.length > 0 || stack.sentence.includes(stack.title) ? "" : `: ${stack.sentence}`;
  page.blank();
  page.line(
    0,
    `${paint.lamp(stack.light)} `,
    roots.length === 0 && heading === "" ? stack.sentence : `${stack.title}${heading}`,
    paint.strong,
  );
  for (const finding of roots) printFinding(page, finding, plans, atMs);
  const folded = new Set(roots.flatMap((f) => f.followers));
  for (const finding of stack.findings.filter((f) => !f.root && !folded.has(f.code))) {
    page.row(2, `${paint.lamp(finding.light)} `, `${finding.title} (${finding.code})`);
  }
  const polled = stack.checks.filter((check) => check.lane === "poll");
  const titleWidth = Math.min(32, Math.max(0, ...polled.map((check) => widthOf(check.title))));
  for (const check of polled) printCheck(page, check, titleWidth);
}

/** The whole state, worst first; `plans` are those of the root findings. */
export function printSnapshot(page: Page, snapshot: Snapshot, plans: PlansByStack): void {
  const { paint } = page;
  printLight(page, snapshot);
  page.line(2, "", `checked at ${clockWords(snapshot.at)}${snapshot.settling ? ", some answers are still missing" : ""}`, paint.faint);
  for (const note of snapshot.notes) page.line(2, paint.lit("amber", "! "), note);
  const here = snapshot.stacks.filter((s) => s.installed);
  for (const stack of here) printStack(page, stack, plans.get(stack.id) ?? new Map(), snapshot.at);
  const missing = snapshot.stacks.filter((s) => !s.installed && !s.ground);
  if (missing.length === 0) return;
  page.blank();
  page.line(0, "", `Not found here: ${missing.map((s) => s.title).join(", ")}`, paint.faint);
  if (here.some((s) => !s.ground)) return;
  for (const stack of missing) page.line(2, "", `${stack.title} would be at: ${stack.looksFor.join("; ")}`, paint.faint);
}
