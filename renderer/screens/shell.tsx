import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Dialog } from "../parts/dialog.tsx";
import { Strips } from "../parts/strips.tsx";
import { useFront, useSelected } from "../state/front.ts";
import { toHash, type View, viewOf } from "../state/view.ts";
import { Demos } from "./demos.tsx";
import { Explain } from "./explain.tsx";
import { FindingDetail } from "./finding-detail.tsx";
import { Overview } from "./overview.tsx";
import { PlanPreview } from "./plan-preview.tsx";
import { RepairScreen } from "./repair-screen.tsx";
import { Repairs } from "./repairs.tsx";
import { SessionEnded } from "./session-ended.tsx";
import { StackDetail } from "./stack-detail.tsx";
import { Unreachable } from "./unreachable.tsx";

function Screen({ view }: { readonly view: View }): ComponentChildren {
  switch (view.screen) {
    case "overview":
      return <Overview />;
    case "finding":
      return <FindingDetail stack={view.stack} code={view.code} />;
    case "stack":
      return <StackDetail id={view.stack} />;
    case "plan":
    case "operate":
      return <PlanPreview view={view} />;
    case "repair":
      return <RepairScreen id={view.id} />;
    case "repairs":
      return <Repairs />;
    case "explain":
      return <Explain />;
    case "demos":
      return <Demos />;
  }
}

function CopyByHand({ text }: { readonly text: string }) {
  const { store } = useFront();
  return (
    <Dialog title="Copy this text" onClose={() => store.send({ type: "copy-by-hand", text: null })}>
      <p>The browser keeps its clipboard closed. Select the text and copy it.</p>
      <textarea readOnly rows={10} aria-label="Text to copy" value={text} onFocus={(event) => event.currentTarget.select()} />
    </Dialog>
  );
}

/** The frame around every screen: which one, where the focus goes, what is read out. */
export function Shell() {
  const { store } = useFront();
  const path = useSelected((state) => state.path);
  const snapshot = useSelected((state) => state.snapshot);
  const connection = useSelected((state) => state.connection);
  const said = useSelected((state) => state.said);
  const copyByHand = useSelected((state) => state.copyByHand);
  const page = useRef<HTMLDivElement>(null);
  const before = useRef({ depth: 0, hash: "" });
  const view = viewOf(path);
  const hash = toHash(view);
  const isEnded = connection === "ended";
  const isUnreachable = connection === "lost" && snapshot === null;
  const hasContent = snapshot !== null;

  useLayoutEffect(() => {
    const rows = [...(page.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
    const remembered = rows.find((row) => row.dataset["row"] === store.state().rows[hash]);
    const first = rows[0];
    // Exactly one row is in the tab order, also after the one that was has gone.
    if (remembered === undefined && first !== undefined) store.send({ type: "row", hash, row: first.dataset["row"] ?? "" });
    if (before.current.hash === hash || !hasContent) return;
    const cameBack = before.current.depth > path.length;
    before.current = { depth: path.length, hash };
    const card = page.current?.querySelector<HTMLElement>(".card-link");
    const title = page.current?.querySelector<HTMLElement>("textarea") ?? page.current?.querySelector<HTMLElement>("h1");
    ((cameBack ? remembered : undefined) ?? (view.screen === "overview" ? card : undefined) ?? title)?.focus();
  });

  return (
    <div class="page" ref={page}>
      <Strips />
      {isEnded ? <SessionEnded /> : isUnreachable ? <Unreachable /> : <Screen key={hash} view={view} />}
      <p class="unseen" role="status">
        {said.text}
        {said.n % 2 === 1 && "\u200b"}
      </p>
      {said.seen && (
        <p class="toast" aria-hidden="true" key={said.n}>
          {said.text}
        </p>
      )}
      {copyByHand !== null && <CopyByHand text={copyByHand} />}
    </div>
  );
}
