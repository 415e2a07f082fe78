import type { Effect } from "../core/model/plan.ts";
import type { StepRecord } from "../core/model/receipt.ts";
import type { ServiceReading } from "../core/ports/service-manager.ts";
import { done, type StepResult, type StepWork } from "./step-work.ts";
import { interruptedBy, startedBy } from "./touched-units.ts";

/** Clocks of the manager and of ours may differ by this much, milliseconds. */
const slackMs = 1_000;

const runsSince = (reading: ServiceReading, sinceMs: number): boolean =>
  reading.kind === "loaded" &&
  (reading.state === "running" || reading.state === "starting") &&
  reading.sinceMs !== undefined &&
  reading.sinceMs >= sinceMs - slackMs;

const isDown = (reading: ServiceReading): boolean =>
  reading.kind === "not-loaded" || (reading.kind === "loaded" && (reading.state === "stopped" || reading.state === "failed"));

/** Doing it twice is the same as doing it once. */
const isHarmlessTwice = (effect: Effect, risk: string): boolean =>
  effect.do !== "run-command" || (risk === "safe" && effect.restarts === undefined);

/**
 * What to do with a step that was begun by a process that ended before the step did: `undefined` means do it again. A restart is not
 * repeated when the unit runs since after it was asked for; a command that changes something is repeated only when a person says so.
 */
export async function settleStep(
  { effect, risk }: { readonly effect: Effect; readonly risk: string },
  step: StepRecord,
  { ports, repair, index }: StepWork,
): Promise<StepResult | undefined> {
  const label = interruptedBy(effect);
  const sinceMs = step.startedMs ?? ports.clock.nowMs();
  if (label !== undefined) {
    const reading = await ports.services.read(label);
    const happened = startedBy(effect) === undefined ? isDown(reading) : runsSince(reading, sinceMs);
    if (happened) return done("It had been carried out before we were cut off: the service unit shows it");
    if (effect.do === "service-unit") return undefined;
  }
  if (isHarmlessTwice(effect, risk)) return undefined;
  const answer = await repair.ask(
    "confirm",
    index,
    `Nobody knows whether this was done before we were cut off: ${step.preview}. Do it again?`,
  );
  if (answer === "done") return undefined;
  return { state: answer === "skip" ? "skipped" : "cancelled", detail: "Not done again" };
}
