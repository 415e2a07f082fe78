import { useRef } from "preact/hooks";
import { Calm } from "../parts/calm.tsx";
import { CutOff } from "../parts/cut-off.tsx";
import { FailureNote } from "../parts/failure-note.tsx";
import { Footer } from "../parts/footer.tsx";
import { Headline } from "../parts/headline.tsx";
import { IncidentCard } from "../parts/incident-card.tsx";
import { NewAddress } from "../parts/new-address.tsx";
import { StackRow } from "../parts/stack-row.tsx";
import { LookedFor, Teach } from "../parts/teach.tsx";
import { useStill } from "../parts/use-still.ts";
import { useFront, useSelected } from "../state/front.ts";
import { installed, isCutOff, nothingInstalled } from "../state/select.ts";

/** The first screen: is anything wrong, why, and how is everything else. */
export function Overview() {
  const { store } = useFront();
  const snapshot = useSelected((state) => state.snapshot);
  const cards = useSelected((state) => state.cards);
  const placed = useSelected((state) => state.placed);
  const probe = useSelected((state) => state.probe);
  const cutOff = useSelected(isCutOff);
  const list = useRef<HTMLElement>(null);
  useStill(
    list,
    useSelected((state) => state.held),
  );
  const hold = (held: boolean) => () => store.send({ type: "held", held });
  const teaches = snapshot !== null && !snapshot.settling && nothingInstalled(snapshot);
  return (
    <>
      <Headline />
      <main class="scroll" ref={list} onPointerEnter={hold(true)} onPointerLeave={hold(false)}>
        <CutOff />
        {cards.length > 0 && (
          <section class="cards" aria-labelledby="incidents-title">
            <h2 id="incidents-title" class="unseen">
              What is wrong
            </h2>
            {cards.map((key, index) => {
              const one = placed[key];
              const isHeadlined =
                index === 0 && one !== undefined && !one.gone && !cutOff && snapshot?.sentence.startsWith(one.finding.title) === true;
              return one === undefined ? null : (
                <IncidentCard key={key} placed={one} open={index === 0} isHeadlined={isHeadlined} cutOff={cutOff} />
              );
            })}
          </section>
        )}
        {snapshot !== null && (
          <>
            {teaches && <Teach snapshot={snapshot} />}
            {installed(snapshot).length > 0 && (
              <section aria-labelledby="systems-title">
                <h2 id="systems-title">Systems</h2>
                <ul class="rows">
                  {installed(snapshot).map((stack) => (
                    <StackRow key={stack.id} stack={stack} cutOff={cutOff} />
                  ))}
                </ul>
              </section>
            )}
            {snapshot.light === "green" && !cutOff && <Calm snapshot={snapshot} />}
            {!teaches && <LookedFor snapshot={snapshot} />}
            {cutOff && (
              <section class="ways-back" aria-labelledby="ways-back">
                <h2 id="ways-back">If it does not come back</h2>
                <p class="hint">Lamplighter may have been started again; then it has another address. To get it:</p>
                <NewAddress />
              </section>
            )}
            {snapshot.notes.length > 0 && (
              <section aria-labelledby="notes-title">
                <h2 id="notes-title">About Lamplighter itself</h2>
                <ul class="own-notes">
                  {snapshot.notes.map((note) => (
                    <li key={note}>{note}</li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </main>
      {/* Between list and footer: a refusal must not push the list. */}
      {probe.step === "refused" && <FailureNote failure={probe.failure} />}
      <Footer />
    </>
  );
}
