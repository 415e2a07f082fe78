import type { StepRecord } from "../../main/core/model/receipt.ts";
import { sayLength, sayTook } from "../lib/ages.ts";
import { stepWords } from "../lib/step-words.ts";
import { useCoreNow } from "../state/front.ts";
import { CopyButton } from "./copy-button.tsx";
import { StepMark } from "./step-mark.tsx";

/** How long a running step has taken so far; beats by itself. */
function SoFar({ since }: { readonly since: number }) {
  return <>{sayLength(useCoreNow() - since)}</>;
}

/** One step of a repair: its state as a shape and a word, what came of it, and what was said, folded away. */
export function RunStep({ step, cutShort = false }: { readonly step: StepRecord; readonly cutShort?: boolean }) {
  const isNow = !cutShort && (step.state === "running" || step.state === "asking");
  const { state, preview, detail, output, startedMs, endedMs } = step;
  return (
    <li class={`run-step run-${state}`} aria-current={isNow ? "step" : undefined}>
      <StepMark state={cutShort && state === "running" ? "asking" : state} />
      <div class="check-words">
        <p class="check-title">{preview}</p>
        {detail !== undefined && <p class="fact">{detail}</p>}
        <p class="when">
          {cutShort && state === "running" ? "Cut off here" : stepWords[state]}
          {startedMs !== undefined && endedMs !== undefined && `, ${sayTook(endedMs - startedMs)}`}
          {startedMs !== undefined && endedMs === undefined && isNow && (
            <>
              , <SoFar since={startedMs} />
            </>
          )}
        </p>
        {output !== undefined && output !== "" && (
          <details class="fold" open={state === "failed"}>
            <summary>What it said</summary>
            <div class="output">
              <pre>{output}</pre>
              <CopyButton text={output} what="Output" />
            </div>
          </details>
        )}
      </div>
    </li>
  );
}
