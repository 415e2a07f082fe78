/** Controls except the line break, and the marks that turn the reading direction around. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Removes secrets from a text. It must see the text whole: of a secret that was cut, only a part could be recognised. */
export type Clean = (text: string) => string;

/** Most of a text that is searched for secrets before it is cut, characters. */
const searched = 16_384;

/**
 * Text from outside as it may be kept and shown: without secrets, without control characters, which could steer a terminal or a
 * title bar, and cut to `limit` characters, because the outside decides how much it says. Line breaks stay.
 */
export function plain(text: string, limit: number, clean: Clean = (whole) => whole): string {
  const safe = clean(text.slice(0, searched))
    .slice(0, limit * 2)
    .replace(CONTROLS, (run) => (run.includes("\n") ? "\n" : " "));
  return safe.length > limit ? `${safe.slice(0, limit - 1)}…` : safe;
}
