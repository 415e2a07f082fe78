const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in one short unit: "8 s", "14 min", "5 h", "3 days". `ms` below zero counts as zero. */
export function sayLength(ms: number): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < 2 * DAY) return `${Math.floor(length / HOUR)} h`;
  return `${Math.floor(length / DAY)} days`;
}

/** How long ago something was: "just now", "8 s ago". A moment ahead of us is a clock's fault, not news. */
export const sayAge = (ms: number): string => (ms < SECOND ? "just now" : `${sayLength(ms)} ago`);

/** How long a probe took: "under 1 ms", "38 ms", "1.2 s". */
export function sayDuration(ms: number): string {
  if (ms < 1) return "under 1 ms";
  return ms < SECOND ? `${Math.round(ms)} ms` : `${(ms / SECOND).toFixed(1)} s`;
}

/** How long something took: "38 ms", "1.2 s", "3 min". */
export const sayTook = (ms: number): string => (ms < MINUTE ? sayDuration(ms) : sayLength(ms));

/** The wall-clock time of a moment, with its day when that was not today. Both in epoch milliseconds. */
export function sayMoment(at: number, nowMs: number): string {
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" }).format(at);
  const sameDay = new Date(at).toDateString() === new Date(nowMs).toDateString();
  return sameDay ? time : `${new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" }).format(at)}, ${time}`;
}

/** Time that is left, to the second: "1:46", "46 s", "2 h 5 min". */
export function sayCountdown(ms: number): string {
  const left = Math.max(0, Math.ceil(ms / SECOND));
  if (left < 60) return `${left} s`;
  if (left < 3_600) return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return `${Math.floor(left / 3_600)} h ${Math.floor((left % 3_600) / 60)} min`;
}
