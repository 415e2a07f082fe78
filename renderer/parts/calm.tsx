import type { Snapshot } from "../../main/core/model/snapshot.ts";
import { installed } from "../state/select.ts";
import { lastTrouble } from "../state/tick-words.ts";

/** Under an all-green list: that nothing is asked of the reader, and what last was. */
export function Calm({ snapshot }: { readonly snapshot: Snapshot }) {
  const trouble = lastTrouble(installed(snapshot));
  return (
    <p class="calm">
      Nothing needs you.
      <br />
      {trouble === null ? "No trouble in the recorded past." : `Last trouble: ${trouble}.`}
    </p>
  );
}
