import { sayAge, sayLength, sayMoment } from "../lib/ages.ts";
import { useCoreNow } from "../state/front.ts";

type AgeProps = {
  /** Epoch milliseconds of the core's clock. */
  readonly at: number;
  /** `ago`: "8 s ago". `length`: "8 s". */
  readonly as?: "ago" | "length";
  /** Also shows the moment itself; otherwise it appears on hover only. */
  readonly exact?: boolean;
};

/** How old a fact is. The number moves on by itself, the space it takes does not. */
export function Age({ at, as = "ago", exact = false }: AgeProps) {
  const now = useCoreNow();
  const moment = sayMoment(at, now);
  return (
    <time class={exact ? undefined : "age"} dateTime={new Date(at).toISOString()} title={moment}>
      {as === "ago" ? sayAge(now - at) : sayLength(now - at)}
      {exact && ` · ${as === "ago" ? "" : "since "}${moment}`}
    </time>
  );
}
