import type { Raised } from "../model/finding.ts";
import { type Light, worst } from "../model/light.ts";
import { boundRaised } from "./bound-raised.ts";
import type { Clean } from "./plain.ts";

/** A raised finding with its light and the time of its evidence. `deep`: only the slow lane said so. */
export type Told = { readonly raised: Raised & { readonly light: Light }; readonly at: number; readonly deep: boolean };

/** What one source put forward. `at` in epoch milliseconds. */
export type Source = { readonly raised: readonly Raised[]; readonly at: number; readonly deep: boolean };

/**
 * Codes raised by several sources are one finding: all their evidence is kept, and the worst light wins. What the slow lane
 * adds to a finding of the other lane is evidence, never a worse light.
 */
export function gather(sources: readonly Source[], lightOf: (code: string) => Light, clean?: Clean): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  for (const { raised: several, at, deep } of sources) {
    for (const whole of several) {
      const raised = { ...boundRaised(whole, clean), light: whole.light ?? lightOf(whole.code) };
      const before = told.get(raised.code);
      told.set(raised.code, before === undefined ? { raised, at, deep } : merge(before, { raised, at, deep }));
    }
  }
  return told;
}

function merge(a: Told, b: Told): Told {
  const isNew = (e: Raised["evidence"][number]): boolean => !a.raised.evidence.some((f) => f.source === e.source && f.text === e.text);
  const lights = a.deep === b.deep ? [a.raised.light, b.raised.light] : [a.deep ? b.raised.light : a.raised.light];
  return {
    at: Math.max(a.at, b.at),
    deep: a.deep && b.deep,
    raised: {
      code: a.raised.code,
      params: { ...b.raised.params, ...a.raised.params },
      evidence: [...a.raised.evidence, ...b.raised.evidence.filter(isNew)],
      ruledOut: [...new Set([...(a.raised.ruledOut ?? []), ...(b.raised.ruledOut ?? [])])],
      light: worst(lights),
    },
  };
}
