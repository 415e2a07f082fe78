const maxText = 400;
const maxItems = 300;
const maxDepth = 8;
/** Characters of one answer that are kept: observations are remembered for a while, and the other side decides how long they are. */
const maxCharacters = 400_000;

/** A copy with long texts and lists cut, in all not larger than a fraction of a megabyte. What does not fit any more is null. */
export function prune(value: unknown): unknown {
  let left = maxCharacters;
  const copy = (part: unknown, depth: number): unknown => {
    left -= 8;
    if (left <= 0) return null;
    if (typeof part === "string") {
      left -= Math.min(part.length, maxText);
      return part.length > maxText ? `${part.slice(0, maxText)}…` : part;
    }
    if (typeof part !== "object" || part === null) return part;
    if (depth > maxDepth) return null;
    if (Array.isArray(part)) return part.slice(0, maxItems).map((one) => copy(one, depth + 1));
    return Object.fromEntries(
      Object.entries(part)
        .slice(0, maxItems)
        .map(([key, one]) => {
          left -= key.length;
          return [key.slice(0, maxText), copy(one, depth + 1)];
        }),
    );
  };
  return copy(value, 0);
}
