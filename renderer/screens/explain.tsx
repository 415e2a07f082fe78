import { useRef } from "preact/hooks";
import { shortcut } from "../lib/shortcut.ts";
import { ExplainMatches } from "../parts/explain-matches.tsx";
import { FailureNote } from "../parts/failure-note.tsx";
import { ScreenFrame } from "../parts/screen-frame.tsx";
import { useFront, useSelected } from "../state/front.ts";

/** Paste any error text, log excerpt or command output; get the symptom, the cause and what to do. */
export function Explain() {
  const { acts } = useFront();
  const { text, asked } = useSelected((state) => state.explain);
  const field = useRef<HTMLTextAreaElement>(null);
  const ask = () => void acts.explain(field.current?.value ?? "");
  return (
    <ScreenFrame title="Paste an error" report={false}>
      <label class="field">
        <span>An error, a piece of a log, or what a command printed</span>
        <textarea
          ref={field}
          rows={6}
          spellcheck={false}
          autocomplete="off"
          defaultValue={text}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) ask();
          }}
        />
      </label>
      <div class="actions">
        <button type="button" class="button primary" aria-disabled={asked.step === "busy"} onClick={ask}>
          {asked.step === "busy" ? "Reading…" : "Explain"}
        </button>
        <p class="hint">The text stays on this machine. {shortcut("Enter")} works too.</p>
      </div>
      {asked.step === "refused" && <FailureNote failure={asked.failure} />}
      {asked.step === "here" && <ExplainMatches matches={asked.value} />}
    </ScreenFrame>
  );
}
