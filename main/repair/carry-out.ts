import { objectionTo } from "../core/engine/effect-guard.ts";
import { plain } from "../core/engine/plain.ts";
import { span } from "../core/engine/words.ts";
import type { Effect, GateAnswer, PlannedEffect } from "../core/model/plan.ts";
import { changeFile } from "./file-step.ts";
import { curesCause } from "./gate-question.ts";
import { askPerson } from "./person-step.ts";
import { endProcess } from "./process-step.ts";
import { recheck } from "./recheck-step.ts";
import { runCommand } from "./run-command-step.ts";
import { cancelled, failed, type StepResult, type StepWork } from "./step-work.ts";
import { interruptedBy, sameUnit, startedBy } from "./touched-units.ts";
import { actOnUnit } from "./unit-step.ts";
import { waitFor } from "./wait-step.ts";

/** Longest wait for the gate in the middle of a plan, milliseconds; between two lines about it. */
const longestGateWaitMs = 600_000;
const tickMs = 1_000;

/** True when a step before this one stopped the unit and none has started it since: then it must not stay down because of a closed gate. */
function isHeldDown(label: string, { repair, index }: StepWork): boolean {
  const before = repair.plan.effects.slice(0, index).flatMap(({ effect }, at) => {
    const touched = interruptedBy(effect);
    return touched !== undefined && sameUnit(touched, label) && repair.run.steps[at]?.state === "done" ? [effect] : [];
  });
  const last = before.at(-1);
  return last?.do === "service-unit" && last.action === "stop";
}

/** A unit that works needs no restart: the plan goes on without. Any other objection ends it. */
const refusedBy = ({ reason, sentence }: Extract<GateAnswer, { kind: "closed" }>): StepResult =>
  reason === "healthy" ? { state: "skipped", detail: sentence } : failed(sentence);

/** The gate's answer; a second restart of the same plan waits for the first one to settle. */
async function askGate(label: string, work: StepWork): Promise<GateAnswer> {
  const { repair, books, site, ports } = work;
  const { clock } = ports;
  if (isHeldDown(label, work)) return { kind: "open" };
  const { code, effects } = repair.plan;
  const { personWants } = repair.record;
  const about = { site, code, confirmed: true, personWants, curesCause: curesCause(effects) };
  // Minutes may have passed since the plan was begun: what is interrupted must still need it.
  await site.lookAgain();
  const isOwnDoing = repair.record.restarts.some((one) => sameUnit(one.label, label));
  const patientUntilMs = clock.monotonicMs() + (isOwnDoing ? longestGateWaitMs : 0);
  for (;;) {
    const answer = await books.ask(label, about);
    if (answer.kind === "open" || answer.retryAtMs === undefined || repair.signal.aborted) return answer;
    const waitMs = Math.max(answer.retryAtMs - clock.nowMs(), tickMs);
    if (clock.monotonicMs() + waitMs > patientUntilMs) return answer;
    await countDown(waitMs, answer.sentence, work);
  }
}

async function countDown(waitMs: number, sentence: string, { repair, ports: { clock }, progress }: StepWork): Promise<void> {
  const endMs = clock.monotonicMs() + waitMs;
  const leftMs = (): number => endMs - clock.monotonicMs();
  while (leftMs() > 0 && !repair.signal.aborted) {
    progress(`${sentence}; ${span(leftMs())} left`);
    await clock.sleep(Math.min(tickMs, leftMs()), repair.signal);
  }
}

function act(planned: PlannedEffect, effect: Effect, work: StepWork): Promise<StepResult> {
  switch (effect.do) {
    case "run-command":
      return runCommand(effect, work);
    case "service-unit":
      return actOnUnit(effect, work);
    case "copy-file":
    case "write-file":
    case "remove-file":
    case "set-mode":
      return changeFile(effect, work);
    case "end-process":
      return endProcess(effect, work);
    case "ask-person":
    case "open-url":
      return askPerson(effect, planned.preview, work);
    case "wait":
      return waitFor(effect, work);
    case "recheck":
      return recheck(effect, work);
  }
}

/** Carries out one effect. Looks at its values once more, and lets nothing interrupt a unit whose gate is closed. */
export async function carryOut(planned: PlannedEffect, work: StepWork): Promise<StepResult> {
  const { effect } = planned;
  const { repair, books, ports } = work;
  const objection = objectionTo(effect);
  if (objection !== undefined) return failed(`Not done, because ${objection}`);
  const label = interruptedBy(effect);
  if (label !== undefined) {
    const answer = await askGate(label, work);
    if (repair.signal.aborted) return cancelled;
    if (answer.kind === "closed") return refusedBy(answer);
  }
  const started = startedBy(effect);
  if (started !== undefined) {
    // Before it happens: when we are ended in the middle, the restart is on record although nobody can say that it was done.
    const at = ports.clock.nowMs();
    repair.note({ restarts: [...repair.record.restarts, { label: started, at }] });
    await repair.save();
    await books.restarted(started, at);
  }
  return act(planned, effect, work);
}

/** Characters kept of what a command or check said, the last ones. */
const longestOutput = 4_000;

/** Says what a command said without secrets and cut to size; its end tells more than its beginning. */
export function shownOutput(output: string, clean: (text: string) => string): string {
  const safe = plain(clean(output), output.length + longestOutput);
  return safe.length > longestOutput ? `…${safe.slice(1 - longestOutput)}` : safe;
}
