import { useFront } from "../state/front.ts";
import { Icon } from "./icon.tsx";

/** Copies exactly what is shown beside it. `what` names it for the confirmation and for those who hear the page. */
export function CopyButton({ text, what, label }: { readonly text: string; readonly what: string; readonly label?: string }) {
  const { acts } = useFront();
  return (
    <button type="button" class={label === undefined ? "quiet square" : "button"} onClick={() => void acts.copy(text, what)}>
      <Icon name="copy" />
      {label ?? <span class="unseen">Copy {what.toLowerCase()}</span>}
    </button>
  );
}
