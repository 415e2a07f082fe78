import { CopyButton } from "./copy-button.tsx";

/** How to come back when the old address is of no more use: only whoever can reach the machine can ask for a new one. */
export function NewAddress() {
  return (
    <div class="output">
      <pre>lamplighter serve</pre>
      <CopyButton text="lamplighter serve" what="Command" />
    </div>
  );
}
