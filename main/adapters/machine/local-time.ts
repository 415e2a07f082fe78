/** Time of day in the machine's own zone, `09:12`; on another day than `nowMs` with the date, `Nov 20, 09:12`, and in another year with that. */
export function localTime(atMs: number, nowMs: number): string {
  const [at, now] = [new Date(atMs), new Date(nowMs)];
  const time = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  if (at.toDateString() === now.toDateString()) return time;
  const otherYear = at.getFullYear() !== now.getFullYear();
  const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", ...(otherYear ? { year: "numeric" } : {}) }).format(at);
  return `${day}, ${time}`;
}
