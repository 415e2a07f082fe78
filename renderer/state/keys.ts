import { type KeyPlace, keyIntent, rowAfter } from "../lib/key-intent.ts";
import type { Front } from "./front.ts";
import { type View, viewOf } from "./view.ts";

function placeOf(element: Element | null): KeyPlace {
  if (element === null) return "other";
  if (element.matches("textarea, input, select")) return "text";
  return element.matches("[data-row]") ? "row" : "other";
}

/** Joins the keyboard to the page: arrows walk the rows, a few letters do the few things there are. Returns the way to stop. */
export function wireKeys(page: Document, { store, acts, back }: Front, go: (view: View) => void): () => void {
  const press = (event: KeyboardEvent): void => {
    // An open dialog owns the keyboard.
    if (event.defaultPrevented || page.querySelector("dialog[open]") !== null) return;
    const focused = page.activeElement;
    const intent = keyIntent(
      { key: event.key, meta: event.metaKey, ctrl: event.ctrlKey, alt: event.altKey, shift: event.shiftKey },
      placeOf(focused),
    );
    if (intent === null) return;
    const rows = [...page.querySelectorAll<HTMLElement>("[data-row]")];
    const current = rows.indexOf(focused as HTMLElement);
    // Where there is nothing to walk, the arrows keep scrolling.
    if (intent.endsWith("-row") && rows.length === 0) return;
    event.preventDefault();
    if (intent === "back") back();
    else if (intent === "refresh") void acts.refresh();
    else if (intent === "explain") go({ screen: "explain" });
    else if (intent === "copy") void acts.copyReport(viewOf(store.state().path));
    else if (intent === "open") rows[current]?.click();
    else rows[rowAfter(intent, current, rows.length)]?.focus();
  };
  page.addEventListener("keydown", press);
  return () => page.removeEventListener("keydown", press);
}
