import { firstSentences } from "../lib/first-sentences.ts";
import { countOf } from "../lib/words.ts";
import { keyOf } from "../state/cards.ts";
import { useSelected } from "../state/front.ts";
import type { Placed } from "../state/state.ts";
import { Age } from "./age.tsx";
import { Icon } from "./icon.tsx";
import { Lamp } from "./lamp.tsx";
import { RowLink } from "./row.tsx";

type CardProps = {
  readonly placed: Placed;
  /** With its explanation and newest proof; otherwise only its title. */
  readonly open: boolean;
  /** The headline above says the title already. */
  readonly isHeadlined: boolean;
  /** Only a memory, nobody answers. */
  readonly cutOff: boolean;
};

/** One root cause on the overview. The whole card leads to its details. */
export function IncidentCard({ placed, open, isHeadlined, cutOff }: CardProps) {
  const { finding, stack, stackTitle, gone } = placed;
  const all = useSelected((state) => state.placed);
  const newest = finding.evidence.toSorted((a, b) => b.at - a.at)[0];
  const followers = finding.followers.map((code) => all[keyOf(stack, code)]?.finding.title ?? code);
  const link = { screen: "finding", stack, code: finding.code } as const;
  return (
    <article class={gone || cutOff ? "card stale" : "card"}>
      {!isHeadlined && (
        <RowLink class="card-link" to={link}>
          <Lamp shape={finding.light} />
          <span class="card-words">
            <span class="card-title">{finding.title}</span>
            <span class="card-place">
              {stackTitle}
              {gone && ", no longer seen"}
              {!gone && finding.state === "soft" && ", being confirmed"}
            </span>
          </span>
          <Icon name="onward" />
        </RowLink>
      )}
      {open && <p class="cause">{firstSentences(finding.detail)}</p>}
      {open && newest !== undefined && (
        <p class="proof">
          <span class="seen">{newest.text}</span>
          <span class="source">
            {newest.source}, <Age at={newest.at} />
          </span>
        </p>
      )}
      <div class="card-end">
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
        {isHeadlined && (
          <RowLink class="card-link card-more" to={link}>
            Details<span class="unseen">: {finding.title}</span>
            <Icon name="onward" />
          </RowLink>
        )}
      </div>
    </article>
  );
}
