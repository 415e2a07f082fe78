import type { ServiceReading } from "../../core/ports/service-manager.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

/**
 * Tells how long a job that waits may still wait. launchd counts its throttle interval from the last start and prints no times,
 * so the first reading that shows a count of starts stands for its moment: the true wait is never longer than what is told.
 * Undefined for a job that does not wait, and when launchd keeps it waiting longer than it says it would.
 */
export function throttleWatch(monotonicMs: () => number): (target: string, reading: Loaded) => number | undefined {
  const seen = new Map<string, { readonly runs: number | undefined; readonly atMs: number }>();
  return (target, { state, runs, throttleSeconds }) => {
    const before = seen.get(target);
    const at = before && before.runs === runs ? before.atMs : monotonicMs();
    seen.set(target, { runs, atMs: at });
    if (state !== "waiting-to-restart" || throttleSeconds === undefined) return undefined;
    const left = at + throttleSeconds * 1000 - monotonicMs();
    return left > 0 ? left : undefined;
  };
}
