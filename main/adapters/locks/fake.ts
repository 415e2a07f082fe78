import type { Clock } from "../../core/ports/clock.ts";
import type { LockOwner, Locks } from "../../core/ports/locks.ts";

/** `held` is what processes share: give two fakes the same map to have two processes. A missing `lives` takes every owner for alive. */
export type FakeLocksOptions = {
  readonly clock: Pick<Clock, "nowMs">;
  readonly held?: Map<string, LockOwner>;
  readonly self?: { readonly pid: number; readonly startedMs: number };
  readonly lives?: (owner: LockOwner) => boolean;
};

/** Locks of an invented machine. */
export function fakeLocks(options: FakeLocksOptions): Locks {
  const { clock, held = new Map<string, LockOwner>(), self = { pid: 4242, startedMs: 0 }, lives = () => true } = options;
  return {
    take: async (name, purpose) => {
      const holder = held.get(name);
      if (holder !== undefined && lives(holder)) return { kind: "busy", owner: holder };
      const owner: LockOwner = { ...self, purpose, takenMs: clock.nowMs() };
      held.set(name, owner);
      const release = async () => {
        if (held.get(name) === owner) held.delete(name);
      };
      return { kind: "taken", lock: { release } };
    },
  };
}
