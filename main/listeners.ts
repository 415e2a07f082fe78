import type { EventName, Payload } from "./core/contract/define.ts";
import type { AppContract } from "./core/contract/index.ts";

type Name = EventName<AppContract>;
type Listener<K extends Name> = (payload: Payload<AppContract[K]>) => void;

export type Listeners = {
  on<K extends Name>(name: K, listener: Listener<K>): () => void;
  /** `make` is asked for the payload only when somebody listens. */
  emit<K extends Name>(name: K, make: () => Payload<AppContract[K]>): void;
  /** Called after every event, with nothing: for waiting inside the process. */
  internal(listener: () => void): void;
};

/** Events of the contract. `clean` is applied once to each payload before anyone sees it; a listener that throws stops nobody. */
export function createListeners(clean: <T>(payload: T) => T): Listeners {
  const byName = new Map<Name, Set<(payload: never) => void>>();
  const inside = new Set<() => void>();
  return {
    on(name, listener) {
      const listeners = byName.get(name) ?? new Set();
      byName.set(name, listeners.add(listener));
      return () => listeners.delete(listener);
    },
    emit(name, make) {
      const hearing = byName.get(name) ?? new Set();
      const cleaned = hearing.size === 0 ? undefined : clean(make());
      for (const listener of hearing) {
        try {
          listener(cleaned as never);
        } catch {
          // One front's failure must not keep the others from being told.
        }
      }
      for (const listener of inside) listener();
    },
    internal: (listener) => void inside.add(listener),
  };
}
