import type { RepairRun } from "../../main/core/model/receipt.ts";
import { sayTook } from "../lib/ages.ts";
import { outcomeWords } from "../lib/step-words.ts";
import { Age } from "./age.tsx";
import { Lamp } from "./lamp.tsx";

type Seen = RepairRun["before"];

function SeenRow({ term, seen }: { readonly term: string; readonly seen: Seen }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd class="lit">
        <Lamp shape={seen.light} size={16} /> <span>{seen.sentence}</span>
      </dd>
    </div>
  );
}

const cutOff = { title: "Cut off in the middle", shape: "amber" } as const;

/** What came of a repair: the outcome first, then before and after, what proved it, how long it took. */
export function Receipt({ run, cutShort }: { readonly run: RepairRun; readonly cutShort: boolean }) {
  const { before, after, outcome = "interrupted", progress, verifiedBy, endedMs } = run;
  const { title, shape } = cutShort ? cutOff : outcomeWords[outcome];
  const done = run.steps.filter(({ state }) => state === "done").length;
  return (
    <>
      <div class={`lead-box tone-${shape}`}>
        <Lamp shape={shape} size={28} silent />
        <div>
          <h2 class="finding-title">{title}</h2>
          <p>{cutShort ? `${done} of ${run.steps.length} steps were done, then Lamplighter was ended.` : run.sentence}</p>
          {endedMs !== undefined && (
            <p class="when">
              <Age at={endedMs} exact />, took {sayTook(endedMs - run.startedMs)}
            </p>
          )}
        </div>
      </div>
      <dl class="plan-terms">
        <SeenRow term="Before" seen={before} />
        {after !== undefined && <SeenRow term="After" seen={after} />}
        {progress !== undefined && (
          <div>
            <dt>Problems</dt>
            <dd>{progress.sentence}</dd>
          </div>
        )}
        {verifiedBy.length > 0 && (
          <div>
            <dt>Proved by</dt>
            <dd>{verifiedBy.join(", ")}</dd>
          </div>
        )}
      </dl>
    </>
  );
}
