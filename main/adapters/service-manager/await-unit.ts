import type { Clock } from "../../core/ports/clock.ts";
import type { ServiceManager, ServiceReading } from "../../core/ports/service-manager.ts";

export type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

export type Settled =
  | { readonly kind: "runs" | "ended" | "died"; readonly reading: Loaded }
  | { readonly kind: "reached" | "late"; readonly reading: ServiceReading }
  | { readonly kind: "cancelled" };

export type AwaitOptions = {
  readonly manager: Pick<ServiceManager, "read">;
  readonly clock: Clock;
  readonly unit: string;
  /** How long to wait for the wanted reading. */
  readonly patienceMs: number;
  readonly signal?: AbortSignal | undefined;
};

const everyMs = 200;

/** Reads until a reading is as wanted; `late` with the last one when none was. */
export async function awaitReading(options: AwaitOptions, wanted: (reading: ServiceReading) => boolean): Promise<Settled> {
  const { manager, clock, unit, patienceMs, signal } = options;
  for (const began = clock.monotonicMs(); ; await clock.sleep(everyMs, signal)) {
    if (signal?.aborted) return { kind: "cancelled" };
    const reading = await manager.read(unit);
    if (wanted(reading)) return { kind: "reached", reading };
    if (clock.monotonicMs() - began >= patienceMs) return { kind: "late", reading };
  }
}

/**
 * Reads until the unit runs, and goes on until it has run for `settleMs`: a program that ends at once also looks started for
 * a moment. `ended` has ended with success, `died` has not, or was started again meanwhile.
 */
export async function awaitRunning(options: AwaitOptions & { readonly settleMs: number }): Promise<Settled> {
  const { clock, settleMs } = options;
  let first: { readonly reading: Loaded; readonly atMs: number } | undefined;
  let outcome: Settled | undefined;
  const waited = await awaitReading({ ...options, patienceMs: options.patienceMs + settleMs }, (reading) => {
    if (reading.kind !== "loaded") return false;
    if (reading.state === "failed" || reading.state === "waiting-to-restart") outcome = { kind: "died", reading };
    else if (reading.state === "stopped") outcome = { kind: "ended", reading };
    else if (reading.state === "running") {
      first ??= { reading, atMs: clock.monotonicMs() };
      if (reading.pid !== first.reading.pid || (reading.runs ?? 0) > (first.reading.runs ?? 0)) outcome = { kind: "died", reading };
      else if (clock.monotonicMs() - first.atMs >= settleMs) outcome = { kind: "runs", reading };
    }
    return outcome !== undefined;
  });
  return outcome ?? waited;
}
