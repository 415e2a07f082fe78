import { useFront, useSelected } from "../state/front.ts";
import { agreement, answerTimes, headline, isCutOff, primary, waitingCards } from "../state/select.ts";
import type { State } from "../state/state.ts";
import { toHash } from "../state/view.ts";
import { Age } from "./age.tsx";
import { Lamp } from "./lamp.tsx";

function Under({ state }: { readonly state: State }) {
  const { snapshot } = state;
  if (snapshot === null) return <>Lamps stay grey until a check has answered.</>;
  const times = answerTimes(snapshot);
  if (isCutOff(state))
    return (
      <>
        Trying again. What follows was true <Age at={snapshot.at} />.
      </>
    );
  if (snapshot.settling) return <>Learning: a lamp stays grey until its check has answered.</>;
  const top = state.cards.map((key) => state.placed[key]).find((placed) => placed !== undefined && !placed.gone);
  if (top !== undefined)
    return (
      <>
        For <Age at={top.finding.since} as="length" />
        {top.finding.state === "soft" && ", being confirmed"}
      </>
    );
  return (
    <>
      {agreement(snapshot)}
      {snapshot.light === "green" && times.oldest !== undefined && (
        <>
          , none older than <Age at={times.oldest} as="length" />
        </>
      )}
    </>
  );
}

/** The first thing read: lamp, one sentence with the cause, its age, and the one thing to do. */
export function Headline() {
  const { store } = useFront();
  const state = useSelected((whole) => whole);
  const { shape, sentence } = headline(state);
  const offer = primary(state);
  const waiting = waitingCards(state);
  return (
    <header class={`headline tone-${shape}`}>
      <Lamp shape={shape} size={40} silent />
      <div class="headline-words">
        <h1 tabIndex={-1}>
          <span class="unseen">Lamplighter: </span>
          {sentence}
        </h1>
        <p class="under">
          <Under state={state} />
        </p>
      </div>
      {offer !== null && (
        <a class="button primary" href={toHash(offer.view)}>
          {offer.label}
        </a>
      )}
      {waiting > 0 && (
        <button type="button" class="button small waiting" onClick={() => store.send({ type: "held", held: false })}>
          {waiting} new: show
        </button>
      )}
    </header>
  );
}
