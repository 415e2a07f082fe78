import { useEffect } from "preact/hooks";
import { receiptText } from "../lib/receipt-text.ts";
import { Age } from "../parts/age.tsx";
import { CopyButton } from "../parts/copy-button.tsx";
import { FailureNote } from "../parts/failure-note.tsx";
import { Lamp } from "../parts/lamp.tsx";
import { QuestionBox } from "../parts/question-box.tsx";
import { Receipt } from "../parts/receipt.tsx";
import { RunDeeds } from "../parts/run-deeds.tsx";
import { RunStep } from "../parts/run-step.tsx";
import { ScreenFrame } from "../parts/screen-frame.tsx";
import { useFront, useSelected } from "../state/front.ts";
import { isCutShort, progressWords, runOf } from "../state/runs.ts";
import { overview, toHash } from "../state/view.ts";

/** One repair: while it runs, what it does and what it asks; afterwards its receipt. */
export function RepairScreen({ id }: { readonly id: string }) {
  const { acts } = useFront();
  const run = useSelected((state) => runOf(state.repairs, id));
  const cutShort = useSelected((state) => isCutShort(state.repairs, id));
  const deed = useSelected((state) => state.deeds[id]);
  const isKnown = run !== undefined;
  useEffect(() => {
    if (!isKnown) void acts.loadRun(id);
  }, [acts, id, isKnown]);
  if (run === undefined)
    return (
      <ScreenFrame title="Repair">
        {deed?.step === "refused" ? <FailureNote failure={deed.failure} /> : <p class="lead">Looking for this repair…</p>}
      </ScreenFrame>
    );
  const isOver = run.state === "ended" || cutShort;
  const foot = isOver ? (
    <>
      <RunDeeds run={run} cutShort={cutShort} isMain />
      <CopyButton text={receiptText(run)} what="Receipt" label="Copy receipt" />
      {!cutShort && (
        <a class="button" href={toHash(overview)}>
          Overview
        </a>
      )}
    </>
  ) : (
    <button type="button" class="button" aria-disabled={deed?.step === "busy"} onClick={() => void acts.cancel(id)}>
      Cancel
    </button>
  );
  return (
    <ScreenFrame title={cutShort ? "Cut off" : isOver ? "Receipt" : "Repairing"} foot={foot}>
      <h2 class="plan-title">{run.title}</h2>
      {deed?.step === "refused" && <FailureNote failure={deed.failure} />}
      {run.question !== undefined && !isOver && <QuestionBox id={id} question={run.question} />}
      {isOver ? (
        <Receipt run={run} cutShort={cutShort} />
      ) : run.question === undefined ? (
        <div class="lead-box tone-working">
          <Lamp shape="working" size={28} silent />
          <div>
            <p class="finding-title">{progressWords(run)}</p>
            <p class="when">
              {run.state === "verifying" ? run.sentence : "Begun"} <Age at={run.startedMs} />
            </p>
          </div>
        </div>
      ) : null}
      <ol class="checks run-steps">
        {run.steps.map((step) => (
          <RunStep key={step.index} step={step} cutShort={cutShort} />
        ))}
      </ol>
      <p class="codes">
        <code>{run.code}</code> {run.id}
      </p>
    </ScreenFrame>
  );
}
