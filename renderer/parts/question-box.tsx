import { useEffect, useRef } from "preact/hooks";
import type { RepairRun } from "../../main/core/model/receipt.ts";
import { useFront, useSelected } from "../state/front.ts";
import { CopyButton } from "./copy-button.tsx";

type Asked = NonNullable<RepairRun["question"]>;

/** What the repair waits for a person to do or to allow. The focus comes here, because nothing goes on without an answer. */
export function QuestionBox({ id, question }: { readonly id: string; readonly question: Asked }) {
  const { acts } = useFront();
  const isBusy = useSelected((state) => state.deeds[id]?.step === "busy");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [question.text]);
  const answer = (given: "done" | "skip" | "stop") => () => void acts.answer(id, given);
  return (
    <section class="question" aria-labelledby="question">
      <h2 id="question" ref={heading} tabIndex={-1}>
        Step {question.step + 1} needs you
      </h2>
      <div class="output">
        <p class="instruction">{question.text}</p>
        <CopyButton text={question.text} what="Instruction" />
      </div>
      <div class="actions">
        <button type="button" class="button primary" aria-disabled={isBusy} onClick={answer("done")}>
          {question.kind === "do" ? "Done" : "Yes, do it"}
        </button>
        <button type="button" class="button" aria-disabled={isBusy} onClick={answer("skip")}>
          Leave this out
        </button>
        <button type="button" class="button" aria-disabled={isBusy} onClick={answer("stop")}>
          Stop here
        </button>
      </div>
    </section>
  );
}
