import { z } from "zod";
import { type Check, type CheckSettings, check, defineProbe, type Past } from "../../../../core/model/check.ts";
import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";

/**
 * A check whose question only this stack can ask, because it speaks OpenClaw's protocol or joins several facts of one place.
 * `kind` names the probe type it is closest to.
 */
export function ownCheck<Seen>(
  settings: CheckSettings & { readonly kind: string },
  look: (context: ProbeContext) => Promise<Seen>,
  judge: (seen: Seen, past: readonly Past<Seen>[]) => Verdict,
): Check<Seen> {
  const { kind, ...rest } = settings;
  const options = z.object({});
  const probe = defineProbe<typeof options, Seen>({
    type: kind,
    options,
    observe: (_options, context) => look(context),
    judge: (_options, seen, past) => judge(seen, past),
  });
  return check(rest, probe, {});
}
