import type { CheckState } from "../../main/core/model/snapshot.ts";
import { sayLength } from "../lib/ages.ts";
import { useFront, useSelected } from "../state/front.ts";
import { Age } from "./age.tsx";
import { CopyButton } from "./copy-button.tsx";
import { Icon } from "./icon.tsx";
import { Lamp } from "./lamp.tsx";

const endWords = { running: "Running", done: "Done", cancelled: "Cancelled", failed: "Could not run" } as const;

/** A slow look that runs only when asked for: start, progress, cancel, and what it said. */
export function DeepCheck({ stack, check }: { readonly stack: string; readonly check: CheckState }) {
  const { acts } = useFront();
  const run = useSelected((state) => state.deep[`${stack} ${check.id}`]);
  const isRunning = run?.state === "running";
  return (
    <li class="check">
      <Lamp shape={isRunning ? "working" : check.light} />
      <div class="check-words">
        <p class="check-title">{check.title}</p>
        {check.summary !== "" && <p class="fact">{check.summary}</p>}
        <p class="when">
          {run !== undefined && `${endWords[run.state]}, ${sayLength(run.elapsedMs)}`}
          {run === undefined && (check.at === undefined ? "Not run yet" : <Age at={check.at} />)}
        </p>
        {run !== undefined && run.text !== "" && (
          <div class="output">
            <textarea readOnly rows={8} aria-label={`What ${check.title} said`} value={run.text} />
            <CopyButton text={run.text} what="Output" />
          </div>
        )}
      </div>
      <button
        type="button"
        class="button small"
        onClick={() => void (isRunning ? acts.cancelDeep(stack, check.id) : acts.runDeep(stack, check.id))}
      >
        <Icon name={isRunning ? "stop" : "play"} />
        {isRunning ? "Cancel" : "Run"}
        <span class="unseen"> {check.title}</span>
      </button>
    </li>
  );
}
