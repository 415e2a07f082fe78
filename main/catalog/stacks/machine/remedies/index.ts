import type { Remedy } from "../../../../core/model/stack.ts";
import { launchdRemedies } from "./launchd.ts";
import type { Place } from "./steps.ts";
import { surroundingRemedies } from "./surroundings.ts";
import { systemdRemedies } from "./systemd.ts";

/** Every remedy that makes sense on this platform. */
export const remediesFor = (place: Place): readonly Remedy[] => [
  ...(place.platform === "macos" ? launchdRemedies(place) : place.platform === "linux" ? systemdRemedies(place) : []),
  ...surroundingRemedies(place),
];
