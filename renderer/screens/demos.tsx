import { useEffect } from "preact/hooks";
import { isOwnAddress } from "../lib/own-address.ts";
import { FailureNote } from "../parts/failure-note.tsx";
import { Icon } from "../parts/icon.tsx";
import { useRow } from "../parts/row.tsx";
import { ScreenFrame } from "../parts/screen-frame.tsx";
import { useFront, useSelected } from "../state/front.ts";
import { type Demo, idle } from "../state/state.ts";

/** One identity for every draw, so that the focus moves when the link appears and never again. */
const focusOnce = (link: HTMLElement | null): void => link?.focus();

function DemoRow({ demo }: { readonly demo: Demo }) {
  const { acts } = useFront();
  const row = useRow(`demo ${demo.id}`);
  const opened = useSelected((state) => (state.openedDemo.id === demo.id ? state.openedDemo.asked : idle));
  const url = opened.step === "here" ? opened.value : undefined;
  return (
    <li>
      <button type="button" class="row" onClick={() => void acts.openDemo(demo.id)} {...row}>
        <span class="row-words">
          <span class="row-title plain">{demo.title}</span>
          {opened.step === "busy" && <span class="fact">Starting…</span>}
        </span>
        <Icon name="onward" />
      </button>
      {url !== undefined && (
        <p class="opened">
          {isOwnAddress(url) ? (
            <a ref={focusOnce} class="button primary" href={url} target="_blank" rel="noreferrer">
              The demo runs: open it
            </a>
          ) : (
            <>
              The demo runs at <code>{url}</code>
            </>
          )}
        </p>
      )}
    </li>
  );
}

/** Invented systems to look around in. They run beside the real thing and touch nothing. */
export function Demos() {
  const { acts } = useFront();
  const asked = useSelected((state) => state.demos);
  const opened = useSelected((state) => state.openedDemo.asked);
  useEffect(() => void acts.listDemos(), [acts]);
  return (
    <ScreenFrame title="Demos" report={false}>
      <p class="lead">Each one is an invented system in a certain condition. Nothing on this machine is touched.</p>
      {opened.step === "refused" && <FailureNote failure={opened.failure} />}
      {asked.step === "refused" && <FailureNote failure={asked.failure} />}
      {asked.step === "here" && (
        <ul class="rows">
          {asked.value.map((demo) => (
            <DemoRow key={demo.id} demo={demo} />
          ))}
        </ul>
      )}
      <p class="hint">
        In a terminal: <code>lamplighter demo</code>
      </p>
    </ScreenFrame>
  );
}
