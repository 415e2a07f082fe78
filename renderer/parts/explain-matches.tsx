import type { ExplainMatch } from "../../main/core/contract/index.ts";
import { keyOf } from "../state/cards.ts";
import { useSelected } from "../state/front.ts";
import { stackOf } from "../state/select.ts";
import { toHash } from "../state/view.ts";

const sureness = (confidence: number): string => (confidence >= 0.85 ? "Almost certain" : confidence >= 0.6 ? "Likely" : "Possible");

function Match({ match }: { readonly match: ExplainMatch }) {
  const title = useSelected((state) => (state.snapshot === null ? undefined : stackOf(state.snapshot, match.stack)?.title));
  const isPresent = useSelected((state) => state.placed[keyOf(match.stack, match.code)]?.gone === false);
  return (
    <article class="match">
      <p class="when">
        {sureness(match.confidence)}, {title ?? match.stack}
      </p>
      <h3>{match.title}</h3>
      <pre class="line">{match.line}</pre>
      {match.runbook !== "" && <p class="runbook">{match.runbook}</p>}
      {isPresent && (
        <a class="button small" href={toHash({ screen: "finding", stack: match.stack, code: match.code })}>
          This is happening now: show it
        </a>
      )}
      <p class="codes">
        <code>{match.code}</code> {match.symptoms.join(", ")}
      </p>
    </article>
  );
}

/** What a pasted text means, best guess first; honest when no rule knows it. */
export function ExplainMatches({ matches }: { readonly matches: readonly ExplainMatch[] }) {
  if (matches.length === 0)
    return (
      <section class="note" aria-labelledby="matches">
        <h2 id="matches">No rule knows this text</h2>
        <p>That does not mean all is well, only that this wording is new to us. More lines around the error often help.</p>
      </section>
    );
  return (
    <section class="matches" aria-labelledby="matches">
      <h2 id="matches">{matches.length === 1 ? "What it means" : "What it can mean, best match first"}</h2>
      {matches.map((match) => (
        <Match key={`${match.stack} ${match.code}`} match={match} />
      ))}
    </section>
  );
}
