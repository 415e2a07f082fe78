import { useState } from "preact/hooks";
import type { Risk } from "../../main/core/model/finding.ts";
import { Dialog } from "./dialog.tsx";

/** What is about to happen, in words. `word` is typed before something is destroyed. */
export type Question = {
  readonly title: string;
  readonly risk: Risk;
  readonly interrupts: string;
  readonly undo: string;
  readonly word: string;
};

type ConfirmProps = { readonly question: Question; readonly onYes: (confirmed: "once" | "twice") => void; readonly onClose: () => void };

/**
 * Asks before something is interrupted, and a second time before something is lost. The focus begins at "Not now"; the second yes
 * cannot be given by habit.
 */
export function Confirm({ question, onYes, onClose }: ConfirmProps) {
  const { title, risk, interrupts, undo, word } = question;
  const [isSure, setSure] = useState(false);
  const [typed, setTyped] = useState("");
  const isDestructive = risk === "destructive";
  const isTyped = typed.trim() === word;
  if (!isSure)
    return (
      <Dialog
        key="first"
        title={`${title}?`}
        onClose={onClose}
        closeLabel="Not now"
        actions={(close) => (
          <button
            type="button"
            class={isDestructive ? "button" : "button primary"}
            onClick={() => {
              if (isDestructive) return setSure(true);
              close();
              onYes("once");
            }}
          >
            {isDestructive ? "Go on…" : title}
          </button>
        )}
      >
        <dl class="plan-terms">
          <div>
            <dt>Interrupts</dt>
            <dd>{interrupts}</dd>
          </div>
          <div>
            <dt>Undo</dt>
            <dd>{undo}</dd>
          </div>
        </dl>
      </Dialog>
    );
  return (
    <Dialog
      key="second"
      title="This cannot be undone"
      onClose={onClose}
      closeLabel="Not now"
      actions={(close) => (
        <button
          type="button"
          class="button danger"
          aria-disabled={!isTyped}
          onClick={() => {
            if (!isTyped) return;
            close();
            onYes("twice");
          }}
        >
          {title}
        </button>
      )}
    >
      <p>{undo}</p>
      <label class="field">
        <span>
          To go on, type <code>{word}</code>
        </span>
        <input
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
    </Dialog>
  );
}
