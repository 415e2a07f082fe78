import type { Remedy } from "../../../../core/model/stack.ts";
import { authRemedies } from "./auth.ts";
import { channelRemedies } from "./channels.ts";
import { configRemedies } from "./config.ts";
import { gatewayRemedies } from "./gateway.ts";
import { installRemedies } from "./install.ts";
import { nodeRemedies } from "./nodes.ts";
import { providerRemedies } from "./provider.ts";
import { type RemedyPlace, recheck, type Step } from "./step.ts";

export type { RemedyPlace } from "./step.ts";

/** A plan without looks at checks that this installation does not have; something is always looked at in the end. */
function onlyKnown(one: Remedy, { checks }: RemedyPlace): Remedy {
  const isKnown = ({ effect }: Step): boolean => effect.do !== "recheck" || checks.has(effect.check);
  return {
    ...one,
    plan: (params) => {
      const steps = one.plan(params).filter(isKnown);
      return steps.some(({ effect }) => effect.do === "recheck") ? steps : [...steps, recheck("live", "The gateway answers")];
    },
  };
}

/** Every repair of this stack, bound to one installation. */
export const remediesFor = (place: RemedyPlace): readonly Remedy[] =>
  [
    ...installRemedies(place),
    ...gatewayRemedies(place),
    ...configRemedies(place),
    ...authRemedies(place),
    ...channelRemedies(place),
    ...nodeRemedies(place),
    ...providerRemedies(place),
  ].map((one) => onlyKnown(one, place));
