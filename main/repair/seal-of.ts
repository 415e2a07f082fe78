import { createHash } from "node:crypto";
import type { Effect, Plan } from "../core/model/plan.ts";
import { isOurs } from "./touched-units.ts";

/** A process is told by number and name: when it began is read from a clock that moves. It is proved again before it is ended. */
const lasting = (effect: Effect): Effect => (effect.do === "end-process" ? { ...effect, startedMs: 0 } : effect);

/** Stands for what a plan would do by our hand. Two plans with the same seal do the same; words, waits and looks are left out. */
export function sealOf({ code, remedy, risk, effects }: Pick<Plan, "code" | "remedy" | "risk" | "effects">): string {
  const deeds = effects.flatMap(({ effect }) => (isOurs(effect) ? [lasting(effect)] : []));
  return createHash("sha256")
    .update(JSON.stringify([code, remedy, risk, deeds]))
    .digest("hex")
    .slice(0, 12);
}
