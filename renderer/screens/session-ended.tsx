import { Lamp } from "../parts/lamp.tsx";
import { NewAddress } from "../parts/new-address.tsx";

/** The key of this page is spent, so what it knew is not shown any more. */
export function SessionEnded() {
  return (
    <main class="alone">
      <Lamp shape="grey" size={44} />
      <h1 tabIndex={-1}>This page’s session has ended</h1>
      <p>
        Lamplighter was started again, or this address was opened elsewhere. What this page showed is no longer known to be true, so it is
        not shown.
      </p>
      <p>For a new one-time address, run this where Lamplighter runs:</p>
      <NewAddress />
    </main>
  );
}
