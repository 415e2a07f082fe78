/** Above this share of undecodable characters, bytes are not text in any sense that would help a reader. */
const GARBLED_SHARE = 0.05;

/**
 * Text of a file's bytes, or null when they are something else: a NUL byte, or too much that is not UTF-8.
 * A few broken characters are kept as replacement characters, so that one bad byte does not hide a whole config file.
 */
export function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  const text = new TextDecoder().decode(bytes);
  const garbled = text.split("\uFFFD").length - 1;
  return garbled > text.length * GARBLED_SHARE ? null : text;
}
