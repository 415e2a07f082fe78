import { useSelected } from "../state/front.ts";
import { progressWords } from "../state/runs.ts";
import { isCutOff } from "../state/select.ts";
import { toHash, viewOf } from "../state/view.ts";
import { Age } from "./age.tsx";

/** What must not be missed on any screen: that a system is invented, or that nobody answers any more. */
export function Strips() {
  const snapshot = useSelected((state) => state.snapshot);
  const cutOff = useSelected(isCutOff);
  const isOverview = useSelected((state) => viewOf(state.path).screen === "overview");
  const running = useSelected((state) => state.repairs.running[0]);
  const isThere = useSelected((state) => toHash(viewOf(state.path)).startsWith("#/repair/"));
  if (snapshot === null) return null;
  return (
    <>
      {running !== undefined && !isThere && (
        <aside class="strip" aria-label="Repair">
          <a href={toHash({ screen: "repair", id: running.id })}>
            <b>{running.state === "asking" ? "A repair needs you" : "Repairing"}</b>: {progressWords(running).toLowerCase()}
          </a>
        </aside>
      )}
      {snapshot.demo !== undefined && (
        <aside class="strip" aria-label="Demo">
          <b>Demo</b> “{snapshot.demo}”: an invented system
        </aside>
      )}
      {cutOff && !isOverview && (
        <aside class="strip" aria-label="Connection">
          <b>Lost contact.</b> What you see was true <Age at={snapshot.at} />.
        </aside>
      )}
    </>
  );
}
