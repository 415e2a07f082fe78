import type { Place } from "../place/place.ts";
import type { GatewayLink } from "../protocol/link.ts";

/** What every check of one located gateway shares. */
export type Gateway = {
  readonly place: Place;
  readonly link: GatewayLink;
  /** A start may take this long before it counts as a problem, milliseconds. */
  readonly bootGraceMs: number;
};
