import { Lamp } from "../parts/lamp.tsx";
import { NewAddress } from "../parts/new-address.tsx";
import { useFront } from "../state/front.ts";

/** Nothing was ever heard: there is no memory to show either. */
export function Unreachable() {
  const { acts } = useFront();
  return (
    <main class="alone">
      <Lamp shape="grey" size={44} />
      <h1 tabIndex={-1}>Lamplighter does not answer</h1>
      <p>Nothing is known about your systems right now; they may be fine. This page keeps trying by itself.</p>
      <button type="button" class="button primary" onClick={() => void acts.load()}>
        Try now
      </button>
      <p>If Lamplighter was started again, it has another address. To get it:</p>
      <NewAddress />
    </main>
  );
}
