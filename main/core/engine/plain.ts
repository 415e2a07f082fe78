/** Controls except the line break, and the marks that turn the reading direction around. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * Text from outside as it may be kept and shown: without control characters, which could steer a terminal or a title bar, and cut
 * to `limit` characters, because the outside decides how much it says. Line breaks stay.
 */
export function plain(text: string, limit: number): string {
  const cut = text.length > limit * 2 ? text.slice(0, limit * 2) : text;
  const clean = cut.replace(CONTROLS, (run) => (run.includes("\n") ? "\n" : " "));
  return clean.length > limit ? `${clean.slice(0, limit - 1)}…` : clean;
}
