import type { ServiceEnd } from "../ports/service-manager.ts";
import type { UnitLife, UnitSeen } from "./unit-life.ts";
import { isUp } from "./unit-runs.ts";

/** Codes of a runtime that was asked to end: 128 + SIGINT, 128 + SIGTERM. */
const askedToEnd: ReadonlySet<number> = new Set([130, 143]);
const politeSignals: ReadonlySet<string> = new Set(["SIGTERM", "SIGINT"]);

const wasAsked = (end: ServiceEnd): boolean =>
  (end.exitCode !== undefined && askedToEnd.has(end.exitCode)) || (end.signal !== undefined && politeSignals.has(end.signal));

function howStopped(life: UnitLife, { reading }: UnitSeen, before: UnitLife["state"]): string | undefined {
  if (reading?.kind === "not-loaded") return reading.disabled ? "it is switched off in the service manager" : undefined;
  if (reading?.kind !== "loaded" || reading.onDemand === true || reading.gaveUp === true) return undefined;
  // What was never seen working did not stop: it failed to come up. In which run it worked does not matter, for that may have been short.
  if (life.run === undefined || life.workedMs === undefined) return undefined;
  const end = reading.lastEnd;
  if (reading.state === "failed") return end !== undefined && wasAsked(end) ? "it was asked to end" : undefined;
  if (reading.state !== "stopped") return undefined;
  if (end === undefined) return isUp(before) || before === "stopping" ? "it ended without an error" : undefined;
  if (end.exitCode === 0 && end.signal === undefined) return "it ended without an error";
  return wasAsked(end) ? "it was asked to end" : undefined;
}

/** Notes that a unit was stopped on purpose, from what its manager tells: nobody needs to have said so to us. `before` is its former state. */
export function stopSeen(life: UnitLife, seen: UnitSeen, before: UnitLife["state"]): UnitLife {
  if (seen.reading === undefined || seen.reading.kind === "unknown") return life;
  const how = howStopped(life, seen, before);
  if (how === undefined) return isUp(life.state) || seen.reading.kind === "not-loaded" ? { ...life, stop: undefined } : life;
  return { ...life, stop: life.stop ?? { at: seen.at, how } };
}
