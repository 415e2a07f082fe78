import { riskWords, withEllipsis } from "../lib/words.ts";
import { Age } from "../parts/age.tsx";
import { EvidenceList } from "../parts/evidence-list.tsx";
import { Icon } from "../parts/icon.tsx";
import { Lamp } from "../parts/lamp.tsx";
import { RowLink } from "../parts/row.tsx";
import { ScreenFrame } from "../parts/screen-frame.tsx";
import { keyOf } from "../state/cards.ts";
import { useSelected } from "../state/front.ts";
import { overview, toHash } from "../state/view.ts";

/** One finding in full: cause, proof, what it is not, what follows, what can be done. */
export function FindingDetail({ stack, code }: { readonly stack: string; readonly code: string }) {
  const placed = useSelected((state) => state.placed[keyOf(stack, code)]);
  const all = useSelected((state) => state.placed);
  if (placed === undefined)
    return (
      <ScreenFrame title="Not here any more">
        <p class="lead">This was not found in the newest look. It may have been solved.</p>
        <a class="button" href={toHash(overview)}>
          Go to the overview
        </a>
      </ScreenFrame>
    );
  const { finding, gone } = placed;
  const first = finding.remedies.find(({ kind }) => kind === "plan");
  const foot =
    first === undefined ? undefined : (
      <>
        <a class="button primary" href={toHash({ screen: "plan", stack, code, remedy: first.id })}>
          {withEllipsis(first.title)}
        </a>
        <span class={`risk risk-${first.risk}`}>{riskWords[first.risk]}</span>
      </>
    );
  return (
    <ScreenFrame title={placed.stackTitle} foot={foot}>
      <div class={`lead-box tone-${gone ? "grey" : finding.light}`}>
        <Lamp shape={finding.light} size={28} />
        <div>
          <h2 class="finding-title">{finding.title}</h2>
          <p class="when">
            {gone ? (
              "No longer seen in the newest look"
            ) : (
              <>
                For <Age at={finding.since} as="length" exact />
                {finding.state === "soft" && ", being confirmed"}
              </>
            )}
          </p>
        </div>
      </div>
      <p class="cause">{finding.detail}</p>
      {finding.remedies.length > 0 && (
        <section aria-labelledby="remedies">
          <h2 id="remedies">What can be done</h2>
          <ul class="rows">
            {finding.remedies.map((remedy) => (
              <li key={remedy.id}>
                <RowLink class="row" to={{ screen: "plan", stack, code, remedy: remedy.id }}>
                  <span class="row-words">
                    <span class="row-title">{withEllipsis(remedy.title)}</span>
                    <span class={`risk risk-${remedy.risk}`}>{riskWords[remedy.risk]}</span>
                  </span>
                  <Icon name="onward" />
                </RowLink>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="evidence">
        <h2 id="evidence">What was seen</h2>
        <EvidenceList evidence={finding.evidence} />
      </section>
      {finding.ruledOut.length > 0 && (
        <section aria-labelledby="ruled-out">
          <h2 id="ruled-out">Ruled out</h2>
          <ul class="ruled-out">
            {finding.ruledOut.map((one) => (
              <li key={one}>
                <Icon name="not" />
                <span>{one}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {finding.followers.length > 0 && (
        <section aria-labelledby="followers">
          <h2 id="followers">Follows from this</h2>
          <ul class="rows">
            {finding.followers.map((follower) => {
              const one = all[keyOf(stack, follower)];
              return (
                <li key={follower}>
                  <RowLink class="row" to={{ screen: "finding", stack, code: follower }}>
                    <Lamp shape={one?.finding.light ?? "grey"} />
                    <span class="row-words">
                      <span class="row-title plain">{one?.finding.title ?? follower}</span>
                    </span>
                    <Icon name="onward" />
                  </RowLink>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <p class="codes">
        <code>{finding.code}</code> {finding.symptoms.join(", ")}
      </p>
    </ScreenFrame>
  );
}
