import { type KeyPlace, keyIntent, rowAfter } from "../lib/key-intent.ts";
import type { Front } from "./front.ts";
import { type View, viewOf } from "./view.ts";

function placeOf(element: Element | null): KeyPlace {
  if (element === null) return "other";
  if (element.matches("textarea, input, select")) return "text";
  return element.matches("[data-row]") ? "row" : "other";
}

/** Joins the keyboard to the page: arrows walk the rows, a few letters do the few things there are. */
export function wireKeys(page: Document, { store, acts, back }: Front, go: (view: View) => void): void {
  page.addEventListener("keydown", (event) => {
    // An open dialog owns the keyboard.
    if (event.defaultPrevented || page.querySelector("dialog[open]") !== null) return;
    const focused = page.activeElement;
    const intent = keyIntent(
      { key: event.key, meta: event.metaKey, ctrl: event.ctrlKey, alt: event.altKey, shift: event.shiftKey },
      placeOf(focused),
    );
    if (intent === null) return;
    // Keys that scroll or type elsewhere keep their own meaning where there is nothing to walk.
    const rows = [...page.querySelectorAll<HTMLElement>("[data-row]")];
    if (intent.endsWith("-row") && (rows.length === 0 || focused?.matches("pre, summary") === true)) return;
    event.preventDefault();
    switch (intent) {
      case "back":
        return back();
      case "refresh":
        return void acts.refresh();
      case "explain":
        return go({ screen: "explain" });
      case "copy":
        return void acts.copyReport(viewOf(store.state().path));
      case "open":
        return (focused as HTMLElement).click();
      default:
        rows[rowAfter(intent, rows.indexOf(focused as HTMLElement), rows.length)]?.focus();
    }
  });
}
