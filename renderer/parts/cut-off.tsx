import type { RepairRun } from "../../main/core/model/receipt.ts";
import { useSelected } from "../state/front.ts";
import { toHash } from "../state/view.ts";
import { FailureNote } from "./failure-note.tsx";
import { RunDeeds } from "./run-deeds.tsx";

function CutOffOne({ run }: { readonly run: RepairRun }) {
  const deed = useSelected((state) => state.deeds[run.id]);
  const done = run.steps.filter(({ state }) => state === "done").length;
  return (
    <section class="note cut-off" aria-label="A repair was cut off">
      <p>
        <b>A repair was cut off in the middle.</b> <a href={toHash({ screen: "repair", id: run.id })}>{run.title}</a>: {done} of{" "}
        {run.steps.length} steps were done.
      </p>
      {deed?.step === "refused" && <FailureNote failure={deed.failure} />}
      <div class="actions">
        <RunDeeds run={run} cutShort />
      </div>
    </section>
  );
}

/** Repairs whose process ended in the middle, first of all: nobody else will finish or undo them. */
export function CutOff() {
  const interrupted = useSelected((state) => state.repairs.interrupted);
  return (
    <>
      {interrupted.map((run) => (
        <CutOffOne key={run.id} run={run} />
      ))}
    </>
  );
}
