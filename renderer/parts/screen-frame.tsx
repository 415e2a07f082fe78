import type { ComponentChildren } from "preact";
import { shortcut } from "../lib/shortcut.ts";
import { useFront, useSelected } from "../state/front.ts";
import { viewOf } from "../state/view.ts";
import { Icon } from "./icon.tsx";

/** Every screen behind the overview: the way back, its name, a report to copy, and the content that scrolls. */
export function ScreenFrame({
  title,
  report = true,
  foot,
  children,
}: {
  readonly title: ComponentChildren;
  readonly report?: boolean;
  /** What is to be pressed, always in sight below what scrolls. */
  readonly foot?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const { acts, back } = useFront();
  const view = useSelected((state) => viewOf(state.path));
  return (
    <>
      <header class="bar">
        <button type="button" class="quiet square" onClick={back} title="Back (Esc)">
          <Icon name="back" />
          <span class="unseen">Back</span>
        </button>
        <h1 tabIndex={-1}>{title}</h1>
        {report && (
          <button
            type="button"
            class="quiet square"
            onClick={() => void acts.copyReport(view)}
            title={`Copy report (${shortcut("C", true)})`}
          >
            <Icon name="copy" />
            <span class="unseen">Copy report</span>
          </button>
        )}
      </header>
      <main class="scroll">{children}</main>
      {foot !== undefined && <footer class="deeds">{foot}</footer>}
    </>
  );
}
