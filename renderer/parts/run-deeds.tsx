import { useState } from "preact/hooks";
import type { RepairRun } from "../../main/core/model/receipt.ts";
import { useFront, useSelected } from "../state/front.ts";
import { Confirm, type Question } from "./confirm.tsx";

type Wish = "undo" | "force" | "finish";

const questions: Readonly<Record<Wish, (run: RepairRun) => Question>> = {
  undo: (run) => ({
    title: "Put the files back",
    risk: "disruptive",
    interrupts: "Nothing is restarted. What reads these files reads the old ones from then on.",
    undo: "Run the repair again.",
    word: run.remedy,
  }),
  force: (run) => ({
    title: "Put the files back anyway",
    risk: "destructive",
    interrupts: "Somebody changed a file after this repair.",
    undo: "What was changed in these files since the repair is lost.",
    word: run.remedy,
  }),
  finish: (run) => ({
    title: "Finish this repair",
    risk: "disruptive",
    interrupts: `What is left of “${run.title}”, from its first step that is not done.`,
    undo: "The changed files can be put back afterwards.",
    word: run.remedy,
  }),
};

/** What can still be done about a repair that is over or was cut off: finish it, undo it, leave it as it is. */
export function RunDeeds({
  run,
  cutShort,
  isMain = false,
}: {
  readonly run: RepairRun;
  readonly cutShort: boolean;
  /** Where nothing else on the screen is the one thing to press. */
  readonly isMain?: boolean;
}) {
  const { acts } = useFront();
  const deed = useSelected((state) => state.deeds[run.id]);
  const [wish, setWish] = useState<Wish | null>(null);
  const isBusy = deed?.step === "busy";
  const wasRefused = deed?.step === "refused" && deed.failure.code === "refused";
  const canUndo = run.undo === "available";
  const ask = (what: Wish) => () => setWish(what);
  const yes = (): void => {
    if (wish === "finish") void acts.resume(run.id, "finish");
    else void acts.undo(run.id, wish === "force");
  };
  return (
    <>
      {cutShort && (
        <button type="button" class={isMain ? "button primary" : "button"} aria-disabled={isBusy} onClick={ask("finish")}>
          Finish it…
        </button>
      )}
      {canUndo && (
        <button type="button" class="button" aria-disabled={isBusy} onClick={ask(wasRefused ? "force" : "undo")}>
          {wasRefused ? "Undo anyway…" : "Undo…"}
        </button>
      )}
      {cutShort && (
        <button type="button" class="button" aria-disabled={isBusy} onClick={() => void acts.resume(run.id, "leave")}>
          Leave it
        </button>
      )}
      {wish !== null && <Confirm question={questions[wish](run)} onYes={yes} onClose={() => setWish(null)} />}
    </>
  );
}
