import { shortcut } from "../lib/shortcut.ts";
import { useFront, useSelected } from "../state/front.ts";
import { answerTimes } from "../state/select.ts";
import { overview, toHash } from "../state/view.ts";
import { Age } from "./age.tsx";
import { Icon } from "./icon.tsx";

/** The same few things at the bottom of the overview, whatever the light. */
export function Footer() {
  const { acts } = useFront();
  const isBusy = useSelected((state) => state.probe.step === "busy");
  const snapshot = useSelected((state) => state.snapshot);
  const newest = snapshot === null ? undefined : answerTimes(snapshot).newest;
  return (
    <footer class="footer">
      <button type="button" class="quiet" onClick={() => void acts.refresh()} aria-disabled={isBusy} title="Check now (R)">
        Check now
      </button>
      <a class="quiet" href={toHash({ screen: "explain" })} title="Paste an error (/)">
        Paste an error
      </a>
      <a class="quiet square" href={toHash({ screen: "repairs" })} title="Repairs">
        <Icon name="past" />
        <span class="unseen">Repairs</span>
      </a>
      <button
        type="button"
        class="quiet square"
        onClick={() => void acts.copyReport(overview)}
        title={`Copy report (${shortcut("C", true)})`}
      >
        <Icon name="copy" />
        <span class="unseen">Copy report</span>
      </button>
      <span class="when">
        {isBusy ? (
          "checking…"
        ) : newest === undefined ? (
          "not checked yet"
        ) : (
          <>
            <span class="roomy">checked </span>
            <Age at={newest} />
          </>
        )}
      </span>
    </footer>
  );
}
