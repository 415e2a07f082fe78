import type { Snapshot } from "../../main/core/model/snapshot.ts";
import { countOf, lampWords } from "../lib/words.ts";
import { arrange, keyOf, placeAll, rootKeys } from "./cards.ts";
import { runNews, runOf, takeRun } from "./runs.ts";
import type { Action, Placed, State } from "./state.ts";
import { walk } from "./view.ts";

/** Two answers may overtake each other on the wire; a step further back than this is a changed clock, not an old answer. */
const OVERTAKEN_MS = 10_000;

const deepKey = (stack: string, check: string): string => `${stack} ${check}`;

function openKeys(state: State): readonly string[] {
  return state.path.flatMap((view) => (view.screen === "finding" || view.screen === "plan" ? [keyOf(view.stack, view.code)] : []));
}

function keep(state: State, cards: readonly string[], present: Readonly<Record<string, Placed>>): State["placed"] {
  const kept = [...cards, ...openKeys(state)].flatMap((key) => {
    const old = state.placed[key];
    return present[key] === undefined && old !== undefined ? [[key, { ...old, gone: true }] as const] : [];
  });
  return { ...present, ...Object.fromEntries(kept) };
}

/** What is worth reading out when a snapshot replaces another: a change of the whole light or its sentence, never an age. */
function news(before: Snapshot | null, after: Snapshot): string | null {
  if (before === null || (before.light === after.light && before.sentence === after.sentence)) return null;
  return `${lampWords[after.light]}: ${after.sentence}`;
}

const say = (state: State, text: string, seen: boolean): State => ({ ...state, said: { n: state.said.n + 1, text, seen } });

function takeSnapshot(state: State, snapshot: Snapshot, receivedAt: number): State {
  const before = state.snapshot;
  if (before !== null && snapshot.at < before.at && before.at - snapshot.at < OVERTAKEN_MS) return state;
  const cards = arrange(state.cards, rootKeys(snapshot), state.held);
  const next: State = { ...state, snapshot, receivedAt, cards, placed: keep(state, cards, placeAll(snapshot)) };
  const text = news(before, snapshot);
  return text === null ? next : say(next, text, false);
}

function release(state: State, held: boolean): State {
  if (held || state.snapshot === null) return { ...state, held };
  const cards = rootKeys(state.snapshot);
  return { ...state, held, cards, placed: keep(state, cards, placeAll(state.snapshot)) };
}

/** A look that was asked for is answered aloud, even when nothing changed. */
function checked(state: State, before: State): State {
  const isDone = before.probe.step === "busy" && state.probe.step === "idle";
  return isDone && state.snapshot !== null ? say(state, `Checked. ${state.snapshot.sentence}`, false) : state;
}

/** The whole behaviour of the page as one pure step. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "connected":
      return { ...state, connection: action.connection };
    case "snapshot":
      return takeSnapshot(state, action.snapshot, action.receivedAt);
    case "went":
      // A list that is left is no longer under the pointer, though no pointer said so.
      return { ...release(state, false), path: walk(state.path, action.view) };
    case "held":
      return release(state, action.held);
    case "row":
      return { ...state, rows: { ...state.rows, [action.hash]: action.row } };
    case "probe":
      return checked({ ...state, probe: action.asked }, state);
    case "plan":
      // The answer about a plan that was left must not replace the one that is read now.
      if (action.asked.step !== "busy" && action.of !== state.plan.of) return state;
      return { ...state, plan: { of: action.of, asked: action.asked, gated: action.gated ?? false } };
    case "repairs":
      return { ...state, repairs: action.repairs };
    case "run": {
      const before = runOf(state.repairs, action.run.id);
      const next: State = { ...state, repairs: takeRun(state.repairs, action.run) };
      const text = runNews(before, action.run);
      return text === null ? next : say(next, text, false);
    }
    case "deed":
      return { ...state, deeds: { ...state.deeds, [action.of]: action.asked } };
    case "journal":
      return { ...state, journal: action.asked };
    case "explain": {
      const explain = { text: action.text ?? state.explain.text, asked: action.asked };
      if (action.asked.step !== "here") return { ...state, explain };
      const count = action.asked.value.length;
      return say({ ...state, explain }, count === 0 ? "No match" : countOf(count, "match", "matches"), false);
    }
    case "deep":
      return { ...state, deep: { ...state.deep, [deepKey(action.run.stack, action.run.check)]: action.run } };
    case "demos":
      return { ...state, demos: action.asked };
    case "demo-opened":
      return { ...state, openedDemo: { id: action.id, asked: action.asked } };
    case "copy-by-hand":
      return { ...state, copyByHand: action.text };
    case "said":
      return say(state, action.text, true);
  }
}
