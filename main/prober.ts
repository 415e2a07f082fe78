import { listeningClock } from "./adapters/clock/listening-clock.ts";
import type { RunOutcome } from "./core/engine/readings.ts";
import type { Check } from "./core/model/check.ts";
import type { Clock } from "./core/ports/clock.ts";
import type { ProbeContext } from "./core/ports/index.ts";
import { over } from "./over.ts";

export type Run = {
  readonly outcome: Promise<RunOutcome>;
  /** Resolves when the probe itself has ended, which may be long after the outcome was told. */
  readonly settled: Promise<void>;
  /** Ends the run: `trouble` is told as the check's answer, `discarded` leaves the check as it was. */
  cancel(kind: "trouble" | "discarded", reason: string): void;
};

/** While we run late ourselves, a look may take this many times its time-out, so that it still brings the true answer. */
export const lateFactor = 2;
/** Late by more than this part of its time-out, a run that was given up says nothing about the other side. */
const spoiltPart = 0.25;

const words = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]?.slice(0, 300) ?? "unknown";

/** The words for a look that our own lateness spoilt; undefined when it did not. */
export const tooBusy = (timeoutMs: number, lateMs: number): string | undefined =>
  lateMs > timeoutMs * spoiltPart ? `This machine was too busy to look: our own timers ran ${Math.round(lateMs)} ms late` : undefined;

const silence = (timeoutMs: number): string =>
  `Did not answer within ${timeoutMs >= 2_000 ? `${Math.round(timeoutMs / 1000)} s` : `${timeoutMs} ms`}`;

/**
 * Runs one check in isolation: whatever it does, an outcome arrives within its time-out and nobody else is delayed. Time in
 * which we could not listen ourselves is not counted, up to as much again.
 * A probe that throws or does not answer is trouble (grey), never a verdict.
 */
export function runCheck(check: Check, context: Omit<ProbeContext, "signal">, clock: Clock, timeoutMs: number): Run {
  const abort = new AbortController();
  const listening = listeningClock(clock);
  const lateBeforeMs = listening.lateMs();
  const startedMs = clock.monotonicMs();
  const elapsed = (): number => Math.round(clock.monotonicMs() - startedMs);
  let cancelled: Run["cancel"] | undefined;
  const ended = new AbortController();

  const limits = Promise.race([listening.sleep(timeoutMs, ended.signal), clock.sleep(timeoutMs * lateFactor, ended.signal)]);
  const observed = (async () => check.observe({ ...context, signal: abort.signal }))();
  const answer = observed.then(
    (seen): RunOutcome => ({ kind: "answered", seen, durationMs: elapsed() }),
    (error: unknown): RunOutcome => ({ kind: "trouble", reason: `Could not look: ${words(error)}`, durationMs: elapsed() }),
  );
  const timeout = limits.then((): RunOutcome => {
    const reason = tooBusy(timeoutMs, listening.lateMs() - lateBeforeMs) ?? silence(timeoutMs);
    return { kind: "trouble", reason, durationMs: elapsed() };
  });
  const cancellation = new Promise<RunOutcome>((resolve) => {
    cancelled = (kind, reason) => resolve({ kind, reason, durationMs: elapsed() });
  });
  const outcome = Promise.race([answer, timeout, cancellation]).then((result) => {
    ended.abort(over);
    abort.abort(over);
    return result;
  });
  return { outcome, settled: answer.then(() => undefined), cancel: (kind, reason) => cancelled?.(kind, reason) };
}
