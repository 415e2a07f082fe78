import type { StackState } from "../../main/core/model/snapshot.ts";

/** A stack's sentence beside its own name: the name is not said twice. */
export function factOf({ title, sentence }: Pick<StackState, "title" | "sentence">): string {
  const rest = sentence.startsWith(title) ? sentence.slice(title.length).replace(/^[:,]?\s+/, "") : sentence;
  return rest === "" ? sentence : `${(rest[0] ?? "").toUpperCase()}${rest.slice(1)}`;
}
