import type { StateStore } from "../../core/ports/state-store.ts";

/** State that ends with the process, or with the map it is given. Values pass through JSON, as they do on a disk. */
export function fakeStateStore(kept: Map<string, string> = new Map()): StateStore {
  return {
    read: async (key) => {
      const text = kept.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    },
    write: async (key, value) => {
      const text = JSON.stringify(value);
      if (text === undefined) kept.delete(key);
      else kept.set(key, text);
    },
    remove: async (key) => void kept.delete(key),
  };
}
