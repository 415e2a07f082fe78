import type { z } from "zod";
import type { ProbeContext } from "../ports/index.ts";
import type { Verdict } from "./observation.ts";

/** What one kind of probe can see, and what it makes of it. `observe` is the only step that touches a port. */
export type ProbeType<Options extends z.ZodType, Seen> = {
  readonly type: string;
  readonly options: Options;
  observe(options: z.output<Options>, context: ProbeContext): Promise<Seen>;
  judge(options: z.output<Options>, seen: Seen, past: readonly Past<Seen>[]): Verdict;
};

/** An earlier observation of the same check, oldest first, at most 20 of them. */
export type Past<Seen> = { readonly at: number; readonly seen: Seen };

/**
 * `poll` checks run on their own cadence. `deep` checks start slow foreign programs: only on demand, never driving the light.
 */
export type Lane = "poll" | "deep";

export type CheckSettings = {
  readonly id: string;
  readonly title: string;
  readonly lane?: Lane;
  /** Healthy cadence in milliseconds (default 15000). */
  readonly everyMs?: number;
  /** Upper bound of one run in milliseconds (default 5000); beyond it the check is grey. */
  readonly timeoutMs?: number;
  /** False: shown, but never drives the stack's light (default true in the poll lane). */
  readonly drivesLight?: boolean;
};

/** A probe type bound to validated options. `Seen` is phantom: it lets a stack read its own facts back with their type. */
export type Check<Seen = unknown> = {
  readonly id: string;
  readonly title: string;
  readonly lane: Lane;
  readonly everyMs: number;
  readonly timeoutMs: number;
  readonly drivesLight: boolean;
  readonly probe: string;
  observe(context: ProbeContext): Promise<Seen>;
  judge(seen: Seen, past: readonly Past<Seen>[]): Verdict;
};

export const defineProbe = <O extends z.ZodType, S>(probe: ProbeType<O, S>): ProbeType<O, S> => probe;

/** Binds a probe type to options; `judge` replaces the type's own opinion where the stack knows better. */
export function check<O extends z.ZodType, S>(
  settings: CheckSettings,
  probe: ProbeType<O, S>,
  options: z.input<O>,
  judge?: (seen: S, past: readonly Past<S>[]) => Verdict,
): Check<S> {
  const parsed = probe.options.parse(options);
  const lane = settings.lane ?? "poll";
  return {
    id: settings.id,
    title: settings.title,
    lane,
    everyMs: settings.everyMs ?? 15_000,
    timeoutMs: settings.timeoutMs ?? 5_000,
    drivesLight: settings.drivesLight ?? lane === "poll",
    probe: probe.type,
    observe: (context) => probe.observe(parsed, context),
    judge: judge ?? ((seen, past) => probe.judge(parsed, seen, past)),
  };
}
