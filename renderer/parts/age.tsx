import { sayAge, sayLength, sayMoment } from "../lib/ages.ts";
import { useCoreNow } from "../state/front.ts";

/**
 * How old a fact is; `at` in epoch milliseconds of the core's clock. The moment itself shows on hover,
 * and beside the age where `exact` is set.
 */
export function Age({ at, exact = false, plain = false }: { readonly at: number; readonly exact?: boolean; readonly plain?: boolean }) {
  const now = useCoreNow();
  const moment = sayMoment(at, now);
  return (
    <time class="age" dateTime={new Date(at).toISOString()} title={moment}>
      {plain ? sayLength(now - at) : sayAge(now - at)}
      {exact && <span class="moment"> · {moment}</span>}
    </time>
  );
}
