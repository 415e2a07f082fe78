import { count, span } from "../../core/engine/words.ts";
import { commandsOf, effectKind } from "../../core/model/effect-text.ts";
import type { Effect, Plan, PlannedEffect } from "../../core/model/plan.ts";
import type { Page } from "./page.ts";
import { clockWords } from "./time-words.ts";

const riskWords = { safe: "interrupts nothing", disruptive: "interrupts work", destructive: "cannot be undone" } as const;

const kindOf = (effect: Effect): string => (effect.do === "wait" ? `Wait up to ${span(effect.forMs)}` : effectKind(effect));

/** What the effect itself says beyond its preview. */
function printParticulars(page: Page, { effect, preview }: PlannedEffect): void {
  const { faint } = page.paint;
  const say = (lead: string, text: string): void => page.line(5, faint(lead.padEnd(9)), text);
  if (effect.do === "run-command") {
    if (effect.cwd !== undefined) page.command(5, faint("folder   "), effect.cwd);
    if (effect.envNames.length > 0) say("needs", `${effect.envNames.join(", ")} from the environment (values are never shown)`);
    if (effect.restarts !== undefined) say("restarts", effect.restarts);
  }
  if (effect.do === "open-url") page.command(5, "→ ", effect.url);
  if (effect.do === "ask-person" && effect.instruction !== preview) say("you", effect.instruction);
  if (effect.do === "wait") {
    if (effect.reason !== preview) say("because", effect.reason);
    if (effect.until !== undefined) say("until", `${effect.until} is green`);
  }
  if (effect.do === "recheck") say("check", effect.check);
  if (effect.do === "write-file") {
    const lines = effect.text.replace(/\n$/, "").split("\n");
    say("text", count(lines.length, "line"));
    for (const line of lines) page.command(7, faint("| "), line);
  }
}

function printStep(page: Page, planned: PlannedEffect, number: number): void {
  const { faint } = page.paint;
  const { effect, preview, risk } = planned;
  const mark = risk === "safe" ? "" : ` (${riskWords[risk]})`;
  page.line(2, `${number}. `, `${preview}${mark}`);
  if (kindOf(effect) !== preview) page.line(5, "", kindOf(effect), faint);
  for (const command of commandsOf(planned)) page.command(5, "$ ", command);
  for (const path of planned.touches ?? []) page.command(5, faint("changes  "), path);
  printParticulars(page, planned);
}

/** Why it may not start now and when to ask again, or nothing while the way is free. */
export function gateWords({ gate }: Plan): string | undefined {
  if (gate?.kind !== "closed") return undefined;
  const sentence = gate.sentence.replace(/\.$/, "");
  return gate.retryAtMs === undefined ? `${sentence}.` : `${sentence}. Ask again after ${clockWords(gate.retryAtMs)}.`;
}

/** A plan in full, as it would be run: what it interrupts, how to undo it, its proof, and every exact step. */
export function printRepairPlan(page: Page, plan: Plan): void {
  const { paint } = page;
  page.line(0, "", `${plan.title} (${riskWords[plan.risk]})`, paint.strong);
  page.line(2, "", plan.code, paint.faint);
  page.line(2, paint.faint("interrupts  "), plan.interrupts);
  page.line(2, paint.faint("undo        "), plan.undo);
  page.line(2, paint.faint("proof       "), plan.verify);
  const closed = gateWords(plan);
  if (closed !== undefined) page.line(2, paint.lit("amber", "gate        "), closed);
  else if (plan.gate !== undefined) page.line(2, paint.faint("gate        "), "open");
  for (const { name, path, evidence } of plan.watchdogs ?? []) {
    page.line(
      2,
      paint.lit("amber", "also here   "),
      `${name}${path === undefined ? "" : ` (${path})`} restarts the same thing: ${evidence}`,
    );
  }
  page.blank();
  plan.effects.forEach((planned, i) => {
    printStep(page, planned, i + 1);
  });
  if (plan.runnable !== false) return;
  page.blank();
  page.line(2, "", "Every step is for you; there is nothing here for Lamplighter to run.");
}
