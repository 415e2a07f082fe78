const maxText = 400;
const maxItems = 300;
const maxDepth = 8;
/** Characters of one answer that are kept: observations are remembered for a while, and the other side decides how long they are. */
const maxCharacters = 400_000;

/** What is kept of an answer; `isCut` when parts of it are missing, not only the ends of long texts. */
export type Pruned = { readonly value: unknown; readonly isCut: boolean };

/** A copy with long texts and lists cut, in all not larger than a fraction of a megabyte. What does not fit any more is null. */
export function prune(whole: unknown): Pruned {
  let left = maxCharacters;
  let isCut = false;
  const short = (text: string): string => {
    left -= Math.min(text.length, maxText);
    return text.length > maxText ? `${text.slice(0, maxText)}…` : text;
  };
  const some = <T>(list: readonly T[]): readonly T[] => {
    isCut ||= list.length > maxItems;
    return list.slice(0, maxItems);
  };
  const copy = (part: unknown, depth: number): unknown => {
    left -= 8;
    isCut ||= left <= 0;
    // What we ask about stands near the top; depth alone hides nothing of it.
    if (left <= 0 || depth > maxDepth) return null;
    if (typeof part === "string") return short(part);
    if (typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) return some(part).map((one) => copy(one, depth + 1));
    return Object.fromEntries(some(Object.entries(part)).map(([key, one]) => [short(key), copy(one, depth + 1)]));
  };
  const value = copy(whole, 0);
  return { value, isCut };
}
