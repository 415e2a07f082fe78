import { setTimeout as delay } from "node:timers/promises";
import { REPAIR_WAIT_LIMIT } from "../../core/contract/index.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { RepairRun } from "../../core/model/receipt.ts";
import type { AppClient } from "./app-client.ts";
import type { Call } from "./call.ts";
import { hasPerson } from "./consent.ts";
import { createPage } from "./page.ts";
import { paintFor } from "./paint.ts";
import { stepMarks } from "./print-receipt.ts";

type Question = NonNullable<RepairRun["question"]>;
type Answer = "done" | "skip" | "stop";

/** A moment for an answer to be taken in, milliseconds. */
const TAKE_IN_MS = 50;

/** True when the printed plan named exactly this process: then a yes to the plan was a yes to it. */
function wasNamed(plan: Plan | undefined, { step, text }: Question): boolean {
  const effect = plan?.effects[step]?.effect;
  return effect?.do === "end-process" && text.includes(`${effect.name} (process ${effect.pid}`);
}

const choices: Readonly<Record<Question["kind"], string>> = {
  do: "[d] done, [l] leave this step out, [s] stop here: ",
  confirm: "[y] yes, do it, [l] leave this step out, [s] stop here: ",
};
const meanings: Readonly<Record<string, Answer>> = {
  d: "done",
  done: "done",
  y: "done",
  yes: "done",
  l: "skip",
  leave: "skip",
  s: "stop",
  stop: "stop",
};

/** Asks until the answer is one of those offered; null when nobody is there any more. */
async function askPerson({ terminal }: Call, { kind, step, text }: Question, over: AbortSignal): Promise<Answer | null> {
  const words = `\nStep ${step + 1}: ${text}\n${choices[kind]}`;
  for (let typed = await terminal.ask(words, over); typed !== null; typed = await terminal.ask(choices[kind], over)) {
    const answer = meanings[typed.trim().toLowerCase()];
    if (answer !== undefined) return answer;
  }
  return null;
}

/** Prints each step once when it begins and once when it is over, and what is said in between. */
function progressPrinter({ terminal, wish }: Call): (run: RepairRun) => void {
  let told = new Map<number, string>();
  let sentence = "";
  return (run) => {
    if (wish.json) return;
    const page = createPage(paintFor(terminal.hasColour), terminal.columns());
    const now = new Map(run.steps.map((step) => [step.index, `${step.state} ${step.detail ?? ""}`]));
    for (const step of run.steps) {
      if (told.get(step.index) === now.get(step.index) || step.state === "waiting" || step.state === "asking") continue;
      page.line(
        0,
        `${stepMarks[step.state]} ${step.index + 1}/${run.steps.length} `,
        step.detail === undefined ? step.preview : `${step.preview}: ${step.detail}`,
      );
    }
    if (run.state === "verifying" && run.sentence !== sentence) page.line(0, "… ", run.sentence);
    ({ sentence } = run);
    told = now;
    if (page.lines.length > 0) terminal.write(page.text());
  };
}

/** `needs`: the step that only a person could answer, when nobody was there; the run was stopped at it. */
export type Followed = { readonly run: RepairRun; readonly needs?: string };

/**
 * Stays with a repair until it has ended: tells what happens, passes questions to the person, and cancels it when the program is to
 * end. `plan` is what was shown before.
 */
export async function followRepair(client: AppClient, call: Call, first: RepairRun, plan?: Plan): Promise<Followed> {
  const { terminal, wish } = call;
  const { id } = first;
  const tell = progressPrinter(call);
  const cancel = (): void => void client.cancelRepair({ id }).catch(() => {});
  const answered = new Set<string>();
  let needs: string | undefined;
  const silence = client.on("repairProgress", (run) => {
    if (run.id === id) tell(run);
  });
  const decide = async (question: Question): Promise<Answer> => {
    if (question.kind === "confirm" && (wish.yes === "twice" || (wish.yes === "once" && wasNamed(plan, question)))) return "done";
    const answer = hasPerson(call) ? await askPerson(call, question, new AbortController().signal) : null;
    if (answer === null && !terminal.ended.aborted) needs = `Step ${question.step + 1} needs a person: ${question.text}`;
    return answer ?? "stop";
  };
  if (terminal.ended.aborted) cancel();
  else terminal.ended.addEventListener("abort", cancel, { once: true });
  try {
    let run = first;
    while (run.state !== "ended") {
      tell(run);
      const { question } = run;
      const key = JSON.stringify(question);
      if (run.state === "asking" && question !== undefined && !answered.has(key)) {
        answered.add(key);
        run = await client.answerRepair({ id, answer: await decide(question) });
        continue;
      }
      // What was answered a moment ago may still be told as asked.
      if (run.state === "asking") await delay(TAKE_IN_MS);
      run = await client.getRepair({ id, waitMs: REPAIR_WAIT_LIMIT });
    }
    tell(run);
    return needs === undefined ? { run } : { run, needs };
  } finally {
    silence();
    terminal.ended.removeEventListener("abort", cancel);
  }
}
