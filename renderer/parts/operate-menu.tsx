import type { StackState } from "../../main/core/model/snapshot.ts";
import { sayMoment } from "../lib/ages.ts";
import { useCoreNow, useSelected } from "../state/front.ts";
import { operations } from "../state/view.ts";
import { Icon } from "./icon.tsx";
import { RowLink } from "./row.tsx";

const words = { start: "Start", stop: "Stop", restart: "Restart" } as const;

/** That somebody stopped this stack on purpose, and when: then it is no failure, and nothing repairs it. */
export function Stopped({ stack }: { readonly stack: string }) {
  const intent = useSelected((state) => state.repairs.intents.find((one) => one.stack === stack && one.wanted === "stopped"));
  const now = useCoreNow();
  if (intent === undefined) return null;
  return (
    <p class="note">
      Stopped by you ({intent.by}) at {sayMoment(intent.at, now)}. It stays stopped, and is not repaired, until it is started.
    </p>
  );
}

/** What a person can want of a whole stack, folded away: it is seldom what one came for. */
export function OperateMenu({ stack }: { readonly stack: StackState }) {
  return (
    <details class="fold">
      <summary>Start, stop or restart {stack.title}</summary>
      <ul class="rows">
        {operations.map((action) => (
          <li key={action}>
            <RowLink class="row" to={{ screen: "operate", stack: stack.id, action }}>
              <span class="row-words">
                <span class="row-title plain">
                  {words[action]} {stack.title}…
                </span>
              </span>
              <Icon name="onward" />
            </RowLink>
          </li>
        ))}
      </ul>
    </details>
  );
}
