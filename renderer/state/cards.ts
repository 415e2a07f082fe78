import type { Light } from "../../main/core/model/light.ts";
import type { Snapshot } from "../../main/core/model/snapshot.ts";
import type { Placed } from "./state.ts";

export const keyOf = (stack: string, code: string): string => `${stack} ${code}`;

const urgency: Readonly<Record<Light, number>> = { red: 0, amber: 1, grey: 2, green: 3 };

/** Every finding of a snapshot by key. */
export function placeAll(snapshot: Snapshot): Readonly<Record<string, Placed>> {
  return Object.fromEntries(
    snapshot.stacks.flatMap((stack) =>
      stack.findings.map((finding) => [keyOf(stack.id, finding.code), { stack: stack.id, stackTitle: stack.title, finding, gone: false }]),
    ),
  );
}

/**
 * Keys of the findings that deserve a card: root causes that are not green notes. Worst first, the machine under the stacks
 * last among equals, otherwise in the core's own order, so that the first card is what the headline speaks of.
 */
export function rootKeys(snapshot: Snapshot): readonly string[] {
  return snapshot.stacks
    .flatMap((stack) => stack.findings.map((finding) => ({ stack, finding })))
    .filter(({ finding }) => finding.root && finding.light !== "green")
    .toSorted((a, b) => urgency[a.finding.light] - urgency[b.finding.light] || Number(a.stack.ground) - Number(b.stack.ground))
    .map(({ stack, finding }) => keyOf(stack.id, finding.code));
}

/** The cards to show: the new order, or exactly the old one while something under the pointer must not move. */
export const arrange = (shown: readonly string[], roots: readonly string[], held: boolean): readonly string[] => (held ? shown : roots);
