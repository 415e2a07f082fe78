/** Edits (insert, remove, change, swap neighbours) that turn one word into another. */
export function distance(a: string, b: string): number {
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (older[j - 2] ?? 0) + 1 : change;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change, swap));
    }
    older = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** The known word that was probably meant; null when none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const typed = word.toLowerCase().slice(0, 64);
  const begun = typed.length >= 2 ? known.filter((k) => k.startsWith(typed)) : [];
  if (begun.length === 1) return begun[0] ?? null;
  const ranked = known.map((k) => ({ k, d: distance(typed, k.toLowerCase()) })).sort((a, b) => a.d - b.d);
  const best = ranked[0];
  return best !== undefined && best.d <= Math.max(1, Math.floor(best.k.length / 3)) ? best.k : null;
}

/** ` Did you mean …?`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const guess = nearest(word, known);
  return guess === null ? "" : ` Did you mean ${guess}?`;
}
