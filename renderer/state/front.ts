import { createContext } from "preact";
import { useContext, useLayoutEffect, useReducer, useRef } from "preact/hooks";
import type { Acts } from "./acts.ts";
import { coreNow } from "./select.ts";
import type { Action, State } from "./state.ts";
import type { Store } from "./store.ts";
import type { Ticker } from "./ticker.ts";
import type { View } from "./view.ts";

/** All that components reach for: the state, what can be done, and the present. */
export type Front = {
  readonly store: Store<State, Action>;
  readonly acts: Acts;
  readonly ticker: Ticker;
  go(view: View): void;
  /** One step back, as the browser's own back. */
  back(): void;
};

const FrontContext = createContext<Front | null>(null);
export const FrontProvider = FrontContext.Provider;

export function useFront(): Front {
  const front = useContext(FrontContext);
  if (front === null) throw new Error("a component was drawn outside the front");
  return front;
}

/** A part of the state; redraws only when that part is another value. `select` must return kept values, not fresh objects. */
export function useSelected<T>(select: (state: State) => T): T {
  const { store } = useFront();
  const [, redraw] = useReducer<number, null>((count) => count + 1, 0);
  const value = select(store.state());
  const shown = useRef({ select, value });
  shown.current = { select, value };
  useLayoutEffect(
    () =>
      store.subscribe(() => {
        if (!Object.is(shown.current.select(store.state()), shown.current.value)) redraw(null);
      }),
    [store],
  );
  return value;
}

/** The core's present moment, epoch milliseconds; beats once a second. */
export function useCoreNow(): number {
  const { ticker } = useFront();
  const [, redraw] = useReducer<number, null>((count) => count + 1, 0);
  useLayoutEffect(() => ticker.subscribe(() => redraw(null)), [ticker]);
  return useSelected((state) => coreNow(state, ticker.nowMs()));
}
