import { type Failure, sayFailure } from "../lib/words.ts";
import { CopyButton } from "./copy-button.tsx";

/** A call that was refused: what it means first, the exact code to copy second. */
export function FailureNote({ failure }: { readonly failure: Failure }) {
  const exact = `${failure.code}: ${failure.message}`;
  return (
    <div class="note" role="alert">
      <p>{sayFailure(failure)}</p>
      {sayFailure(failure) !== failure.message && (
        <p class="exact">
          <code>{exact}</code> <CopyButton text={exact} what="Error" />
        </p>
      )}
    </div>
  );
}
