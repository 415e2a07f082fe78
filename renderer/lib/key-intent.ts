export type KeyIntent = "next-row" | "previous-row" | "first-row" | "last-row" | "open" | "back" | "refresh" | "explain" | "copy";

export type Key = {
  readonly key: string;
  readonly meta: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
};
/** Where the key was pressed: `text` in a field, `row` on a row, `other` anywhere else. */
export type KeyPlace = "text" | "row" | "other";

const plain: Readonly<Record<string, KeyIntent>> = {
  ArrowDown: "next-row",
  ArrowUp: "previous-row",
  ArrowLeft: "back",
  r: "refresh",
  "/": "explain",
};

/** What a key press means, or null for "leave it to the browser". Typing in a field is never taken over. */
export function keyIntent(key: Key, place: KeyPlace): KeyIntent | null {
  const command = key.meta || key.ctrl;
  if (command && key.shift && key.key.toLowerCase() === "c") return "copy";
  if (command && !key.shift && !key.alt && key.key.toLowerCase() === "r") return "refresh";
  if (command || key.alt) return null;
  if (key.key === "Escape") return "back";
  if (place === "text") return null;
  if (place === "row" && key.key === "ArrowRight") return "open";
  if (place === "row" && key.key === "Home") return "first-row";
  if (place === "row" && key.key === "End") return "last-row";
  return plain[key.key] ?? null;
}

/** The row to move to, by position; stays at the ends rather than jumping around. -1 when there is no row. */
export function rowAfter(intent: KeyIntent, current: number, count: number): number {
  if (count === 0) return -1;
  if (intent === "first-row") return 0;
  if (intent === "last-row") return count - 1;
  if (current < 0) return intent === "next-row" ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, current + (intent === "next-row" ? 1 : -1)));
}
