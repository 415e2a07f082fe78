/** Enough to understand, short enough to leave room: whole sentences from the start, about `room` characters, at least one. */
export function firstSentences(text: string, room = 150): string {
  const sentences = text.split(/(?<=[.!?])\s+(?=["“(]?[A-Z0-9])/);
  let taken = sentences[0] ?? "";
  for (const next of sentences.slice(1)) {
    if (taken.length + next.length >= room) break;
    taken = `${taken} ${next}`;
  }
  return taken;
}
