const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", s: " ", a: "\u0007", b: "\b", f: "\f", v: "\v" };

/**
 * Splits a value of a unit file, or of `systemctl show`, into words the way systemd does: double or single quotes around
 * words, backslash escapes also outside of quotes. An unclosed quote ends with the text.
 */
export function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === "\\") {
      const [meant, length] = unescapeAt(text, at + 1);
      word = (word ?? "") + meant;
      at += length;
    } else if (quote !== "") {
      if (sign === quote) quote = "";
      else word = (word ?? "") + sign;
    } else if ((sign === '"' || sign === "'") && (word === null || text[at - 1] === "=")) {
      // Elsewhere inside a word a quote is an ordinary character.
      quote = sign;
      word ??= "";
    } else if (/\s/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? "") + sign;
  }
  return word === null ? words : [...words, word];
}

/** What stands behind a backslash, and how many characters of the text it takes. */
function unescapeAt(text: string, at: number): readonly [string, number] {
  const hex = /^x([0-9A-Fa-f]{2})/.exec(text.slice(at, at + 3))?.[1];
  if (hex !== undefined) return [String.fromCharCode(Number.parseInt(hex, 16)), 3];
  const sign = text[at] ?? "";
  return [escapes[sign] ?? sign, 1];
}
