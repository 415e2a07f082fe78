import { useEffect } from "preact/hooks";
import { journalText } from "../../main/core/model/journal-text.ts";
import type { RepairRun } from "../../main/core/model/receipt.ts";
import { sayMoment } from "../lib/ages.ts";
import { outcomeWords } from "../lib/step-words.ts";
import { countOf } from "../lib/words.ts";
import { Age } from "../parts/age.tsx";
import { CutOff } from "../parts/cut-off.tsx";
import { FailureNote } from "../parts/failure-note.tsx";
import { Icon } from "../parts/icon.tsx";
import { Lamp } from "../parts/lamp.tsx";
import { RowLink } from "../parts/row.tsx";
import { ScreenFrame } from "../parts/screen-frame.tsx";
import { useCoreNow, useFront, useSelected } from "../state/front.ts";
import { progressWords } from "../state/runs.ts";
import type { Journal } from "../state/state.ts";

function RunRow({ run }: { readonly run: RepairRun }) {
  const ended = run.outcome === undefined ? undefined : outcomeWords[run.outcome];
  return (
    <li>
      <RowLink class="row" to={{ screen: "repair", id: run.id }}>
        <Lamp shape={ended?.shape ?? "working"} silent />
        <span class="row-words">
          <span class="row-title plain">{run.title}</span>
          <span class="fact">
            {ended?.title ?? progressWords(run)}, <Age at={run.endedMs ?? run.startedMs} />
          </span>
        </span>
        <Icon name="onward" />
      </RowLink>
    </li>
  );
}

function JournalLines({ journal }: { readonly journal: Journal }) {
  const now = useCoreNow();
  const { lines, whole, damage } = journal;
  return (
    <section aria-labelledby="journal">
      <h2 id="journal">Journal</h2>
      {whole ? (
        <p class="hint">The record is whole. Every step is written down before it is done.</p>
      ) : (
        <p class="note">The record is damaged: {damage ?? "it does not fit together"}. What can be read is shown.</p>
      )}
      {lines.length > 0 && (
        <details class="fold">
          <summary>The newest {countOf(lines.length, "line", "lines")}</summary>
          <ol class="journal">
            {lines.toReversed().map((row) => (
              <li key={row.seq}>
                <span class="source">{sayMoment(row.at, now)}</span> {journalText(row)}
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

/** What Lamplighter did here: repairs under way and past with their receipts, and the journal behind them. */
export function Repairs() {
  const { acts } = useFront();
  const { running, ended } = useSelected((state) => state.repairs);
  const journal = useSelected((state) => state.journal);
  useEffect(() => {
    void acts.loadRepairs();
    void acts.loadJournal();
  }, [acts]);
  return (
    <ScreenFrame title="Repairs" report={false}>
      <CutOff />
      {running.length + ended.length === 0 ? (
        <p class="lead">Lamplighter has not repaired anything here yet. It never does so without being asked.</p>
      ) : (
        <ul class="rows">
          {[...running, ...ended].map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </ul>
      )}
      {journal.step === "here" && <JournalLines journal={journal.value} />}
      {journal.step === "refused" && <FailureNote failure={journal.failure} />}
      <p class="hint">
        In a terminal: <code>lamplighter repair</code> and <code>lamplighter journal</code>
      </p>
    </ScreenFrame>
  );
}
