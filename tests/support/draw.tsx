import { type ComponentChildren, options as preact, render } from "preact";
import type { Snapshot } from "../../main/core/model/snapshot.ts";
import { createClient } from "../../renderer/lib/client.ts";
import { createActs } from "../../renderer/state/acts.ts";
import { FrontProvider } from "../../renderer/state/front.ts";
import { reduce } from "../../renderer/state/reduce.ts";
import { type Action, initialState } from "../../renderer/state/state.ts";
import { createStore } from "../../renderer/state/store.ts";
import type { View } from "../../renderer/state/view.ts";
import { green } from "./snapshots.ts";
import { createStandInCore, type StandInCore } from "./stand-in-core.ts";

// Effects wait for a frame; here there is nothing to paint.
preact.requestAnimationFrame = (run) => void setTimeout(run);

/** Lets effects and redraws happen. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

type Options = {
  /** Null: nothing was heard yet. */
  readonly snapshot?: Snapshot | null;
  readonly actions?: readonly Action[];
  /** How the core answers these calls. */
  readonly answers?: Parameters<StandInCore["answer"]>[0];
  /** Calls that the core refuses from the start. */
  readonly refuse?: readonly Parameters<StandInCore["refuse"]>[0][];
};

/** Draws a part of the page over a stand-in core; the clock stands still at the moment the snapshot came unless it is moved. */
export async function draw(what: ComponentChildren, options: Options = {}) {
  const snapshot = options.snapshot === undefined ? green : options.snapshot;
  const core = createStandInCore(snapshot ?? green);
  core.answer(options.answers ?? {});
  for (const name of options.refuse ?? []) core.refuse(name);
  const store = createStore(reduce, initialState);
  const copied: string[] = [];
  const client = createClient({ call: core.dispatch, subscribe: () => () => undefined });
  const copy = async (text: string): Promise<boolean> => {
    copied.push(text);
    return true;
  };
  const acts = createActs({ client, store, now: () => 0, copy });
  let backs = 0;
  if (snapshot !== null) store.send({ type: "snapshot", snapshot, receivedAt: 0 });
  for (const action of options.actions ?? []) store.send(action);
  let nowMs = 0;
  const beats = new Set<() => void>();
  const ticker = {
    nowMs: () => nowMs,
    subscribe: (beat: () => void) => {
      beats.add(beat);
      return () => void beats.delete(beat);
    },
  };
  const back = (): void => {
    backs += 1;
  };
  const went: View[] = [];
  const go = (view: View): void => void went.push(view);
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  render(<FrontProvider value={{ store, acts, ticker, go, back }}>{what}</FrontProvider>, place);
  await settle();
  const find = <E extends HTMLElement = HTMLElement>(selector: string): E => {
    const found = place.querySelector<E>(selector);
    if (found === null) throw new Error(`nothing here is ${selector}`);
    return found;
  };
  const textOf = (node: Node): string => (node.textContent ?? "").replace(/\s+/g, " ").trim();
  return {
    place,
    core,
    store,
    copied,
    find,
    backs: () => backs,
    /** Lets the page's clock, which otherwise stands still, go on. */
    pass: async (ms: number): Promise<void> => {
      nowMs += ms;
      for (const beat of beats) beat();
      await settle();
    },
    went,
    all: (selector: string): readonly HTMLElement[] => [...place.querySelectorAll<HTMLElement>(selector)],
    text: (selector?: string): string => textOf(selector === undefined ? place : find(selector)),
    texts: (selector: string): readonly string[] => [...place.querySelectorAll(selector)].map(textOf),
    /** Presses the button or follows the link whose words contain `words`. */
    press: async (words: string): Promise<void> => {
      const target = [...place.querySelectorAll<HTMLElement>("button, a, summary")].find((one) => textOf(one).includes(words));
      if (target === undefined) throw new Error(`nothing here says ${words}`);
      target.click();
      await settle();
    },
    send: async (action: Action): Promise<void> => {
      store.send(action);
      await settle();
    },
  };
}
