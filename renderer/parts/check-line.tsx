import type { CheckState } from "../../main/core/model/snapshot.ts";
import { sayDuration } from "../lib/ages.ts";
import { isStale, lampOfCheck } from "../state/select.ts";
import { Age } from "./age.tsx";
import { Lamp } from "./lamp.tsx";

/** One check: what it saw, how long ago, and what the look cost. */
export function CheckLine({ check, cutOff }: { readonly check: CheckState; readonly cutOff: boolean }) {
  return (
    <li class={cutOff || isStale(check) ? "check stale" : "check"}>
      <Lamp shape={cutOff ? "grey" : lampOfCheck(check)} />
      <div class="check-words">
        <p class="check-title">{check.title}</p>
        <p class="fact">{check.summary}</p>
        <p class="when">
          {check.at === undefined ? "No answer yet" : <Age at={check.at} />}
          {check.durationMs !== undefined && `, took ${sayDuration(check.durationMs)}`}
          {check.working && check.at !== undefined && ", looking again"}
        </p>
      </div>
    </li>
  );
}
