import { useEffect, useRef } from "preact/hooks";
import type { GateAnswer } from "../../main/core/model/plan.ts";
import { sayCountdown } from "../lib/ages.ts";
import { useCoreNow } from "../state/front.ts";

/** What the gate waits for often happens without a known time; it is asked again this often. Milliseconds. */
const AGAIN_MS = 5_000;

type GateNoteProps = { readonly gate: Extract<GateAnswer, { kind: "closed" }>; readonly onAsk: () => void };

/** Why the repair may not begin now, and how long that will take; asks again by itself when the time has come. */
export function GateNote({ gate, onAsk }: GateNoteProps) {
  const now = useCoreNow();
  const asked = useRef(now);
  const { sentence, retryAtMs } = gate;
  const isDue = now >= Math.max(retryAtMs ?? 0, asked.current + AGAIN_MS);
  useEffect(() => {
    if (!isDue) return;
    asked.current = now;
    onAsk();
  });
  return (
    <section class="note gate" aria-label="Repair gate">
      <p class="gate-words">{sentence}</p>
      <p class="when">
        {retryAtMs !== undefined && retryAtMs > now ? `Asking again in ${sayCountdown(retryAtMs - now)}` : "Asking again by itself"}{" "}
        <button type="button" class="button small" onClick={onAsk}>
          Ask now
        </button>
      </p>
    </section>
  );
}
