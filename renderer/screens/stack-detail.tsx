import { CheckLine } from "../parts/check-line.tsx";
import { DeepCheck } from "../parts/deep-check.tsx";
import { Icon } from "../parts/icon.tsx";
import { Lamp } from "../parts/lamp.tsx";
import { OperateMenu, Stopped } from "../parts/operate-menu.tsx";
import { RowLink } from "../parts/row.tsx";
import { ScreenFrame } from "../parts/screen-frame.tsx";
import { TickTable } from "../parts/tick-table.tsx";
import { useSelected } from "../state/front.ts";
import { groupChecks, isCutOff, lampOfStack, stackOf } from "../state/select.ts";

/** One system in full: its findings, every check with its age, slow looks on demand, its recent past. */
export function StackDetail({ id }: { readonly id: string }) {
  const stack = useSelected((state) => (state.snapshot === null ? undefined : stackOf(state.snapshot, id)));
  const cutOff = useSelected(isCutOff);
  if (stack === undefined)
    return (
      <ScreenFrame title="Unknown system">
        <p class="lead">Lamplighter does not watch anything by this name.</p>
      </ScreenFrame>
    );
  if (!stack.installed)
    return (
      <ScreenFrame title={stack.title}>
        <p class="lead">{stack.sentence}. This is where we looked:</p>
        <ul class="own-notes">
          {stack.looksFor.map((place) => (
            <li key={place}>{place}</li>
          ))}
        </ul>
      </ScreenFrame>
    );
  const groups = groupChecks(stack.checks);
  const shape = cutOff ? "grey" : lampOfStack(stack);
  return (
    <ScreenFrame title={stack.title}>
      <div class={`lead-box tone-${shape}`}>
        <Lamp shape={shape} size={28} />
        <p class="finding-title">{stack.sentence}</p>
      </div>
      <Stopped stack={id} />
      {!stack.ground && <OperateMenu stack={stack} />}
      {stack.findings.length > 0 && (
        <section aria-labelledby="findings">
          <h2 id="findings">Findings</h2>
          <ul class="rows">
            {stack.findings
              .toSorted((a, b) => Number(b.root) - Number(a.root))
              .map((finding) => (
                <li key={finding.code}>
                  <RowLink
                    class={`${finding.root ? "row" : "row follower"}${cutOff ? " stale" : ""}`}
                    to={{ screen: "finding", stack: id, code: finding.code }}
                  >
                    <Lamp shape={finding.light} />
                    <span class="row-words">
                      <span class="row-title plain">{finding.title}</span>
                    </span>
                    <Icon name="onward" />
                  </RowLink>
                </li>
              ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="checks">
        <h2 id="checks">Checks</h2>
        <ul class="checks">
          {groups.driving.map((check) => (
            <CheckLine key={check.id} check={check} cutOff={cutOff} />
          ))}
        </ul>
      </section>
      {groups.notes.length > 0 && (
        <section aria-labelledby="notes">
          <h2 id="notes">Notes</h2>
          <p class="hint">Shown for completeness. These never change the lamp.</p>
          <ul class="checks">
            {groups.notes.map((check) => (
              <CheckLine key={check.id} check={check} cutOff={cutOff} />
            ))}
          </ul>
        </section>
      )}
      {groups.deep.length > 0 && (
        <section aria-labelledby="deep">
          <h2 id="deep">Deep checks</h2>
          <p class="hint">Slow programs of the stack itself. They run only when you ask, and never change the lamp.</p>
          <ul class="checks">
            {groups.deep.map((check) => (
              <DeepCheck key={check.id} stack={id} check={check} />
            ))}
          </ul>
        </section>
      )}
      <TickTable past={stack} />
    </ScreenFrame>
  );
}
