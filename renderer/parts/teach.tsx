import type { Snapshot } from "../../main/core/model/snapshot.ts";
import { missing } from "../state/select.ts";
import { toHash } from "../state/view.ts";

/** Where we looked for stacks that are not here, folded away. */
export function LookedFor({ snapshot, open = false }: { readonly snapshot: Snapshot; readonly open?: boolean }) {
  const absent = missing(snapshot);
  if (absent.length === 0) return null;
  return (
    <details class="fold looked" open={open}>
      <summary>Not on this machine: {absent.map((stack) => stack.title).join(", ")}</summary>
      <dl>
        {absent.map((stack) => (
          <div key={stack.id}>
            <dt>{stack.title}</dt>
            {stack.looksFor.map((place) => (
              <dd key={place}>{place}</dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What to do when no stack was found: where we looked, how to point us at one, and a way to look around anyway. */
export function Teach({ snapshot }: { readonly snapshot: Snapshot }) {
  return (
    <section class="teach" aria-labelledby="teach-title">
      <h2 id="teach-title">Nothing to watch yet</h2>
      <p>Lamplighter looks where agent stacks usually live and watches what it finds by itself. It found none here.</p>
      <a class="button primary" href={toHash({ screen: "demos" })}>
        Show me a demo…
      </a>
      <h3>If one is installed somewhere else</h3>
      <ol>
        <li>
          Give its folder, TCP port or service label in <code>config.yaml</code>. Lamplighter reads it again by itself.
        </li>
        <li>
          To watch something of your own, add a custom stack: a few lines in the same file. The page “Adding a stack” in the documentation
          has examples.
        </li>
      </ol>
      <LookedFor snapshot={snapshot} open />
    </section>
  );
}
