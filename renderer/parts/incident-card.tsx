import { countOf } from "../lib/words.ts";
import { keyOf } from "../state/cards.ts";
import { useSelected } from "../state/front.ts";
import type { Placed } from "../state/state.ts";
import { Age } from "./age.tsx";
import { Lamp } from "./lamp.tsx";
import { RowLink } from "./row.tsx";

/** One root cause on the overview. `open`: with its explanation and newest proof; otherwise one line. */
export function IncidentCard({ placed, open }: { readonly placed: Placed; readonly open: boolean }) {
  const { finding, stack, stackTitle, gone } = placed;
  const all = useSelected((state) => state.placed);
  const newest = finding.evidence.toSorted((a, b) => b.at - a.at)[0];
  const followers = finding.followers.map((code) => all[keyOf(stack, code)]?.finding.title ?? code);
  return (
    <article class={gone ? "card tone-grey stale" : `card tone-${finding.light}`}>
      <RowLink class="card-link" to={{ screen: "finding", stack, code: finding.code }}>
        <Lamp shape={finding.light} />
        <span class="card-words">
          <span class="card-title">{finding.title}</span>
          <span class="card-place">
            {stackTitle}
            {gone && ", no longer seen"}
            {!gone && finding.state === "soft" && ", being confirmed"}
          </span>
        </span>
      </RowLink>
      {open && <p class="cause">{finding.detail}</p>}
      {open && newest !== undefined && (
        <p class="proof">
          <span class="seen">{newest.text}</span>
          <span class="source">
            {newest.source}, <Age at={newest.at} />
          </span>
        </p>
      )}
      {followers.length > 0 && (
        <details class="fold">
          <summary>{countOf(followers.length, "more follows", "more follow")} from this</summary>
          <ul>
            {followers.map((title) => (
              <li key={title}>{title}</li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}
