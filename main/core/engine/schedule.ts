import { fastRetriesMs } from "./confirm.ts";

/** 0…1, the same for the same text on every machine: jitter without chance. FNV-1a with a final mix, since names differ only at their end. */
export function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** Golden ratio: consecutive multiples, modulo 1, never bunch however many there are. */
const golden = 0.618_033_988_749_894_9;

export type Cadence = {
  readonly everyMs: number;
  /** Consecutive results that were not green. */
  readonly failures: number;
  /** Something of this stack waits for a repeat. */
  readonly unsettled: boolean;
  /** Somebody is looking. */
  readonly visible: boolean;
};

/** Longest pause between two looks at a quiet check while nobody is looking, milliseconds. */
const quietLimitMs = 60_000;

/** Normal pause of a check: as set while somebody looks or something is wrong, twice as long when all is quiet. */
export function pauseMs(cadence: Cadence): number {
  if (cadence.visible || cadence.failures > 0) return cadence.everyMs;
  return Math.max(cadence.everyMs, Math.min(cadence.everyMs * 2, quietLimitMs));
}

/**
 * When a check is due again. While a failure waits for its repeats the pauses are 1, 3 and 9 s (±20 %, by name), then normal.
 * Otherwise a check stays on its own grid (`phase` of the interval), so that starts stay spread however long a run took.
 */
export function nextDue(id: string, lastDueMs: number, nowMs: number, cadence: Cadence): number {
  const retry = fastRetriesMs[Math.max(0, cadence.failures - 1)];
  if (cadence.unsettled && retry !== undefined) return nowMs + Math.min(cadence.everyMs, Math.round(retry * (0.8 + 0.4 * fraction(id))));
  const pause = pauseMs(cadence);
  const missed = Math.max(0, Math.floor((nowMs - lastDueMs) / pause));
  return lastDueMs + (missed + 1) * pause;
}

/** First regular due time of the `ordinal`-th check after the initial run that all checks make together: spread over its whole interval. */
export const firstDue = (ordinal: number, nowMs: number, everyMs: number): number =>
  nowMs + Math.round(everyMs * (((ordinal + 1) * golden) % 1));
