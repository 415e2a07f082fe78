import { useEffect } from "preact/hooks";
import { commandsOf } from "../lib/plan-text.ts";
import { riskWords } from "../lib/words.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { FailureNote } from "../parts/failure-note.tsx";
import { Icon } from "../parts/icon.tsx";
import { PlanStep } from "../parts/plan-step.tsx";
import { ScreenFrame } from "../parts/screen-frame.tsx";
import { keyOf } from "../state/cards.ts";
import { useFront, useSelected } from "../state/front.ts";
import { toHash, type View } from "../state/view.ts";

/** A repair before anybody runs it: every effect in order, what it interrupts, how to undo it, how it is proved. */
export function PlanPreview({ stack, code, remedy }: Extract<View, { screen: "plan" }>) {
  const { acts } = useFront();
  const of = toHash({ screen: "plan", stack, code, remedy });
  const shown = useSelected((state) => state.plan);
  const isBusy = useSelected((state) => state.probe.step === "busy");
  const isGone = useSelected((state) => state.placed[keyOf(stack, code)]?.gone !== false);
  const asked = shown.of === of ? shown.asked : { step: "busy" as const };
  useEffect(() => void acts.showPlan(of, stack, code, remedy), [acts, of, stack, code, remedy]);
  if (asked.step === "refused")
    return (
      <ScreenFrame title="Plan">
        <FailureNote failure={asked.failure} />
      </ScreenFrame>
    );
  if (asked.step !== "here")
    return (
      <ScreenFrame title="Plan">
        <p class="lead">Writing the plan down…</p>
      </ScreenFrame>
    );
  const plan = asked.value;
  const commands = commandsOf(plan);
  return (
    <ScreenFrame title="Plan">
      <h2 class="plan-title">{plan.title}</h2>
      <p class="lead">
        <span class={`risk risk-${plan.risk}`}>{riskWords[plan.risk]}</span> Nothing has been run. These are the steps, for you to run.
      </p>
      <dl class="plan-terms">
        <div>
          <dt>Interrupts</dt>
          <dd>{plan.interrupts}</dd>
        </div>
        <div>
          <dt>Undo</dt>
          <dd>{plan.undo}</dd>
        </div>
        <div>
          <dt>Proof</dt>
          <dd>{plan.verify}</dd>
        </div>
      </dl>
      <h2>Steps</h2>
      <ol class="steps">
        {plan.effects.map((planned, index) => (
          <PlanStep key={index} planned={planned} stack={stack} />
        ))}
      </ol>
      <div class="actions">
        {commands.includes("\n") && <CopyButton text={commands} what="Commands" label="Copy all commands" />}
        <button type="button" class="button" aria-disabled={isBusy} onClick={() => void acts.refresh(stack)}>
          <Icon name="refresh" />
          {isBusy ? "Checking…" : "Done that? Check again"}
        </button>
      </div>
      <p class="when">{isGone ? "The newest look no longer finds this problem." : "The newest look still finds this problem."}</p>
    </ScreenFrame>
  );
}
