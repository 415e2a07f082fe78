import type { RemedyRef } from "../../main/core/model/finding.ts";
import type { CheckState, Snapshot, StackState } from "../../main/core/model/snapshot.ts";
import { countOf, type LampShape, withEllipsis } from "../lib/words.ts";
import { rootKeys } from "./cards.ts";
import type { Placed, State } from "./state.ts";
import type { View } from "./view.ts";

/** A grey check whose last answer is older than this has gone stale; younger, its newest probe could not tell. Milliseconds. */
const STALE_MS = 45_000;

/** The core's present moment, epoch milliseconds, judged from the front's own clock. */
export const coreNow = (state: State, nowMs: number): number =>
  state.snapshot === null ? nowMs : state.snapshot.at + Math.max(0, nowMs - state.receivedAt);

/** True when what is shown is only a memory, because the core cannot be heard. */
export const isCutOff = (state: State): boolean => state.connection === "lost";

export const isStale = (check: CheckState): boolean => check.light === "grey" && (check.ageMs ?? 0) >= STALE_MS;

/** True when nothing behind a stack's lamp is recent any more. */
export function isStackStale(stack: StackState): boolean {
  const lamps = stack.checks.filter((check) => check.drivesLight);
  return lamps.length > 0 && lamps.every(isStale);
}

/** A first probe under way is not yet ignorance; a repeated one keeps the lamp it is confirming. */
export const lampOfCheck = (check: CheckState): LampShape => (check.working && check.at === undefined ? "working" : check.light);

/** A stack is only "working" while none of its driving checks has an answer; one known trouble is shown at once. */
export function lampOfStack(stack: StackState): LampShape {
  const waiting = stack.checks.some((check) => check.drivesLight && lampOfCheck(check) === "working");
  return waiting && stack.light === "grey" ? "working" : stack.light;
}

export type Headline = { readonly shape: LampShape; readonly sentence: string };

/** The first line. It never outlives its proof: without contact the lamp is grey, whatever it last was. */
export function headline(state: State): Headline {
  const { snapshot } = state;
  if (snapshot === null) return { shape: "working", sentence: "Asking Lamplighter for the first answers" };
  if (isCutOff(state)) return { shape: "grey", sentence: "Lost contact with Lamplighter" };
  return { shape: snapshot.settling && snapshot.light === "grey" ? "working" : snapshot.light, sentence: snapshot.sentence };
}

const driving = (snapshot: Snapshot): readonly CheckState[] =>
  snapshot.stacks.flatMap((stack) => stack.checks.filter((check) => check.drivesLight && check.lane === "poll"));

/** Oldest and newest answer among the checks behind the light, epoch milliseconds; undefined before the first. */
export function answerTimes(snapshot: Snapshot): { readonly oldest: number | undefined; readonly newest: number | undefined } {
  const times = driving(snapshot)
    .flatMap((check) => (check.at === undefined ? [] : [check.at]))
    .toSorted((a, b) => a - b);
  return { oldest: times[0], newest: times.at(-1) };
}

/** How far the checks can tell, for a headline without an incident: "23 answers". */
export function agreement(snapshot: Snapshot): string {
  if (nothingInstalled(snapshot)) return "Only the machine itself is watched";
  const all = driving(snapshot);
  const silent = all.filter((check) => check.light === "grey").length;
  if (all.length === 0) return "Nothing is checked yet";
  if (silent === all.length) return `None of ${countOf(all.length, "check", "checks")} can tell right now`;
  if (silent > 0) return `${silent} of ${countOf(all.length, "check", "checks")} cannot tell right now`;
  return countOf(all.length, "answer", "answers");
}

/** What the one primary button offers. Only a safe remedy may be primary; otherwise it leads to the details. */
export type Primary = { readonly label: string; readonly view: View };

export const safeRemedy = (placed: Placed): RemedyRef | undefined => placed.finding.remedies.find((remedy) => remedy.risk === "safe");

export function primary(state: State): Primary | null {
  const placed = state.cards.map((key) => state.placed[key]).find((one) => one !== undefined && !one.gone);
  if (placed === undefined) return null;
  const place = { stack: placed.stack, code: placed.finding.code };
  const remedy = safeRemedy(placed);
  if (remedy !== undefined) return { label: withEllipsis(remedy.title), view: { screen: "plan", ...place, remedy: remedy.id } };
  return { label: placed.finding.remedies.length > 0 ? "See what can be done" : "See the details", view: { screen: "finding", ...place } };
}

/** Incidents that wait for the pointer to leave before their card appears. */
export const waitingCards = (state: State): number =>
  state.snapshot === null ? 0 : rootKeys(state.snapshot).filter((key) => !state.cards.includes(key)).length;

/** What was found, the machine under the stacks last: it is seldom what one came for. */
export const installed = (snapshot: Snapshot): readonly StackState[] =>
  snapshot.stacks.filter((stack) => stack.installed).toSorted((a, b) => Number(a.ground) - Number(b.ground));
export const missing = (snapshot: Snapshot): readonly StackState[] => snapshot.stacks.filter((stack) => !stack.installed && !stack.ground);
/** True when nothing but the machine itself was found: the moment to teach. */
export const nothingInstalled = (snapshot: Snapshot): boolean => !snapshot.stacks.some((stack) => stack.installed && !stack.ground);

export const stackOf = (snapshot: Snapshot, id: string): StackState | undefined => snapshot.stacks.find((stack) => stack.id === id);

/** Checks by what they are for: what makes the light, what is only a note, what runs on demand. */
export function groupChecks(checks: readonly CheckState[]): {
  readonly driving: readonly CheckState[];
  readonly notes: readonly CheckState[];
  readonly deep: readonly CheckState[];
} {
  const polled = checks.filter((check) => check.lane === "poll");
  return {
    driving: polled.filter((check) => check.drivesLight),
    notes: polled.filter((check) => !check.drivesLight),
    deep: checks.filter((check) => check.lane === "deep"),
  };
}
