/** Chance that is the same for the same seed: a linear congruential sequence with its high bits mixed (mulberry32). */
export type Chance = {
  /** 0…1. */
  next(): number;
  between(low: number, high: number): number;
  /** True with the given probability. */
  is(probability: number): boolean;
};

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return { next, between: (low, high) => low + (high - low) * next(), is: (probability) => next() < probability };
}
