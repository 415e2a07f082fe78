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

/** Checks that are green whenever the gateway works, whatever else there is on this machine. */
const ground: ReadonlySet<string> = new Set(["live", "ready", "session", "startup"]);

/** A plan without looks at checks that this installation does not have, and with one at the gateway itself. */
function onlyKnown(one: Remedy, { checks }: RemedyPlace): Remedy {
  const looksAt = ({ effect }: Step): string | undefined => (effect.do === "recheck" ? effect.check : undefined);
  return {
    ...one,
    plan: (params) => {
      const steps = one.plan(params).filter((step) => checks.has(looksAt(step) ?? "live"));
      const isProved = steps.some((step) => ground.has(looksAt(step) ?? ""));
      // The check that complained cannot be the only one to prove a repair.
      return isProved || !checks.has("live") ? steps : [...steps, recheck("live", "The gateway answers")];
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
