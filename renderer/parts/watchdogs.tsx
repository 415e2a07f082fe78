import type { ForeignWatchdog } from "../../main/core/model/plan.ts";

/** Others on this machine that restart the same thing: two healers make one storm, so they are named before anything is done. */
export function Watchdogs({ found }: { readonly found: readonly ForeignWatchdog[] }) {
  if (found.length === 0) return null;
  return (
    <section aria-labelledby="watchdogs">
      <h2 id="watchdogs">Also restarts this</h2>
      <ul class="evidence">
        {found.map(({ kind, name, path, evidence }) => (
          <li key={`${kind} ${name}`}>
            <p class="check-title">{name}</p>
            {path !== undefined && (
              <p class="source">
                <code>{path}</code>
              </p>
            )}
            <p class="seen">{evidence}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
