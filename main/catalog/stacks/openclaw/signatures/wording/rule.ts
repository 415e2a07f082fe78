/** A rule about the wording of one line. `ours`: only in a text that speaks of OpenClaw, because the words are common. */
export type WordingRule = {
  readonly code: string;
  readonly any: readonly RegExp[];
  readonly not?: readonly RegExp[];
  readonly ours?: boolean;
  /** Settings are written like code: `name = "value"`. */
  readonly evenInSource?: boolean;
  readonly confidence: number;
};

/** OpenClaw's own words for exactly this. */
export const SURE = 0.75;
/** Its words, but another finding may be the cause. */
export const LIKELY = 0.6;
/** Worth naming when nothing better fits. */
export const HINT = 0.45;
