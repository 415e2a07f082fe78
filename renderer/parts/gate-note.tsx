import { useEffect } from "preact/hooks";
import type { GateAnswer } from "../../main/core/model/plan.ts";
import { sayCountdown } from "../lib/ages.ts";
import { useCoreNow } from "../state/front.ts";

/** Why the repair may not begin now, and how long that will take; asks again by itself when the time has come. */
export function GateNote({ gate, onDue }: { readonly gate: Extract<GateAnswer, { kind: "closed" }>; readonly onDue: () => void }) {
  const now = useCoreNow();
  const { sentence, retryAtMs } = gate;
  const isDue = retryAtMs !== undefined && now >= retryAtMs;
  useEffect(() => {
    if (isDue) onDue();
  }, [isDue, retryAtMs]);
  return (
    <section class="note gate" aria-label="Repair gate">
      <p class="gate-words">{sentence}</p>
      <p class="when">
        {retryAtMs === undefined
          ? "Time alone does not change this."
          : isDue
            ? "Asking again…"
            : `Asking again in ${sayCountdown(retryAtMs - now)}`}{" "}
        <button type="button" class="button small" onClick={onDue}>
          Ask now
        </button>
      </p>
    </section>
  );
}
