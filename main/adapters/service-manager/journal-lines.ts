const longestLine = 500;

/**
 * Messages of `journalctl --output=json`, one object a line, oldest first. A message that is not UTF-8 comes as a list of bytes,
 * and one that is too long to be shown as null. Empty messages and lines that cannot be read are passed over.
 */
export function journalLines(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => {
    const message = messageOf(line);
    return message === null ? [] : message.split("\n").map(plainLine).filter(Boolean);
  });
}

function messageOf(line: string): string | null {
  if (!line.startsWith("{")) return null;
  try {
    const entry: unknown = JSON.parse(line);
    const message: unknown = typeof entry === "object" && entry !== null && "MESSAGE" in entry ? entry.MESSAGE : null;
    if (typeof message === "string") return message;
    const isBytes = Array.isArray(message) && message.every((each) => Number.isInteger(each) && each >= 0 && each <= 255);
    return isBytes ? new TextDecoder().decode(Uint8Array.from(message)) : null;
  } catch {
    return null;
  }
}

/** Without colours and control characters, which could rewrite a terminal. */
export const plainLine = (line: string): string =>
  line
    .replaceAll(/\p{Cc}\[[0-9;?]*[ -/]*[@-~]/gu, "")
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, longestLine);
