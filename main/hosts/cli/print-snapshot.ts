import { byWorst } from "../../core/model/light.ts";
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
  page.row(2, `${paint.lamp(check.light)} `, `${check.title}${gap}  ${check.working ? "asking… " : ""}${check.summary}${age}`);
}

/** Notes drive no light; those that say the same are told together. */
function printNotes(page: Page, notes: readonly CheckState[]): void {
  const together = Map.groupBy(notes, (check) => check.summary);
  for (const [summary, checks] of together) {
    page.line(2, page.paint.faint("· "), `${checks.map((check) => check.title).join(", ")}: ${summary}`, page.paint.faint);
  }
}

function printStack(page: Page, stack: StackState, plans: Plans, atMs: number): void {
  const { paint } = page;
  const roots = stack.findings.filter((f) => f.root);
  // The findings below say more than the sentence, which is the first finding's title again.
  const heading =
    roots.length > 0 ? stack.title : stack.sentence.includes(stack.title) ? stack.sentence : `${stack.title}: ${stack.sentence}`;
  page.blank();
  page.line(0, `${paint.lamp(stack.light)} `, heading, paint.strong);
  const shown = new Set<string>();
  for (const finding of roots) printFinding(page, finding, plans, shown, atMs);
  const folded = new Set(roots.flatMap((f) => f.followers));
  for (const finding of stack.findings.filter((f) => !f.root && !folded.has(f.code))) {
    page.row(2, `${paint.lamp(finding.light)} `, `${finding.title} (${finding.code})`);
  }
  const lamps = stack.checks.filter((check) => check.lane === "poll" && check.drivesLight);
  const titleWidth = Math.min(32, Math.max(0, ...lamps.map((check) => widthOf(check.title))));
  for (const check of [...lamps].sort((a, b) => byWorst(a.light, b.light))) printCheck(page, check, titleWidth);
  printNotes(
    page,
    stack.checks.filter((check) => check.lane === "poll" && !check.drivesLight),
  );
}

/** The whole state, worst first; `plans` are those of the root findings. */
export function printSnapshot(page: Page, snapshot: Snapshot, plans: PlansByStack): void {
  const { paint } = page;
  printLight(page, snapshot);
  page.line(2, "", `checked at ${clockWords(snapshot.at)}${snapshot.settling ? ", some answers are still missing" : ""}`, paint.faint);
  for (const note of snapshot.notes) page.line(2, paint.lit("amber", "! "), note);
  const here = snapshot.stacks.filter((s) => s.installed);
  const inOrder = [...here].sort((a, b) => byWorst(a.light, b.light) || Number(a.ground) - Number(b.ground));
  for (const stack of inOrder) printStack(page, stack, plans.get(stack.id) ?? new Map(), snapshot.at);
  const missing = snapshot.stacks.filter((s) => !s.installed && !s.ground);
  if (missing.length === 0) return;
  page.blank();
  page.line(0, "", `Not found ${snapshot.settling ? "so far" : "here"}: ${missing.map((s) => s.title).join(", ")}`, paint.faint);
  if (here.some((s) => !s.ground)) return;
  for (const stack of missing) page.line(2, "", `${stack.title} would be at: ${stack.looksFor.join("; ")}`, paint.faint);
}
