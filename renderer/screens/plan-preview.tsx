import { useEffect, useState } from "preact/hooks";
import type { Plan } from "../../main/core/model/plan.ts";
import { commandsOf } from "../lib/plan-text.ts";
import { riskWords, withEllipsis } from "../lib/words.ts";
import { Confirm } from "../parts/confirm.tsx";
import { CopyButton } from "../parts/copy-button.tsx";
import { FailureNote } from "../parts/failure-note.tsx";
import { GateNote } from "../parts/gate-note.tsx";
import { Icon } from "../parts/icon.tsx";
import { PlanStep } from "../parts/plan-step.tsx";
import { ScreenFrame } from "../parts/screen-frame.tsx";
import { Watchdogs } from "../parts/watchdogs.tsx";
import { keyOf } from "../state/cards.ts";
import { useFront, useSelected } from "../state/front.ts";
import type { Confirmed } from "../state/repair-acts.ts";
import { type PlanView, toHash } from "../state/view.ts";

/** The one button of a plan: named for its outcome, shut while the repair gate is. */
function Begin({ plan, view, gated }: { readonly plan: Plan; readonly view: PlanView; readonly gated: boolean }) {
  const { acts, go } = useFront();
  const deed = useSelected((state) => state.deeds[toHash(view)]);
  // What is agreed to is the plan as it stood when the button was pressed.
  const [asked, setAsked] = useState<Plan | null>(null);
  const isClosed = plan.gate?.kind === "closed";
  const isShut = !gated || isClosed || deed?.step === "busy";
  const begin = async (confirmed: Confirmed, { seal }: Plan): Promise<void> => {
    const run = await acts.begin(view, confirmed, seal);
    if (run !== null) go({ screen: "repair", id: run.id });
  };
  const press = (): void => {
    if (isShut) return;
    if (plan.risk === "safe") void begin("once", plan);
    else setAsked(plan);
  };
  const label = plan.risk === "safe" ? plan.title : withEllipsis(plan.title);
  return (
    <>
      <button type="button" class={plan.risk === "destructive" ? "button danger" : "button primary"} aria-disabled={isShut} onClick={press}>
        {deed?.step === "busy" ? "Beginning…" : label}
      </button>
      <span class="when">{gated ? (isClosed ? "Not yet, see above" : "") : "Asking whether now is a good time…"}</span>
      {asked !== null && (
        <Confirm
          question={{ ...asked, word: asked.remedy }}
          onYes={(confirmed) => void begin(confirmed, asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** What a person does with a plan that has nothing for us to run. */
function ByHand({ view }: { readonly view: Extract<PlanView, { screen: "plan" }> }) {
  const { acts } = useFront();
  const isBusy = useSelected((state) => state.probe.step === "busy");
  const isGone = useSelected((state) => state.placed[keyOf(view.stack, view.code)]?.gone !== false);
  return (
    <>
      <button type="button" class="button" aria-disabled={isBusy} onClick={() => void acts.refresh(view.stack)}>
        <Icon name="refresh" />
        {isBusy ? "Checking…" : "Done that? Check again"}
      </button>
      <p class="when">{isGone ? "The newest look no longer finds this problem." : "The newest look still finds this problem."}</p>
    </>
  );
}

/** A repair before it is run: what it interrupts, how to undo it, how it is proved, whether it may begin, and every exact step. */
export function PlanPreview({ view }: { readonly view: PlanView }) {
  const { acts } = useFront();
  const of = toHash(view);
  const shown = useSelected((state) => state.plan);
  const deed = useSelected((state) => state.deeds[of]);
  const asked = shown.of === of ? shown.asked : { step: "busy" as const };
  useEffect(() => void acts.showPlan(view), [acts, of]);
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
  const isForUs = plan.runnable !== false;
  return (
    <ScreenFrame title="Plan" foot={isForUs ? <Begin plan={plan} view={view} gated={shown.gated} /> : undefined}>
      <h2 class="plan-title">{plan.title}</h2>
      <p class="lead">
        <span class={`risk risk-${plan.risk}`}>{riskWords[plan.risk]}</span> Nothing has been run
        {isForUs ? " yet." : ". These are the steps, for you to run."}
      </p>
      {deed?.step === "refused" && <FailureNote failure={deed.failure} />}
      {plan.gate?.kind === "closed" && <GateNote gate={plan.gate} onAsk={() => void acts.showPlan(view, true)} />}
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
      <Watchdogs found={plan.watchdogs ?? []} />
      <h2>Steps</h2>
      <ol class="steps">
        {plan.effects.map((planned, index) => (
          <PlanStep key={index} planned={planned} stack={view.stack} />
        ))}
      </ol>
      <div class="actions">
        {commands.includes("\n") && <CopyButton text={commands} what="Commands" label="Copy all commands" />}
        {view.screen === "plan" && <ByHand view={view} />}
      </div>
    </ScreenFrame>
  );
}
