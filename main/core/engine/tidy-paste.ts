import { isSourceLine } from "./source-line.ts";

/** Terminal colours and cursor moves, which people paste along with the text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence starts with a control character
const ANSI = /\u001b\[[0-9;?]{0,16}[@-~]/g;
/** Byte order marks, blanks without width, and the second halves of characters in a file of 16 bits each. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what has to go
const INVISIBLE = /[\u0000\u200b\u2060\ufeff]/g;
const BLANKS = /[\u00a0\u2007\u202f]/g;
/** Marks that mail and chat programs put before what they quote. */
const QUOTED = /^(?:>[ \t]?){1,8}/gm;

const MAX_WRAPPED = 60;
/** Narrower than this nobody's terminal or mail program breaks a line. */
const MIN_WIDTH = 30;
/** What a line goes on with when it was broken in the middle of a sentence. */
const GOES_ON = /^[a-z0-9("'/~<]/;
const ENDED = /[.!?;{}]$/;

/** Container engines keep every line of a log as a JSON object around it. */
function insideContainerLog(line: string): string {
  if (!line.startsWith('{"log":"')) return line;
  try {
    const { log } = JSON.parse(line) as { readonly log?: unknown };
    return typeof log === "string" ? log.trimEnd() : line;
  } catch {
    return line;
  }
}

/** A pasted text as the program wrote it, without what terminals, mail programs, files and containers put around it. */
export function tidyPaste(text: string): string {
  const plain = text.replace(INVISIBLE, "").replace(ANSI, "").replace(/\r\n?/g, "\n").replace(BLANKS, " ").replace(QUOTED, "");
  return plain.includes('{"log":"') ? plain.split("\n").map(insideContainerLog).join("\n") : plain;
}

/**
 * The places of a short text where a sentence may have been broken over two lines, each put together again on a line of its own.
 * Undefined when there is none. Source code is never put together.
 */
export function rejoinLines(text: string): string | undefined {
  const lines = text.split("\n", MAX_WRAPPED + 1);
  if (lines.length > MAX_WRAPPED) return undefined;
  const joined = lines.flatMap((whole, index) => {
    const line = whole.trim();
    const rest = lines[index + 1] ?? "";
    const next = rest.trim();
    if (line.length < MIN_WIDTH || ENDED.test(line) || !GOES_ON.test(next) || isSourceLine(whole) || isSourceLine(rest)) return [];
    return [line.endsWith("-") ? `${line}${next}` : `${line} ${next}`];
  });
  return joined.length === 0 ? undefined : joined.join("\n");
}
