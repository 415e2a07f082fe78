import { pasteable } from "../../main/core/model/effect-text.ts";
import type { PlannedEffect } from "../../main/core/model/plan.ts";
import { quoteWord } from "../../main/core/model/shell-words.ts";
import { effectKind } from "../lib/plan-text.ts";
import { riskWords } from "../lib/words.ts";
import { useSelected } from "../state/front.ts";
import { stackOf } from "../state/select.ts";
import { CopyButton } from "./copy-button.tsx";

/** A command whose words break only where a shell would: a hyphen at the end of a line must not look like a word of its own. */
function Command({ argv }: { readonly argv: readonly string[] }) {
  return (
    <>
      {argv.map((word, index) => (
        <span key={index}>
          {index > 0 && " "}
          <span class="word">{quoteWord(word)}</span>
        </span>
      ))}
    </>
  );
}

/** Commands one below the other; a long one hangs under its own start, so that its second line is no command of its own. */
function Lines({ text }: { readonly text: string }) {
  return (
    <>
      {text.split("\n").map((line, index) => (
        <span key={index} class="hanging">
          {line}
        </span>
      ))}
    </>
  );
}

/** One effect of a plan: in words, and exactly. */
export function PlanStep({ planned, stack }: { readonly planned: PlannedEffect; readonly stack: string }) {
  const { effect, preview, risk } = planned;
  const checks = useSelected((state) => (state.snapshot === null ? undefined : stackOf(state.snapshot, stack)?.checks));
  const exact = pasteable(planned);
  return (
    <li class="step">
      <p class="step-kind">
        {effectKind(effect)}
        {risk !== "safe" && <span class={`risk risk-${risk}`}>{riskWords[risk]}</span>}
      </p>
      {preview !== effectKind(effect) && <p>{preview}</p>}
      {effect.do === "ask-person" && effect.instruction !== preview && <p>{effect.instruction}</p>}
      {effect.do === "wait" && effect.reason !== preview && <p>{effect.reason}</p>}
      {effect.do === "recheck" && <p class="when">{checks?.find((check) => check.id === effect.check)?.title ?? effect.check}</p>}
      {exact !== null && (
        <div class="output">
          <pre>
            {effect.do === "run-command" ? <Command argv={effect.argv} /> : effect.do === "write-file" ? exact : <Lines text={exact} />}
          </pre>
          <CopyButton text={exact} what={effect.do === "open-url" || effect.do === "write-file" ? "Text" : "Command"} />
        </div>
      )}
      {effect.do === "run-command" && effect.cwd !== undefined && (
        <p class="when">
          In the folder <code>{effect.cwd}</code>
        </p>
      )}
      {effect.do === "run-command" && effect.envNames.length > 0 && (
        <p class="when">
          Needs{" "}
          {effect.envNames.map((name) => (
            <code key={name}>{name} </code>
          ))}{" "}
          in the environment; the value is not shown here.
        </p>
      )}
    </li>
  );
}
