import type { Lock, LockOwner, Locks } from "../core/ports/locks.ts";

import { bareUnit } from "./touched-units.ts";

export type Claim =
  | { readonly kind: "taken"; release(): Promise<void> }
  | { readonly kind: "busy"; readonly owner: LockOwner }
  | { readonly kind: "failed"; readonly reason: string };

/** Takes all of the locks or none. Nobody waits for a lock, so two who want the same ones cannot block each other. */
export async function claim(locks: Locks, names: readonly string[], purpose: string): Promise<Claim> {
  const held: Lock[] = [];
  const release = async (): Promise<void> => {
    await Promise.all(held.splice(0).map((lock) => lock.release()));
  };
  for (const name of [...new Set(names)].sort()) {
    const taken = await locks.take(name, purpose);
    if (taken.kind === "taken") held.push(taken.lock);
    else {
      await release();
      return taken;
    }
  }
  return { kind: "taken", release };
}

/** What a run must hold: its stack, and every service unit it may interrupt, which another stack's repair could want as well. */
export const lockNames = (stack: string, labels: readonly string[]): readonly string[] => [
  `stack-${stack}`,
  ...labels.map((label) => `unit-${bareUnit(label)}`),
];

/** The purpose of a run's locks; the id in it tells a run that goes on elsewhere from one that was cut off. */
export const purposeOf = (title: string, id: string): string => `${title} (${id})`;
