import type { Remedy } from "../../../../core/model/stack.ts";
import { definitionRemedies } from "./definitions.ts";
import { leftOverRemedies } from "./left-overs.ts";
import { serviceUnitRemedies } from "./service-units.ts";
import type { Place } from "./steps.ts";
import { surroundingRemedies } from "./surroundings.ts";

/** Every remedy that makes sense on this platform. */
export const remediesFor = (place: Place): readonly Remedy[] => [
  ...serviceUnitRemedies(place),
  ...definitionRemedies(place),
  ...leftOverRemedies(place),
  ...surroundingRemedies(place),
];
