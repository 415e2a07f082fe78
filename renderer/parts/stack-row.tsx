import type { StackState } from "../../main/core/model/snapshot.ts";
import { lampWords } from "../lib/words.ts";
import { factOf } from "../state/fact.ts";
import { isStackStale, lampOfStack } from "../state/select.ts";
import { Icon } from "./icon.tsx";
import { Lamp } from "./lamp.tsx";
import { RowLink } from "./row.tsx";
import { Ticks } from "./ticks.tsx";

/** One system on one line: its lamp, its name, one fact, its recent past. `cutOff`: only a memory, nobody answers. */
export function StackRow({ stack, cutOff }: { readonly stack: StackState; readonly cutOff: boolean }) {
  const shape = cutOff ? "grey" : lampOfStack(stack);
  return (
    <li>
      <RowLink class={cutOff || isStackStale(stack) ? "row stale" : "row"} to={{ screen: "stack", stack: stack.id }}>
        <span class="mark" aria-hidden="true">
          {stack.mark}
          <Lamp shape={shape} size={16} silent />
        </span>
        <span class="row-words">
          <span class="row-top">
            <span class="row-title">
              <span class="unseen">{lampWords[shape]}: </span>
              {stack.title}
            </span>
            <Ticks past={stack} />
          </span>
          <span class="fact">{factOf(stack)}</span>
        </span>
        <Icon name="onward" />
      </RowLink>
    </li>
  );
}
