import type { ForeignWatchdog } from "../model/plan.ts";
import type { UnitLife } from "./unit-life.ts";
import { isUp } from "./unit-runs.ts";
import { count, span } from "./words.ts";

const shortestThrottleMs = 10_000;
/** Another restarter that is known is given this long to act, and to be the only one, milliseconds. */
const patienceMs = 10 * 60_000;
const manyStarts = 3;

const kinds: Readonly<Record<ForeignWatchdog["kind"], string>> = {
  "launchd-job": "launchd job",
  "systemd-timer": "systemd timer",
  "systemd-unit": "systemd unit",
  "cron-line": "cron line",
  pm2: "pm2",
  script: "script",
};

/** A crontab line is already called one. */
const named = ({ kind, name }: ForeignWatchdog): string => (kind === "cron-line" ? name : `${kinds[kind]} ${name}`);

type Facts = {
  readonly title: string;
  readonly watchdogs: readonly ForeignWatchdog[];
  readonly throttleMs: number;
  readonly curesCause?: boolean;
};

export type ForeignHold = { readonly sentence: string; readonly forMs?: number };

/** Why we leave it to somebody else to restart the unit; undefined when nobody else does. */
export function foreignHold(life: UnitLife, { title, watchdogs, throttleMs, curesCause }: Facts): ForeignHold | undefined {
  const up = isUp(life.state);
  const sinceMs = (atMs: number): number => Math.max(0, life.steadyMs - atMs);
  const others = life.starts.filter(({ by }) => by === "other");
  const last = others.at(-1);
  const lastMs = last === undefined ? Number.POSITIVE_INFINITY : sinceMs(last.atMs);
  const windowMs = 2 * Math.max(shortestThrottleMs, throttleMs);
  // With its cause taken away, the tries of its own manager are nothing to wait for: there is no boot they could bring to an end.
  const cured = curesCause === true && (!up || life.failedBoots >= 3);

  const [dog] = watchdogs;
  if (dog !== undefined) {
    const downMs = life.downMs === undefined ? 0 : sinceMs(life.downMs);
    const forMs = patienceMs - Math.min(lastMs, downMs);
    const acted = lastMs < patienceMs ? `, last ${span(lastMs)} ago` : "";
    if (forMs > 0) return { sentence: `${named(dog)} restarts ${title} too${acted}; switch that off first, or leave it to that`, forMs };
  }
  if (cured) return undefined;
  if (life.state === "waiting-to-restart") {
    const tries =
      life.failedBoots >= manyStarts ? `, and it ended ${count(life.failedBoots, "time")} before it worked. Find the cause first` : "";
    const forMs = life.nextTryMs ?? throttleMs;
    return {
      sentence: `The service manager starts ${title} again by itself${forMs > 0 ? ` in ${span(forMs)}` : ""}${tries}`,
      forMs: Math.max(forMs, 1_000),
    };
  }
  const many = others.filter(({ atMs }) => sinceMs(atMs) < patienceMs);
  if (up && many.length >= manyStarts) {
    const sentence = `Something else started ${title} ${count(many.length, "time")} in ${span(patienceMs)}; another restart changes nothing. Find out who or why first`;
    return { sentence, forMs: patienceMs - sinceMs(many.at(-manyStarts)?.atMs ?? life.steadyMs) };
  }
  if (lastMs < windowMs) return { sentence: `Not yet: something else started ${title} ${span(lastMs)} ago`, forMs: windowMs - lastMs };
  return undefined;
}
