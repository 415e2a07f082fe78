import type { StepRecord } from "../../main/core/model/receipt.ts";
import { stepPaths, stepWords } from "../lib/step-words.ts";

/** The state of a step by its shape; the word is there for those who do not see it. */
export function StepMark({ state }: { readonly state: StepRecord["state"] }) {
  const { line, fill, dash } = stepPaths[state];
  return (
    <>
      <svg class={`mark-of mark-${state}`} width="18" height="18" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        {line !== undefined && <path class="lamp-line" d={line} stroke-dasharray={dash} />}
        {fill !== undefined && <path class="lamp-fill" d={fill} />}
      </svg>
      <span class="unseen">{stepWords[state]}: </span>
    </>
  );
}
