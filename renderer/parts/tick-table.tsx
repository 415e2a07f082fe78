import { lampWords } from "../lib/words.ts";
import { type Past, saySlots, tickRuns } from "../state/tick-words.ts";
import { Ticks } from "./ticks.tsx";

/** The history bar with the same facts as a table, for those who cannot or do not want to read a bar. */
export function TickTable({ past }: { readonly past: Past }) {
  return (
    <section aria-labelledby="history">
      <h2 id="history">History</h2>
      <Ticks past={past} />
      <details class="fold">
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">From newest to oldest</th>
              <th scope="col">Lamp</th>
            </tr>
          </thead>
          <tbody>
            {tickRuns(past.ticks).map((run) => (
              <tr key={run.from}>
                <td>{saySlots(run.slots, past.tickMs)}</td>
                <td>{run.light === null ? "Nothing known" : lampWords[run.light]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
