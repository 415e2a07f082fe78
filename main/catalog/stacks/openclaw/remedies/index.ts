import type { Remedy } from "../../../../core/model/stack.ts";
import { authRemedies } from "./auth.ts";
import { channelRemedies } from "./channels.ts";
import { configRemedies } from "./config.ts";
import { gatewayRemedies } from "./gateway.ts";
import { installRemedies } from "./install.ts";
import { nodeRemedies } from "./nodes.ts";
import { providerRemedies } from "./provider.ts";
import type { RemedyPlace } from "./step.ts";

export type { RemedyPlace } from "./step.ts";

/** Every repair of this stack, bound to one installation. */
export const remediesFor = (place: RemedyPlace): readonly Remedy[] => [
  ...installRemedies(place),
  ...gatewayRemedies(place),
  ...configRemedies(place),
  ...authRemedies(place),
  ...channelRemedies(place),
  ...nodeRemedies(place),
  ...providerRemedies(place),
];
