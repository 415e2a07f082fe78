import type { ServiceReading } from "../ports/service-manager.ts";
import { type OurRestart, sinceRestart } from "./since-restart.ts";
import type { UnitLife, UnitRun, UnitSeen, UnitStart } from "./unit-life.ts";

/** A restart of ours may take this long until the process it starts is seen, milliseconds. */
const longestActionMs = 120_000;
const mostStarts = 40;

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;
type Pause = { readonly gap: boolean; readonly clockMoved: boolean };

/** Whether a process of the unit runs or is being started. */
export const isUp = (state: UnitLife["state"]): boolean => state === "running" || state === "starting";

/** Restarts of ours that no start was attributed to yet and that can have caused one since the last reading. */
function unclaimed(life: UnitLife, at: number, ours: readonly OurRestart[]): readonly number[] {
  const longestMs = life.steadyMs - (life.readMs ?? life.steadyMs) + longestActionMs;
  const fitting = ours.filter((one) => !life.claimed.includes(one.at) && sinceRestart(one, { at, steadyMs: life.steadyMs }) <= longestMs);
  return fitting.map((one) => one.at);
}

function isNewRun(life: UnitLife, reading: Loaded): boolean {
  const { run, pid, runs } = life;
  if (run === undefined || run.ended) return true;
  if (runs !== undefined && reading.runs !== undefined && reading.runs > runs) return true;
  if (pid !== undefined && reading.pid !== undefined) return reading.pid !== pid;
  // Without process numbers a counter that fell is all there is to tell a unit that was taken up anew.
  return runs !== undefined && reading.runs !== undefined && reading.runs < runs;
}

/** Length for which a run seen for the first time has surely been running: as its manager says, unless that cannot be so. */
function surelyMs(life: UnitLife, seen: UnitSeen, reading: Loaded, clockMoved: boolean): number {
  if (reading.sinceMs === undefined || clockMoved) return 0;
  const toldMs = Math.max(0, seen.at - reading.sinceMs);
  return life.readMs === undefined ? toldMs : Math.min(toldMs, life.steadyMs - life.readMs);
}

/** The same state since another moment: it was left and entered again while nobody looked, so there was a start. */
const reentered = (life: UnitLife, reading: Loaded): boolean =>
  reading.state === life.state && life.sinceMs !== undefined && reading.sinceMs !== undefined && reading.sinceMs !== life.sinceMs;

/** Follows starts and ends of the unit's process from one reading to the next. A reading that tells nothing changes nothing. */
export function followRuns(life: UnitLife, seen: UnitSeen, ours: readonly OurRestart[], { gap, clockMoved }: Pause): UnitLife {
  const { reading } = seen;
  if (reading === undefined || reading.kind === "unknown") return life;
  const { steadyMs } = life;
  const told = { ...life, readMs: steadyMs, sinceMs: undefined, nextTryMs: undefined };
  if (reading.kind !== "loaded")
    return { ...told, state: reading.kind, pid: undefined, runs: undefined, run: life.run && { ...life.run, ended: true } };

  const up = isUp(reading.state);
  const rose = life.runs === undefined || reading.runs === undefined ? 0 : Math.max(0, reading.runs - life.runs);
  const fell = life.runs !== undefined && reading.runs !== undefined && reading.runs < life.runs;
  const isNew = up && isNewRun(life, reading);
  const wasUp = life.run !== undefined && !life.run.ended;
  // The first sighting of all shows a run, not a start. A manager may count a restart when it plans it, before the process is there.
  const first = life.readMs === undefined;
  const planned = wasUp && reading.state === "waiting-to-restart" ? 1 : 0;
  const starts = first ? 0 : up ? (isNew ? Math.max(1, rose) : 0) : Math.max(rose - planned, !wasUp && reentered(life, reading) ? 1 : 0);
  const claimed = starts === 0 ? [] : unclaimed(life, seen.at, ours);
  const mine = claimed.length === 0 ? 0 : 1;
  const seenStarts: UnitStart[] = [
    ...(mine === 1 ? [{ atMs: steadyMs, by: "us" as const }] : []),
    ...Array.from({ length: Math.min(mostStarts, starts - mine) }, () => ({ atMs: steadyMs, by: "other" as const })),
  ];
  const diedEarly = !up && wasUp && life.run?.booted === false && (reading.state === "waiting-to-restart" || reading.state === "failed");
  const next: UnitLife = {
    ...told,
    state: reading.state,
    pid: reading.pid,
    runs: reading.runs,
    sinceMs: reading.sinceMs,
    nextTryMs: reading.nextTryMs,
    // A counter that fell: the unit was loaded anew or the machine started, and what others did before is over.
    starts: [...(fell ? [] : life.starts), ...seenStarts].slice(-mostStarts),
    failedBoots: fell ? 0 : life.failedBoots + (diedEarly ? 1 : 0) + (!up && reading.state === "waiting-to-restart" ? starts : 0),
    claimed: [...life.claimed, ...claimed].slice(-20),
  };
  if (isNew)
    return { ...next, stop: undefined, run: newRun(life, seen, reading, { gap, clockMoved }, first || starts > mine ? "other" : "us") };
  return up || reading.state === "stopping" ? next : { ...next, run: life.run && { ...life.run, ended: true } };
}

function newRun(life: UnitLife, seen: UnitSeen, reading: Loaded, { gap, clockMoved }: Pause, by: UnitRun["by"]): UnitRun {
  // A look long after the one before it, by a process that was there all the time: the machine slept, and what sleeps does not boot.
  const mayHaveSlept = gap && seen.sinceLastMs !== undefined;
  const ageMs = surelyMs(life, seen, reading, clockMoved || mayHaveSlept);
  const unseenMs = life.readMs === undefined ? 0 : life.steadyMs - life.readMs;
  return { by, ageMs, slackMs: Math.max(0, unseenMs - ageMs), watched: !gap && life.readMs !== undefined, booted: false, ended: false };
}
