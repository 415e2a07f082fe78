const MOST_LOOKED_AT = 4_096;
/** Above this share of characters that no text has, lines are not worth reading. */
const GARBLED_SHARE = 0.2;

/** Whether lines are text at all: not zeros, not an archive, not another encoding. Colours are part of many logs, so that a few controls are no matter. */
export function looksLikeText(lines: readonly string[]): boolean {
  let looked = 0;
  let garbled = 0;
  for (const line of lines) {
    const start = line.slice(0, MOST_LOOKED_AT - looked);
    looked += start.length;
    garbled += start.replace(/[^\p{Cc}\p{Cn}\p{Co}\uFFFD]|\s/gu, "").length;
    if (looked >= MOST_LOOKED_AT) break;
  }
  return garbled <= looked * GARBLED_SHARE;
}
