import { span } from "../core/engine/words.ts";
import type { Looked } from "./site.ts";
import { cancelled, done, type EffectOf, failed, type StepResult, type StepWork } from "./step-work.ts";

/** One bad look may be a hiccup: a second one follows, milliseconds later. */
const secondLookMs = 2_000;
const pauseMs = 3_000;

const result = (title: string, seen: Looked): StepResult =>
  seen.light === "green"
    ? done(`${title}: ${seen.summary}`, seen.report)
    : failed(`${title}: ${seen.summary} (${seen.light === "grey" ? "not known" : seen.light})`, seen.report);

/** Looks now. After a restart of ours the unit gets the time that it usually takes to boot; otherwise a second look decides. */
export async function recheck({ check }: EffectOf<"recheck">, work: StepWork): Promise<StepResult> {
  const { ports, site, repair, progress } = work;
  const { clock } = ports;
  const known = site.checks.find(({ id }) => id === check);
  if (known === undefined) return failed(`There is no check called ${check}`);
  const startMs = clock.monotonicMs();
  const patienceMs = known.lane === "deep" ? 0 : Math.max(secondLookMs, work.bootMs());
  for (;;) {
    const seen = await site.lookAt(check);
    if (repair.signal.aborted) return cancelled;
    if (seen === undefined) return failed(`There is no check called ${check}`);
    const leftMs = patienceMs - (clock.monotonicMs() - startMs);
    if (seen.light === "green" || leftMs <= 0) return result(known.title, seen);
    progress(`${known.title}: ${seen.summary}; waiting up to ${span(leftMs)} more`);
    await clock.sleep(Math.min(pauseMs, leftMs), repair.signal);
  }
}
