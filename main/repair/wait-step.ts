import { span } from "../core/engine/words.ts";
import { cancelled, done, type EffectOf, type StepResult, type StepWork } from "./step-work.ts";

/** Between two lines about how long it still takes, milliseconds. */
const tickMs = 1_000;
/** Between two looks at what is waited for, milliseconds. */
const lookMs = 3_000;

/** Lets time go by and says how much is left; ends early when the check that is waited for is green. */
export async function waitFor(effect: EffectOf<"wait">, { ports: { clock }, site, repair, progress }: StepWork): Promise<StepResult> {
  const { forMs, until, reason } = effect;
  const startMs = clock.monotonicMs();
  const left = (): number => forMs - (clock.monotonicMs() - startMs);
  let nextLookMs = lookMs;
  while (left() > 0) {
    progress(`${reason}: ${span(left())} left`);
    await clock.sleep(Math.min(tickMs, left()), repair.signal);
    if (repair.signal.aborted) return cancelled;
    if (until === undefined || forMs - left() < nextLookMs) continue;
    const seen = await site.lookAt(until);
    if (seen?.light === "green") return done(`After ${span(forMs - left())}: ${seen.summary}`);
    nextLookMs = forMs - left() + lookMs;
  }
  return done(`Waited ${span(forMs)}`);
}
