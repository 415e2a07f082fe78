import type { StackState } from "../../main/core/model/snapshot.ts";

/** A stack's sentence beside its own name: the name is not said twice. */
export function factOf({ title, sentence }: Pick<StackState, "title" | "sentence">): string {
  const separator = sentence.startsWith(title) ? /^[:,]?\s+/.exec(sentence.slice(title.length)) : null;
  if (separator === null) return sentence;
  const rest = sentence.slice(title.length + separator[0].length);
  return `${(rest[0] ?? "").toUpperCase()}${rest.slice(1)}`;
}
