/** One value, one way to change it. Listeners hear only about real changes. */
export type Store<S, A> = {
  state(): S;
  send(action: A): void;
  subscribe(listener: () => void): () => void;
};

export function createStore<S, A>(reduce: (state: S, action: A) => S, initial: S): Store<S, A> {
  const listeners = new Set<() => void>();
  let current = initial;
  return {
    state: () => current,
    send: (action) => {
      const next = reduce(current, action);
      if (next === current) return;
      current = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
